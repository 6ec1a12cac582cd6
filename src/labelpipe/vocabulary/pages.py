"""Headings of the page itself: they cut a page into parts and name no section."""

import re
from functools import cache

from labelpipe.vocabulary import load

MAX_CHARACTERS = 160
_WORD = r"[^\s.?!]+"
_FEW_WORDS = rf"{_WORD}(?: {_WORD}){{0,5}} ?(?<!:)"


def is_page_heading(line: str) -> bool:
    """Tell a heading of the page, such as the one over its related drugs."""
    return len(line) <= MAX_CHARACTERS and _begins_one(line) and bool(_page().fullmatch(line) or is_faq_heading(line))


def is_faq_heading(line: str) -> bool:
    """Tell the heading that opens the questions and answers."""
    return len(line) <= MAX_CHARACTERS and _begins_one(line) and bool(_faq().fullmatch(line.rstrip(" :")))


def _begins_one(line: str) -> bool:
    """Whether a line's first word is that of a heading of the page."""
    return line.partition(" ")[0].rstrip(":").casefold() in _first_words()


def _phrases(name: str) -> re.Pattern[str]:
    wordings = load("boilerplate")[name]
    return re.compile("|".join(re.escape(w).replace(re.escape("{...}"), _FEW_WORDS) for w in wordings), re.I)


@cache
def _first_words() -> frozenset[str]:
    boilerplate = load("boilerplate")
    wordings = (*boilerplate["page_headings"], *boilerplate["faq_headings"])
    return frozenset(wording.partition(" ")[0].casefold() for wording in wordings)


@cache
def _page() -> re.Pattern[str]:
    return _phrases("page_headings")


@cache
def _faq() -> re.Pattern[str]:
    return _phrases("faq_headings")
