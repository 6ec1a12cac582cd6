"""Which lines are headings. One short line proves little; that a whole page has them proves a lot."""

import re
from functools import cache

from labelpipe.readers.lines import Piece
from labelpipe.vocabulary import load
from labelpipe.vocabulary.pages import is_page_heading

MAX_CHARACTERS = 80
MAX_STRIKING_WORDS = 8

MIN_SHARE = 0.12
"""A page whose headings survived has them on at least this share of its lines; scraped ones have next to none."""

_CLOSING = "\"'”’)]"
_STOPS = (".", "!", ":", ";", ",", "…")
_NUMBERED = re.compile(r"\(?(?:\d{1,2}|[A-Za-z])[.)]\s+")
_WORD = re.compile(r"[^\W\d_][\w'’/-]*")


def mark_headings(content: list[Piece]) -> None:
    """Mark the headings among the lines that look like one.

    Where many lines do, the page kept its headings and all of them are; where few do, only those that are written like
    a title.
    """
    shaped = [len(piece.text) <= MAX_CHARACTERS and _is_shaped(content, at) for at, piece in enumerate(content)]
    counted = sum(shape and _is_prose(after) for shape, after in zip(shaped, content[1:], strict=False))
    kept = counted >= MIN_SHARE * sum(piece.kind in ("paragraph", "list_item", "callout") for piece in content)
    for index in reversed(range(len(content))):
        piece, after = content[index], content[index + 1] if index + 1 < len(content) else None
        if (piece.kind == "paragraph" and is_page_heading(piece.text)) or (
            shaped[index] and after and _opens(after) and (kept or _is_striking(piece.text))
        ):
            piece.kind = "heading"


def _is_shaped(content: list[Piece], index: int) -> bool:
    """No full stop, no small letter to begin with; and if it is numbered, no item of a list."""
    piece = content[index]
    if ends_sentence(piece.text, questions=False):
        return False
    numbered = _NUMBERED.match(piece.text)
    words = piece.text[numbered.end() :] if numbered else piece.text
    if not _WORD.search(words) or words.split()[0].islower():
        return False
    beside = content[max(0, index - 1) : index] + content[index + 1 : index + 2]
    alone = bool(numbered) and all(other.kind != "list_item" for other in beside)
    return piece.kind == "paragraph" or (piece.kind == "list_item" and alone)


def _is_prose(piece: Piece) -> bool:
    return piece.kind == "paragraph" and ends_sentence(piece.text, questions=False)


def ends_sentence(line: str, questions: bool = True) -> bool:
    """Whether a line ends as sentences, lead-ins and clauses do, quotes and brackets aside."""
    return line.rstrip(_CLOSING).endswith((*_STOPS, "?") if questions else _STOPS)


def _opens(after: Piece) -> bool:
    """Whether a heading may stand over this."""
    return after.kind in ("heading", "list_item", "table_row", "callout") or _is_prose(after)


def _is_striking(line: str) -> bool:
    """Written like a title: capitals, a few words, no figures."""
    few = len(line.split()) <= MAX_STRIKING_WORDS and not re.search(r"[\d(@®]", line) and not line.endswith("?")
    return few and (is_title_case(line) or line.isupper())


def is_title_case(line: str) -> bool:
    """Every word of weight begins with a capital or a digit."""
    words = [word for word in _WORD.findall(line) if word.casefold() not in _small_words()]
    return bool(words) and all(word[0].isupper() for word in words)


@cache
def _small_words() -> frozenset[str]:
    return frozenset(load("boilerplate")["small_words"])
