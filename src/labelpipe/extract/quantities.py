"""Everything that has a number in a label: ranges, approximations, plus-minus, comparators, ratios of units.

A quantity is read only where a unit says what is counted; units are UCUM (https://ucum.org), never converted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from labelpipe.vocabulary import load

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
_TO = r"\s*(?:-|–|—|−|to|and)\s*"
_COMPARATORS = (
    (r"<=|≤|up to|no more than|not more than|at most|maximum of|max(?:imum)?:?", "<="),
    (r">=|≥|at least|no less than", ">="),
    (r"<|less than|under|below|fewer than", "<"),
    (r">|more than|greater than|over|above|exceeding", ">"),
    (r"~|≈|about|approximately|approx\.?|around|roughly|nearly|some|circa|ca\.", "~"),
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, and where its words stand (code points into the text that was searched).

    A single value stands in both `low` and `high`; `>` leaves `high` None, `<` leaves `low` None; `a ± b` fills `mean`
    and `sd` and nothing else. `dimension` is what the numerator's unit measures (mass, time, fraction, ...).
    """

    low: float | None
    high: float | None
    mean: float | None
    sd: float | None
    comparator: str
    unit: str
    dimension: str
    start: int
    end: int


def find_quantities(text: str) -> Iterator[Quantity]:
    """Yield every number that has a unit, in order."""
    for match in _quantity().finditer(text):
        yield _to_quantity(match)


def ucum(printed: str) -> str | None:
    """Return the UCUM code of a printed unit such as `mcg/kg/day`, or None where a part of it is unknown.

    >>> ucum("mcg/kg/day")
    'ug/kg/d'
    """
    codes = load("units")["ucum"]
    parts: list[str] = []
    for part in re.split(r"\s*/\s*|\s+per\s+", printed.strip()):
        match = re.fullmatch(rf"({_NUMBER})?\s*(.+)", part)
        code = _code(codes, match[2]) if match else None
        if match is None or code is None:
            return None
        parts.append(f"{{{match[1]}_{code}}}" if match[1] and match[1] != "1" else code)
    return "/".join(parts)


def number(printed: str) -> float:
    """Return the value of a printed number; commas group thousands."""
    return float(printed.replace(",", ""))


def dimension(unit: str) -> str:
    """Return what a UCUM unit's numerator measures; a mass per volume is a concentration."""
    head, _, rest = unit.partition("/")
    of: dict[str, str] = load("units")["dimension"]
    if rest and of.get(rest) == "volume" and of.get(head) in ("mass", "amount", "activity"):
        return "concentration"
    return of.get(head, "other")


def _code(codes: dict[str, str], unit: str) -> str | None:
    return codes.get(unit) or codes.get(unit.lower())


def _to_quantity(match: re.Match[str]) -> Quantity:
    unit = ucum(match["unit"]) or match["unit"]
    comparator = _comparator(match["comparator"])
    low = number(match["low"])
    if match["sd"]:
        measured = (None, None, low, number(match["sd"]))
        return Quantity(*measured, comparator, unit, dimension(unit), match.start(), match.end())
    high = number(match["high"]) if match["high"] else low
    ends = {"<": (None, high), "<=": (None, high), ">": (low, None), ">=": (low, None)}.get(comparator, (low, high))
    return Quantity(*ends, None, None, comparator, unit, dimension(unit), match.start(), match.end())


def _comparator(words: str | None) -> str:
    for expression, sign in _COMPARATORS:
        if words and re.fullmatch(expression, words.strip(), re.I):
            return sign
    return "="


@cache
def unit_expression() -> str:
    """Return the regular expression of a printed unit, simple or a ratio."""
    wordings = sorted((unit for unit in load("units")["ucum"] if unit != "1"), key=len, reverse=True)
    one = "|".join(re.escape(unit) for unit in wordings)
    simple = rf"(?:(?i:{one})(?![A-Za-z\d]))"
    per = rf"(?:\s*(?:/|\bper\b)\s*(?:{_NUMBER}\s*)?{simple}|/1(?!\d))"
    return rf"{simple}{per}*"


@cache
def _quantity() -> re.Pattern[str]:
    comparators = "|".join(expression for expression, _ in _COMPARATORS)
    unit = unit_expression()
    return re.compile(
        rf"(?P<comparator>(?:{comparators})\s*)?"
        rf"(?<![\w.,/])(?P<low>{_NUMBER})"
        rf"(?:\s*(?:±|\+/-|\+-)\s*(?P<sd>{_NUMBER})|\s*(?:{unit})?{_TO}(?:~\s*)?(?P<high>{_NUMBER}))?"
        rf"(?:\s*|-)(?P<unit>{unit})",
        re.I,
    )
