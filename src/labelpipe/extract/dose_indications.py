"""What a dose is for: a heading, a lead-in, a list's item or a table's row names what the label is indicated for."""

import re
from functools import cache, lru_cache

from labelpipe.model import Block
from labelpipe.vocabulary import load
from labelpipe.vocabulary.phrases import AnyOf, any_of

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_NUMBER = re.compile(r"\d{1,2}\.\d{1,2}\.?\s+")
_BREAK = re.compile(r"[^\s()]")
_FARTHEST = 120
_MIN_LETTERS = 3
_MOST_WORDS = 30

Uses = frozenset[str]
"""The words with which a label says what it is for, folded."""


def uses_of(blocks: tuple[Block, ...]) -> Uses:
    """Return the words of a label's indications, of a leaflet those of the chapter on what it is used for."""
    told: list[str] = []
    is_told = False
    for block in blocks:
        if block.kind == "heading":
            is_told = _what_for().is_in(block.text)
        elif is_told or block.section == "indications_and_usage":
            told.append(block.text)
    return frozenset(word.casefold() for text in told for word in _WORD.findall(text))


@lru_cache(maxsize=4096)
def indication_in(title: str, uses: Uses) -> str | None:
    """Return what a heading or the like is named after, as printed, if that is what the label is for.

    All its words are ones with which the label says so, less those that are about doses and about whom they are for.

    >>> indication_in("2.1 Recommended Dosage for Panic Disorder in Adults", frozenset({"panic", "disorder"}))
    'Panic Disorder'
    """
    if not uses or not title or len(title.split()) > _MOST_WORDS or _never().is_in(title):
        return None
    bare = _about_doses().blanked(_NUMBER.sub(lambda match: " " * len(match[0]), title, count=1))
    words = [word for word in _WORD.finditer(bare) if _may_name(word[0])]
    if not words or not all(match[0].casefold() in uses for match in words):
        return None
    if all(_too_weak().match(match[0]) for match in words):
        return None
    start, end = words[0].start(), words[-1].end()
    rest = re.match(r"[^(]*\)", title[end:])
    if title.count("(", start, end) > title.count(")", start, end) and rest:
        end += rest.end()
    return title[start:end]


@lru_cache(maxsize=4096)
def indication_said(words: str, uses: Uses) -> str | None:
    """Return what a sentence says that a dose is for, as printed: words of the indications behind `treatment of`.

    >>> indication_said("For the treatment of panic disorder the dose is", frozenset({"panic", "disorder"}))
    'panic disorder'
    """
    for cue in _cues().finditer(words) if uses else ():
        end = start = cue.end()
        for match in _WORD.finditer(words, start, start + _FARTHEST):
            is_small = match[0].casefold() in _small()
            if _BREAK.search(words[end : match.start()]) or not (is_small or match[0].casefold() in uses):
                break
            end = match.end()
        if named := indication_in(words[start:end], uses):
            return named
    return None


def _may_name(word: str) -> bool:
    """Whether a word may be a disease's: not a small one, and short only in capitals (`RA`)."""
    return (len(word) >= _MIN_LETTERS or word.isupper()) and word.casefold() not in _small()


@cache
def _cues() -> AnyOf:
    return any_of(load("doses")["indication"]["cues"])


@cache
def _what_for() -> AnyOf:
    return any_of(load("doses")["indication"]["chapters"])


@cache
def _about_doses() -> AnyOf:
    whom = [one for phrases in load("doses")["populations"].values() for one in phrases if one != "juvenile*"]
    return any_of([*load("doses")["indication"]["not_named"], *whom])


@cache
def _never() -> AnyOf:
    return any_of(load("doses")["indication"]["never"])


@cache
def _too_weak() -> AnyOf:
    return any_of(load("doses")["indication"]["not_alone"])


@cache
def _small() -> frozenset[str]:
    return frozenset(load("boilerplate")["small_words"])
