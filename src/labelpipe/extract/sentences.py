"""Sentences and clauses with their places."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SENTENCE = re.compile(r"\S.*?(?:(?<!\be\.g)(?<!\bi\.e)(?<!\bvs)(?<!\bDr)[.!?][\"')\]”’]*(?=\s+[^a-z\s])|$)", re.S)
_CLAUSE_EDGE = re.compile(
    r"[;:]\s+|,\s+(?=(?:the|but|while|whereas|however|although|though|yet|and the)\b)|\s+(?=(?:but|whereas|while)\b)"
)


@dataclass(frozen=True, slots=True)
class Span:
    """Words and where they stand in the text they were cut from (code points)."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """One past the last code point."""
        return self.start + len(self.text)


def sentences(text: str) -> Iterator[Span]:
    """Yield the sentences of a paragraph."""
    for match in _SENTENCE.finditer(text):
        words = match[0].rstrip()
        if words:
            yield Span(words, match.start())


def clauses(sentence: Span) -> Iterator[Span]:
    """Yield the clauses of a sentence: what stands between semicolons, or either side of a `while` or `but`."""
    at = 0
    for edge in _CLAUSE_EDGE.finditer(sentence.text):
        if sentence.text[at : edge.start()].strip():
            yield Span(sentence.text[at : edge.start()], sentence.start + at)
        at = edge.end()
    if sentence.text[at:].strip():
        yield Span(sentence.text[at:], sentence.start + at)
