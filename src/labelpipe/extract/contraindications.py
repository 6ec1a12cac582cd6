"""What forbids the drug, one item a row: from lists, and from sentences that say `contraindicated in`."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from labelpipe.extract.leads import Led, led
from labelpipe.extract.own_names import is_about_another
from labelpipe.extract.sentences import Span, sentences, without_references
from labelpipe.model import Block, Contraindication
from labelpipe.vocabulary import load, pattern
from labelpipe.vocabulary.phrases import any_of

CONFIDENCE = {"list": 0.95, "prose": 0.8}

_BULLET = re.compile(r"\s*(?:[-*•·○▪●–]|\(?\d{1,2}[.)]|\(?[a-z][.)])?\s*")
_NUMBERED = re.compile(r"(?:(?<=^)|(?<=\s))(?:\(?\d{1,2}[.)]\s+(?=[A-Z(])|[•·]\s+)")
_BRACKETS = re.compile(r"\([^()]*\)")
_COMMA = re.compile(r"[,;]\s+(?:or\s+|and\s+|and/or\s+|nor\s+)?")
_SAID = ("paragraph", "callout", "list_item")
_IS = re.compile(r"\s+(?:is|are)(?:\s+(?:also|therefore|thus))?\s*$", re.I)
_EDGE = " \t\n.,;:•-–"

Item = tuple[Span, str, Block, Span, str]
"""An item, how strongly the words forbid, and where: block, sentence or list item, method."""


def read_contraindications(blocks: tuple[Block, ...], names: frozenset[str]) -> tuple[Contraindication, ...]:
    """Return the items of the section on contraindications, each once."""
    found: dict[str, Item] = {}
    for item in _found(blocks, names):
        found.setdefault(item[0].text.casefold(), item)
    return tuple(_row(number, *item) for number, item in enumerate(found.values(), 1))


def _found(blocks: tuple[Block, ...], names: frozenset[str]) -> Iterator[Item]:
    for place in led(blocks, (load("safety")["contraindication"]["section"],)):
        block = place.block
        if block.kind in _SAID and not place.adrift:
            severity = _severity(place.lead_in)
            hangs = _hangs(place)
            if hangs and severity and not _any("none").match(block.text.strip(_EDGE)):
                for item in _listed(block.text):
                    yield item, severity, block, Span(block.text, 0), "list"
            elif not hangs:
                yield from _in_sentences(block, names)


def _hangs(place: Led) -> bool:
    """Whether a block is an item of a list, and no sentence that says itself what is forbidden."""
    text = place.block.text
    numbers = [match.start() for match in _NUMBERED.finditer(text)]
    if len(numbers) > 1 and _before().search(text[: numbers[0]]):
        return True
    if _before().search(text) and not text.rstrip().endswith(":"):
        return False
    announced = place.opens and bool(_before().search(place.lead_in))
    return place.block.kind == "list_item" or announced or text.startswith("•")


def _severity(words: str) -> str | None:
    """Return how strongly the words above a list forbid; nothing where they deny that it forbids."""
    if _any("none").match(words.strip()):
        return None
    return "caution" if _any("weaker").search(words) else "contraindicated"


def _listed(text: str) -> Iterator[Span]:
    """Yield the items of a list item, or of a paragraph that numbers them; of each the first sentence."""
    starts = [match.end() for match in _NUMBERED.finditer(text)]
    ends = [match.start() for match in _NUMBERED.finditer(text)][1:]
    if len(starts) < 2:
        starts, ends = [_BULLET.match(text).end()], []  # type: ignore[union-attr]  # it matches nothing too
    for start, end in zip(starts, [*ends, len(text)], strict=True):
        first = next(sentences(text[start:end]), None)
        if first and (item := _trimmed(text, start + first.start, start + first.end)):
            yield item


def _in_sentences(block: Block, names: frozenset[str]) -> Iterator[Item]:
    for said in sentences(block.text):
        words = without_references(said.text)
        if not _any("none").match(words) and not said.text.rstrip().endswith((":", "?")):
            severity = "caution" if _any("weaker").search(words) else "contraindicated"
            for item in _items(words, names):
                yield Span(item.text, said.start + item.start), severity, block, said, "prose"


def _items(words: str, names: frozenset[str]) -> Iterator[Span]:
    """Yield what a sentence says forbids the drug: behind `contraindicated in`, or before `is contraindicated`."""
    match = _before().search(words)
    if match and is_about_another(words[: match.start()], names):
        return
    if match is None and not _bare().match(words):
        return
    parts = [*_split(words, match.end() if match else 0)]
    subject = _IS.sub("", words[: match.start()]) if match else ""
    said_behind = any(part.text.strip(_EDGE) for part in parts)
    if match and not (said_behind and (_ends_with_own(subject, names) or not _persons().match(subject))):
        parts = [Span(subject, 0)]
    for part in parts:
        whom = _persons().match(part.text)
        if item := _trimmed(words, part.start + (whom.end() if whom else 0), part.end):
            yield item


def _ends_with_own(subject: str, names: frozenset[str]) -> bool:
    """Whether it is the drug itself that is contraindicated: `In common with its class, Zerbal`."""
    return subject.rpartition(" ")[2].casefold() in names


def _split(words: str, start: int) -> Iterator[Span]:
    """Yield the parts of `in A, in B or who have C`; a comma within `hypersensitivity to A, B` parts nothing."""
    plain = _BRACKETS.sub(lambda match: "_" * len(match[0]), words)
    reason = _reasons().search(plain, start)
    end = reason.start() if reason else len(words)
    at = start
    for edge in _edges().finditer(plain, start, end):
        part, is_comma = plain[at : edge.start()], bool(_COMMA.match(edge[0]))
        if not is_comma and _begins().fullmatch(part.split()[-1] if part.split() else ""):
            continue  # `active or recent bleeding` is one
        if not is_comma or not _governs().search(part) or _begins().match(plain[edge.end() :]):
            yield Span(words[at : edge.start()], at)
            at = edge.end()
    yield Span(words[at:end], at)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """Return an item less what points elsewhere and the marks around it."""
    words = without_references(text)[start:end]
    left = len(words) - len(words.lstrip(_EDGE))
    words = words.strip(_EDGE)
    return Span(words, start + left) if len(words) > 2 else None


def _row(number: int, item: Span, severity: str, block: Block, said: Span, method: str) -> Contraindication:
    return Contraindication(
        contraindication_no=number,
        item=item.text,
        severity=severity,
        block_no=block.block_no,
        char_start=block.char_start + said.start,
        char_end=block.char_start + said.end,
        quote=said.text,
        method=method,
        confidence=CONFIDENCE[method],
    )


@cache
def _any(name: str) -> Any:
    return any_of(load("safety")["contraindication"][name])


def _before() -> Any:
    return _any("before")


@cache
def _bare() -> Any:
    return any_of(load("safety")["contraindication"]["bare"])


@cache
def _persons() -> re.Pattern[str]:
    words = load("safety")["contraindication"]
    whom = "|".join(pattern(one) for one in words["persons"])
    whom = rf"(?:{whom})(?:\s+(?:{'|'.join(words['of_persons'])})\b)*"
    to = r"(?:in|with|to|for|by|if|when|during|nor to|together with|at the same time as|concomitantly with)[\s:]+"
    return re.compile(rf"\s*(?:{to})?(?:{whom})[\s:]+(?=\S)|\s*{to}", re.I)


@cache
def _begins() -> Any:
    return _any("begins")


@cache
def _governs() -> Any:
    return _any("governs")


@cache
def _reasons() -> re.Pattern[str]:
    words = "|".join(pattern(words) for words in load("safety")["contraindication"]["reasons"])
    return re.compile(rf"[\s,(]+(?:{words})", re.I)


@cache
def _edges() -> re.Pattern[str]:
    begins = "|".join(pattern(words) for words in load("safety")["contraindication"]["begins"])
    joined = rf"[,;]\s+(?:or\s+|and\s+|and/or\s+|nor\s+)?|\s+(?:or|and|and/or)\s+(?=(?:{begins})\b)"
    return re.compile(rf"{joined}|\s{{4,}}(?=\S)", re.I)  # a list whose bullets and line ends are gone
