"""What each line is, by its shape: disclaimer, table row, callout, list item, heading, or paragraph."""

import re
from functools import cache

from labelpipe.readers.headings import ends_sentence, is_title_case, mark_headings
from labelpipe.readers.lines import Piece
from labelpipe.vocabulary import load
from labelpipe.vocabulary.pages import is_page_heading
from labelpipe.vocabulary.phrases import PhraseBook

MAX_BARE_ITEM_CHARACTERS = 120

_TABLE_ROW = re.compile(r"\|.*\||\|?[^|]+(?: \| [^|]+){2,}\|?$")
_LIST_MARKER = re.compile(r"(?:[-*•·▪◦‣●○–—]\s+|[•·▪◦‣●○]|\(?(?:\d{1,2}|[a-z])[.)]\s+)(?=\S)")


def mark_disclaimers(pieces: list[Piece]) -> None:
    """Mark the legal notices of the page."""
    for index in _disclaimers().texts_with([piece.text for piece in pieces]):
        pieces[index].kind = pieces[index].kind or "disclaimer"


def mark_shapes(pieces: list[Piece]) -> None:
    """Give every line that has no kind yet the kind that its shape says; what has no shape is a paragraph."""
    open_pieces = [piece for piece in pieces if not piece.kind]
    for piece in open_pieces:
        piece.kind = _own_shape(piece.text)
    content = [piece for piece in pieces if piece.kind not in ("noise", "disclaimer", "field_label", "field_value")]
    _mark_bare_items(content)
    mark_headings(content)


def _own_shape(line: str) -> str:
    if "|" in line and _TABLE_ROW.match(line):
        return "table_row"
    if line.startswith(">"):
        return "callout"
    if _LIST_MARKER.match(line):
        return "list_item"
    return "paragraph"


def _mark_bare_items(content: list[Piece]) -> None:
    """Mark the items of a list whose bullets are gone: two or more short lines behind a lead-in."""
    for index, piece in enumerate(content):
        if piece.kind in ("paragraph", "callout") and piece.text.endswith(":"):
            run = _bare_run(content, index + 1)
            if len(run) >= 2:
                for item in run:
                    item.kind = "list_item"


def _bare_run(content: list[Piece], start: int) -> list[Piece]:
    run: list[Piece] = []
    for piece in content[start:]:
        short = len(piece.text) <= MAX_BARE_ITEM_CHARACTERS and not ends_sentence(piece.text)
        if piece.kind != "paragraph" or not short or is_page_heading(piece.text):
            break
        run.append(piece)
    ends_at_prose = start + len(run) < len(content) and content[start + len(run)].kind == "paragraph"
    return run[:-1] if ends_at_prose and run and is_title_case(run[-1].text) else run


@cache
def _disclaimers() -> PhraseBook:
    return PhraseBook({"disclaimer": load("boilerplate")["disclaimers"]})
