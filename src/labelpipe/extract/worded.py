"""Quantities in words: `two weeks`, `one to two hours`, `10 to 14 tablets`, `2 sprays`."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import re2

from labelpipe.extract.quantities import Quantity, number
from labelpipe.extract.units import dimension, ucum
from labelpipe.vocabulary import load
from labelpipe.vocabulary.first_of import looser

TIMES = ("hour", "minute", "day", "week", "month", "year")


def worded_times(text: str) -> Iterator[Quantity]:
    """Yield the times whose number is a word."""
    if not _hint().search(text):
        return
    for match in _times().finditer(text):
        low = _value(match["low"])
        high = _value(match["high"]) if match["high"] else low
        unit = ucum(match["unit"].lower())
        if low is not None and high is not None and unit:
            sign, start = _sign(text, match.start())
            ends = {"<": (None, high), "<=": (None, high), ">": (low, None), ">=": (low, None)}.get(sign, (low, high))
            yield Quantity(*ends, None, None, sign, unit, dimension(unit), start, match.end())


def _sign(text: str, start: int) -> tuple[str, int]:
    for sign, words in _signs():
        before = words.search(text, max(0, start - 24), start)
        if before:
            return sign, before.start()
    return "=", start


def _value(word: str) -> float | None:
    words: dict[str, int] = load("units")["words"]
    return words[word.lower()] if word.lower() in words else number(word)


@cache
def _signs() -> tuple[tuple[str, re.Pattern[str]], ...]:
    signs = load("units")["worded_comparators"]
    return tuple((sign, re.compile(rf"\b(?:{'|'.join(words)})\s+$", re.I)) for sign, words in signs.items())


@cache
def _hint() -> Any:
    """The expression of these times for RE2, which says at once that there is none."""
    return re2.compile(f"(?i){looser(_expression())}")


@cache
def _times() -> re.Pattern[str]:
    return re.compile(_expression(), re.I)


def _expression() -> str:
    words = "|".join(load("units")["words"])
    return rf"\b(?P<low>{words})(?:\s*(?:-|–|to|or)\s*(?P<high>{words}))?[\s-]+(?P<unit>{'|'.join(TIMES)})s?\b"
