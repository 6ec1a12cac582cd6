"""What a page states about its label: the fields of its header, and the columns that its meta elements name."""

from datetime import date
from functools import cache
from typing import Any

from lxml import etree

from labelpipe.readers.header import mark_header
from labelpipe.readers.html_pieces import MARKS, Piece
from labelpipe.readers.lines import Piece as Line
from labelpipe.vocabulary import load

MIN_SHARE = 0.5
"""So many of a list's terms are labels of the header, or it is a list of something else."""

FIRST_PIECES = 40
MAX_LABEL_CHARACTERS = 40


def mark_fields(pieces: list[Piece], has_lists: bool) -> list[Piece]:
    """Mark the labels and values of the page's header: a definition list, or lines at the top of the page.

    `has_lists`: there is a definition list on the page.
    """
    if not has_lists:
        return _mark_lines(pieces)
    found = False
    lists: dict[etree._Element, list[int]] = {}
    for number, piece in enumerate(pieces):
        if piece.element.tag in ("dt", "dd") and piece.kind in ("list_item", "paragraph"):
            holder = next(piece.element.iterancestors("dl"), piece.element)
            lists.setdefault(holder, []).append(number)
    for numbers in lists.values():
        found = _mark_list([pieces[number] for number in numbers]) or found
    return pieces if found else _mark_lines(pieces)


def _mark_list(pieces: list[Piece]) -> bool:
    terms = [piece for piece in pieces if piece.element.tag == "dt"]
    known = [_label_of(piece.words) for piece in terms]
    if not terms or sum(field is not None for field in known) < MIN_SHARE * len(terms):
        return False
    current: str | None = None
    for piece in pieces:
        if piece.element.tag == "dt":
            current = _label_of(piece.words)
            piece.kind, piece.candidate = "field_label", False
        else:
            piece.kind = "field_value"
        piece.field = current
    return True


def _mark_lines(pieces: list[Piece]) -> list[Piece]:
    """Read a header that is lines of a label and a value, as the text reader does."""
    first = pieces[:FIRST_PIECES]
    labels, plain = _labels(), ("paragraph", "list_item")
    starts = [piece.words[:MAX_LABEL_CHARACTERS].partition(":")[0] for piece in first if piece.kind in plain]
    if not any(start.rstrip().casefold() in labels for start in starts):
        return pieces
    lines: list[Line] = []
    owners: list[Piece] = []
    for piece in first:
        kind = "" if piece.kind in ("paragraph", "list_item") else "other"
        line = Line(piece.words, len(lines) * 1_000_000, 1, kind)
        if piece.kind not in MARKS and piece.kind != "noise":
            lines.append(line)
            owners.append(piece)
    marked: dict[int, list[Line]] = {}
    for line in mark_header(lines):
        marked.setdefault(line.start // 1_000_000, []).append(line)
    out: list[Piece] = []
    parts = {id(owner): marked[number] for number, owner in enumerate(owners)}
    for piece in first:
        own = parts.get(id(piece), [])
        if not any(line.field for line in own):
            out.append(piece)
            continue
        out += [
            Piece(line.kind or piece.kind, line.text, piece.locator, piece.element, field=line.field) for line in own
        ]
    return out + pieces[FIRST_PIECES:]


def _label_of(words: str) -> str | None:
    return _labels().get(words.rstrip(" :").casefold())


@cache
def _labels() -> dict[str, str]:
    return {wording.casefold(): field for field, wordings in load("fields").items() for wording in wordings}


def stated_columns(root: etree._Element) -> dict[str, Any]:
    """Return the columns of the documents row that the page's meta elements name."""
    wanted = load("html")["meta"]
    stated: dict[str, Any] = {}
    head = root.find("head")
    for meta in head.iter("meta") if head is not None else ():
        column, value = wanted.get((meta.get("name") or "").casefold()), (meta.get("content") or "").strip()
        if column and value:
            stated[column] = _as_date(value) if column == "effective_date" else value
    if set_id := stated.get("set_id"):
        stated["label_id"] = set_id
    return {column: value for column, value in stated.items() if value}


def _as_date(stamp: str) -> date | None:
    try:
        return date(int(stamp[:4]), int(stamp[4:6]), int(stamp[6:8]))
    except ValueError:
        return None
