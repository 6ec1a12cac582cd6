"""Flattened text cut up again: at its title, its numbered subsections and its bullets."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from labelpipe.vocabulary import load

MAX_TITLE_WORDS = 16
MAX_TITLE_CHARACTERS = 400
MAX_SKIPPED, MAX_FIXED_SKIPPED = 2, 6
"""Numbers that may be missing in a row; where numbers belong to titles, labels leave out those that say nothing."""

_BULLETS = "•●▪◦‣○■❖➢"
_BULLET = re.compile(rf"(?<![a-z])[{_BULLETS}]|[{_BULLETS}](?![a-z])")
"""A bullet: between small letters it is the product of two units (`ng•h/mL`)."""
_NUMBER = re.compile(r"(\d{1,2})\.? ")
_LABEL = re.compile(r"\d{1,2}(?:\.\d{1,2})?\.? ")
_WORD = re.compile(r"\S+")
_CAPITALS = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})?\.? )?((?:[A-Z][A-Z,/&():’'-]*|&|and|or|of|in|to|for)(?: |$))+")
_REFERENCE = re.compile(
    r"(?:[(\[,;§]|\b(?:see|in|sections?|and|or|to|of|under|also|tables?|figures?|version|than))$", re.I
)


class Piece(NamedTuple):
    """A piece of a text: its kind, its words, and whether it opens a subsection."""

    kind: str
    text: str
    opens: bool = False


def field_title(text: str, field: str) -> str:
    """Return the title that a field's text begins with, or nothing."""
    names = (field.replace("_", " "), *load("openfda")["titles"].get(field, ()))
    named = next(filter(None, (_named_title(text, name) for name in names)), "")
    return named if named and text[len(named) : len(named) + 1] != "/" else _capital_title(text)


def subsections(text: str) -> list[tuple[int, int]]:
    """Return the places of the headings of a field's subsections: `5.1`, `5.2`, ... of `5 WARNINGS AND PRECAUTIONS`.

    An empty place is where a subsection begins whose title's end cannot be told.
    """
    match = _NUMBER.match(text)
    return list(_subsections(text, match[1])) if match else []


def cut_stretch(text: str, start: int, end: int, headings: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """Cut a stretch of flattened text (single spaces) into blocks, at the headings in it and at bullets."""
    at = start
    for opens, closes in headings:
        if start <= opens and closes <= end:
            yield from _cut_items(text[at:opens])
            yield Piece("heading", text[opens:closes], opens=True)
            at = closes
    yield from _cut_items(text[at:end])


def _named_title(text: str, name: str) -> str:
    """Return the title where it is the field's own name: `8.4 Pediatric Use`."""
    found = _LABEL.match(text)
    start = found.end() if found else 0
    end = start + len(name)
    return text[:end] if text[start:end].casefold() == name and not text[end : end + 1].isalnum() else ""


def _capital_title(text: str) -> str:
    """Return the section's title at the start of its field: in capitals, `5 WARNINGS AND PRECAUTIONS`."""
    match = _CAPITALS.match(text, 0, MAX_TITLE_CHARACTERS)
    if not match:
        return ""
    words = match[0].split()
    if match.end() < len(text) and text[match.end()].islower():
        words.pop()  # it begins the sentence that goes on in small letters
    while words and (words[-1].islower() or words[-1] == "A"):
        words.pop()
    title = " ".join(words)
    letters = sum(character.isalpha() for character in title)
    return title if letters >= 4 and len(words) <= MAX_TITLE_WORDS else ""


def _subsections(text: str, number: str) -> Iterator[tuple[int, int]]:
    """Yield the places of the headings of numbered subsections, which follow each other by their numbers."""
    at, count = 0, 1
    skipped = 0
    while skipped < (MAX_FIXED_SKIPPED if number in load("openfda")["subsections"] else MAX_SKIPPED):
        found = _next_heading(text, f"{number}.{count} ", at)
        if found:
            yield found
            at = found[1]
        skipped = 0 if found else skipped + 1
        count += 1


def _next_heading(text: str, label: str, at: int) -> tuple[int, int] | None:
    """Return where the subsection begins and its title ends; references to it are passed over."""
    start = text.find(label, at)
    while start >= 0:
        before = text[max(0, start - 12) : start]
        if (not before or before[-1] == " ") and not _REFERENCE.search(before.rstrip()):
            end = _fixed_title_end(text, start + len(label), label) or _title_end(text, start + len(label))
            if end is not None:
                return start, end or start
        start = text.find(label, start + len(label))
    return None


def _fixed_title_end(text: str, start: int, label: str) -> int | None:
    """Return where a title ends whose wording is fixed, unless it goes on in small letters."""
    for title in load("openfda")["subsections"].get(label.partition(".")[0], ()):
        end = start + len(title)
        if text[start:end].casefold() == title.casefold() and (end == len(text) or re.match(r" [^a-z]", text[end:])):
            return end
    return None


def _title_end(text: str, start: int) -> int | None:
    """Return where a title ends, before the capital that begins a sentence of small words; None if it is no title.

    0: more capitalised words follow than a title has, so that nothing tells where it ends.
    """
    words: list[tuple[int, int]] = []
    for match in _WORD.finditer(text, start, start + MAX_TITLE_CHARACTERS):
        word = match[0]
        if not (words or word[0].isupper()):
            return None
        if len(words) > MAX_TITLE_WORDS:
            return 0
        if (word[0].islower() and word not in _small_words()) or word[0] in _BULLETS:
            return _before_sentence(text, words) if word[0].islower() else words[-1][1]
        words.append(match.span())
    return words[-1][1] if words and words[-1][1] == len(text) else None


def _before_sentence(text: str, words: list[tuple[int, int]]) -> int | None:
    """Leave the last capitalised word, and small words before it, to the sentence that it begins."""
    kept = list(words)
    while kept and not text[kept[-1][0]].isupper():
        kept.pop()
    kept = kept[:-1] or kept
    while kept and text[kept[-1][0] : kept[-1][1]] in _no_ends():
        kept.pop()
    return kept[-1][1] if kept else None


def _cut_items(text: str) -> Iterator[Piece]:
    """Cut at bullets: what is before the first is a paragraph, the rest are items."""
    starts = [] if text.isascii() else [match.start() for match in _BULLET.finditer(text)]
    for start, end in zip([0, *starts], [*starts, len(text)], strict=True):
        if words := text[start:end].strip():
            yield Piece("list_item" if words[0] in _BULLETS else "paragraph", words)


@cache
def _small_words() -> frozenset[str]:
    return frozenset(load("boilerplate")["small_words"])


@cache
def _no_ends() -> frozenset[str]:
    return _small_words() | frozenset(load("boilerplate")["sentence_openers"])
