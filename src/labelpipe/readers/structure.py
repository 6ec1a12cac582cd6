"""What each line is, by its shape: disclaimer, table row, callout, list item, heading, or paragraph."""

import re
from functools import cache

from labelpipe.readers.lines import Piece
from labelpipe.vocabulary import load

MAX_HEADING_CHARACTERS = 80
MAX_BARE_ITEM_CHARACTERS = 120

_TABLE_ROW = re.compile(r"\|.*\||\|?[^|]+(?: \| [^|]+){2,}\|?$")
_LIST_MARKER = re.compile(r"(?:[-*•·▪◦‣●○–—]\s+|[•·▪◦‣●○]|\(?(?:\d{1,2}|[a-z])[.)]\s+)(?=\S)")
_NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*|[A-Z])[.)]?\s+")
_SENTENCE_END = re.compile(r"[.!?:;,…][\"'”’)\]]*$")
_WORD = re.compile(r"[^\W\d_][\w'’/-]*")


def mark_disclaimers(pieces: list[Piece]) -> None:
    """Mark the legal notices of the page."""
    notice = _disclaimer()
    for piece in pieces:
        if not piece.kind and notice.search(piece.text):
            piece.kind = "disclaimer"


def mark_shapes(pieces: list[Piece]) -> None:
    """Give every line that has no kind yet the kind that its shape says; what has no shape is a paragraph."""
    open_pieces = [piece for piece in pieces if not piece.kind]
    for piece in open_pieces:
        piece.kind = _own_shape(piece.text)
    content = [piece for piece in pieces if piece.kind not in ("noise", "disclaimer", "field_label", "field_value")]
    _mark_bare_items(content)
    for here, after in zip(content, [*content[1:], None], strict=False):
        if here.kind == "paragraph" and is_heading(here.text, after):
            here.kind = "heading"


def _own_shape(line: str) -> str:
    if _TABLE_ROW.match(line):
        return "table_row"
    if line.startswith(">"):
        return "callout"
    if _LIST_MARKER.match(line) and not _is_numbered_heading(line):
        return "list_item"
    return "paragraph"


def _is_numbered_heading(line: str) -> bool:
    """`2. What you need to know` is a heading, `1. Wash your hands.` an item."""
    match = _NUMBERED.match(line)
    return bool(match) and bool(_page_heading().match(line[match.end() :])) if match else False


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
        short = len(piece.text) <= MAX_BARE_ITEM_CHARACTERS and not _SENTENCE_END.search(piece.text)
        if piece.kind != "paragraph" or not short or is_page_heading(piece.text):
            break
        run.append(piece)
    ends_at_prose = start + len(run) < len(content) and content[start + len(run)].kind == "paragraph"
    return run[:-1] if ends_at_prose and run and is_title_case(run[-1].text) else run


def is_heading(line: str, after: Piece | None) -> bool:
    """A heading is short, has no full stop, and reads like a title or a phrase of the page."""
    if is_page_heading(line):
        return True
    if len(line) > MAX_HEADING_CHARACTERS or _SENTENCE_END.search(line) or not _WORD.search(line):
        return False
    return after is not None and (is_title_case(line) or line.isupper() or len(line.split()) <= 5)


def is_title_case(line: str) -> bool:
    """Every word of weight begins with a capital or a digit."""
    words = [word for word in _WORD.findall(line) if word.casefold() not in _small_words()]
    return bool(words) and all(word[0].isupper() for word in words)


def is_page_heading(line: str) -> bool:
    """A heading of the page itself, such as the one over its questions."""
    return len(line) <= 2 * MAX_HEADING_CHARACTERS and bool(_page_heading().fullmatch(line))


def is_faq_heading(line: str) -> bool:
    """The heading that opens the questions and answers."""
    return len(line) <= 2 * MAX_HEADING_CHARACTERS and bool(_faq_heading().fullmatch(line.rstrip(":")))


def _phrases(*names: str) -> re.Pattern[str]:
    wordings = [wording for name in names for wording in load("boilerplate")[name]]
    return re.compile("|".join(re.escape(w).replace(re.escape("{...}"), r"[^.?!]+") for w in wordings), re.I)


@cache
def _small_words() -> frozenset[str]:
    return frozenset(load("boilerplate")["small_words"])


@cache
def _page_heading() -> re.Pattern[str]:
    return _phrases("page_headings", "faq_headings")


@cache
def _faq_heading() -> re.Pattern[str]:
    return _phrases("faq_headings")


@cache
def _disclaimer() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(words) for words in load("boilerplate")["disclaimers"]), re.I)
