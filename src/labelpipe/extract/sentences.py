"""Sentences and clauses with their places."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_SENTENCE_END = re.compile(
    r"[.!?](?<!\be\.g.)(?<!\bi\.e.)(?<!\bvs.)(?<!\bDr.)(?<!\bSt.)[\"')\]”’]*(?P<gap>\s+(?=[^a-z\s])|(?<=[a-z\d)\]L]\.)(?=[A-Z][a-z]{3})|(?<=\)\]\.)(?=[A-Z]))"
)
_CLAUSE_EDGE = re.compile(
    r";\s+|:\s+(?!(?i:none|no|not)\b)|,\s+(?=(?:but|not|while|whereas|however|although|though|yet|and the)\b)"
    r"|\s+(?=(?:but|whereas|while)\b)|\s+(?=and (?:the|its|those|oral|intra\w+)\b)|\s[–—]\s|—"
)
_SUBORDINATE = re.compile(r"(?:while|whereas|although|though|unlike|even though)\b", re.I)
_SUBORDINATE_END = re.compile(r",\s+(?=(?:the|this|that|its|oral|intra\w+)\b)")


# a set of characters comes first: that is what `re` skips to
_REFERENCE = re.compile(
    r"[\[(](?:(?<=\[)\s*see\b[^\]]*\]|(?<=\()\s*see\b[^)]*\)"
    r"|(?<=\()(?<![\d%]\()(?<![\d%] \()\s*\d{1,2}(?:\.\d+)?(?:\s*,\s*\d{1,2}(?:\.\d+)?)*\s*\))",
    re.I,
)


class Span(NamedTuple):
    """Words and where they stand in the text they were cut from (code points)."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """One past the last code point."""
        return self.start + len(self.text)


def without_references(sentence: str) -> str:
    """Blank what points elsewhere, `[see Warnings (5.1)]` or `(2.1)`, every other character at its place."""
    if "(" not in sentence and "[" not in sentence:
        return sentence
    return _REFERENCE.sub(lambda match: " " * len(match[0]), sentence)


def sentences(text: str) -> Iterator[Span]:
    """Yield the sentences of a paragraph."""
    start = len(text) - len(text.lstrip())
    for end in _SENTENCE_END.finditer(text):
        if end.start() > start:
            yield Span(text[start : end.start("gap")], start)
            start = end.end()
    if words := text[start:].rstrip():
        yield Span(words, start)


def clauses(sentence: Span) -> Iterator[Span]:
    """Yield the clauses of a sentence: what stands between semicolons, or either side of a `while` or `but`."""
    at = 0
    edges = [*_CLAUSE_EDGE.finditer(sentence.text)]
    if _SUBORDINATE.match(sentence.text):
        edges = sorted([*edges, *_SUBORDINATE_END.finditer(sentence.text)], key=lambda edge: edge.start())
    for edge in edges:
        if sentence.text[at : edge.start()].strip():
            yield Span(sentence.text[at : edge.start()], sentence.start + at)
        at = edge.end()
    if sentence.text[at:].strip():
        yield Span(sentence.text[at:], sentence.start + at)
