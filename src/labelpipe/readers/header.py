"""The header of a page: labels and values on lines of their own, some of them run together."""

import re
from functools import cache

from labelpipe.readers.lines import Piece
from labelpipe.vocabulary import load

MAX_VALUE_CHARACTERS = 200
"""A header value is a name or a number; a longer line is a paragraph."""

LAST_START_LINE = 25
"""A page has its header at the top, below some furniture and its title."""


def mark_header(pieces: list[Piece]) -> list[Piece]:
    """Mark labels and their values, splitting `BaclofenCategory` into a value and the label stuck to it.

    The header starts at a label among the first lines and ends at the first line that is neither label nor value, so
    that a section headed `Drug Class` further down stays a heading.
    """
    out: list[Piece] = []
    awaiting: str | None = None
    seen, over = False, False
    for piece in pieces:
        over = over or (not seen and piece.line_no > LAST_START_LINE)
        if piece.kind or over:
            out.append(piece)
            continue
        parts, awaiting = _read_line(piece, awaiting)
        out.extend(parts)
        found = bool(parts[0].kind)
        over, seen = seen and not found, seen or found
    return out


def _read_line(piece: Piece, awaiting: str | None) -> tuple[list[Piece], str | None]:
    """Return the line's parts, and the field whose value the next line should hold."""
    if field := _labels().get(piece.text.rstrip(":").strip().casefold()):
        piece.kind, piece.field = "field_label", field
        return [piece], field
    if pair := _label_and_value(piece):
        return pair, None
    if awaiting and len(piece.text) <= MAX_VALUE_CHARACTERS and not piece.text.startswith(("|", ">")):
        return _value(piece, awaiting)
    return [piece], None


def _value(piece: Piece, field: str) -> tuple[list[Piece], str | None]:
    """Return a value, cut where the next label was stuck to its end."""
    glued = _glued_label().search(piece.text)
    if not glued or not piece.text[: glued.start()].strip():
        piece.kind, piece.field = "field_value", field
        return [piece], None
    label = _labels()[glued[0].casefold()]
    value = piece.part(0, glued.start(), "field_value", field)
    tail = piece.part(*glued.span(), kind="field_label", field=label)
    return [part for part in (value, tail) if part], label


def _label_and_value(piece: Piece) -> list[Piece] | None:
    """Split `Brand Name: Gablofen` where a line holds both."""
    match = _label_colon_value().match(piece.text)
    if not match or len(piece.text) > MAX_VALUE_CHARACTERS:
        return None
    field = _labels()[match[1].casefold()]
    label = piece.part(0, match.end(1) + 1, "field_label", field)
    value = piece.part(match.end(1) + 1, len(piece.text), "field_value", field)
    return [part for part in (label, value) if part]


@cache
def _labels() -> dict[str, str]:
    return {wording.casefold(): field for field, wordings in load("fields").items() for wording in wordings}


def _alternatives() -> str:
    wordings = sorted((w for words in load("fields").values() for w in words), key=len, reverse=True)
    return "|".join(re.escape(wording) for wording in wordings)


@cache
def _glued_label() -> re.Pattern[str]:
    """A label at the end of a line, its capital stuck to the word before it."""
    return re.compile(rf"(?<=[^\s\W])(?:{_alternatives()})$|(?<=[)\]])(?:{_alternatives()})$")


@cache
def _label_colon_value() -> re.Pattern[str]:
    return re.compile(rf"({_alternatives()}):\s*\S", re.I)
