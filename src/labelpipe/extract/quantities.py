"""Everything that has a number in a label: ranges, approximations, plus-minus, comparators, ratios of units.

A quantity is read only where a unit says what is counted; units are UCUM (https://ucum.org), never converted.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

from labelpipe.extract.units import dimension, ucum, unit_expression
from labelpipe.vocabulary import load, pattern
from labelpipe.vocabulary.phrases import any_of

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−", "0123456789--")
_FRACTIONS = {"½": 1 / 2, "¼": 1 / 4, "¾": 3 / 4, "⅓": 1 / 3, "⅔": 2 / 3}
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
_POWER = r"10(?:\s?\^\s?[-−]?\d{1,2}|⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})"
_MIXED = r"(?:\d{1,3}[ -])?(?:1/[2-8]|2/3|3/4)(?![\d/.])"
_GROUPED = r"\d{1,3}(?:(?:[,\u00a0\u2009\u202f]\d{3})+| 000(?: 000)*)(?:\.\d+)?"
_PLAIN = rf"(?:\d*[½¼¾⅓⅔]|{_MIXED}|{_GROUPED}|\d+(?:\.\d+)?|\.\d+)"
NUMBER = rf"(?:{_POWER}|{_PLAIN}(?:\s?[x×*]\s?{_POWER}|\s(?:{'|'.join(_SCALES)})\b)?)"
"""A printed number: `1,500`, `.5`, `1.2 x 10^6`, `2.4 million`."""

_SIMPLE = re.compile(r"\d+(?:\.\d+)?|\.\d+")
_GROUPING = re.compile("[,\u00a0\u2009\u202f]|(?<=\\d) (?=000)")
_FRACTION = re.compile(r"(?:(\d+)[ -])?(\d)/(\d)")
_SCALED = re.compile(rf"(.+?)\s({'|'.join(_SCALES)})", re.I)
_SCIENTIFIC = re.compile(r"(?:(.+?)\s?[x×*]\s?)?10[\s^]*([-−⁻]?[\d⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})", re.I)
_START = r"(?<![\w.,/^'’])(?<![A-Za-z][-–])"
_FIGURES = re.compile(r"[\d½¼¾⅓⅔][\d.,]*")
_LONGEST_COMPARATOR = 32
_PEAK_NAMED = re.compile(r"\b[tc]\s$", re.I)
"""What stands before the `max` of `T max of 3 hours`: a name, and no limit."""


class Quantity(NamedTuple):
    """A number with its unit, and where its words stand (code points into the text that was searched).

    A single value stands in both `low` and `high`; `>` leaves `high` None, `<` leaves `low` None; `a ± b` fills `mean`
    and `sd` and nothing else. `dimension` is what the unit measures (mass, time, fraction, concentration, ...).
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


@lru_cache(maxsize=4096)
def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Return every number that has a unit, in order. Limits of one range in two units (`30 min - 2 h`) are two.

    A cell's words are asked about several times in a row, so that the last answers are kept.
    """
    return tuple(_quantities(text))


def _quantities(text: str) -> Iterator[Quantity]:
    at = 0
    while figures := _FIGURES.search(text, at):
        start = figures.start()
        match = _quantity().match(text, start - (text[start - 1 : start] == "."))
        if match:
            yield from _read(match, ucum(match["unit"]) or match["unit"])
        at = match.end() if match else figures.end()


def find_bare(text: str, unit: str) -> Quantity | None:
    """Return the number that opens the text without a unit of its own, as a quantity of `unit`: `(6.3 - 26.9)`."""
    match = _bare().match(text)
    return next(_read(match, unit)) if match else None


def number(printed: str) -> float:
    """Return the value of a printed number; commas group thousands.

    >>> number("1.2 x 10^6"), number("2.4 million")
    (1200000.0, 2400000.0)
    """
    if _SIMPLE.fullmatch(printed):
        return float(printed)
    if printed[-1] in _FRACTIONS:
        return float(printed[:-1] or 0) + _FRACTIONS[printed[-1]]
    if "/" in printed:
        whole, above, below = _FRACTION.match(printed).groups(default="0")  # type: ignore[union-attr]
        return float(whole) + float(above) / float(below)
    printed = _GROUPING.sub("", printed.strip())
    scaled = _SCALED.fullmatch(printed)
    if scaled:
        return float(scaled[1]) * _SCALES[scaled[2].lower()]
    power = _SCIENTIFIC.fullmatch(printed)
    if power and not printed.isdecimal():
        return float(f"{power[1] or 1}e{power[2].translate(_SUPERSCRIPTS)}")
    return float(printed)


def _read(match: re.Match[str], unit: str) -> Iterator[Quantity]:
    comparator, start = _comparator(match)
    low = number(match["low"])
    if deviation := match["sd"] or (match["sd_behind"] if match["high"] is None and _is_of_unit(match, unit) else None):
        measured = (None, None, low, number(deviation))
        yield Quantity(*measured, comparator, unit, dimension(unit), start, match.end())
    elif match["high"] is None:
        yield _one(comparator, low, low, unit, start, match.end())
    else:
        first_unit = (ucum(match["first_unit"]) if match["first_unit"] else None) or unit
        yield from _two(match, comparator, first_unit, unit, start)


def _is_of_unit(match: re.Match[str], unit: str) -> bool:
    """Whether a deviation in parentheses is in the value's own unit: not in `146 mcg/mL (±33%)`."""
    return unit == "%" or not match["sd_share"]


def _two(match: re.Match[str], comparator: str, first_unit: str, unit: str, start: int) -> Iterator[Quantity]:
    """Yield a range, or the two values of `5 or 10 mg`, of `40 to 20 mg` and of limits in two units."""
    low, high = number(match["low"]), number(match["high"])
    if first_unit == unit and low <= high and match["or"] is None:
        if (match["bound"] or "").strip() in (">", "≥"):
            comparator, high = ">=", low
        yield _one(comparator, low, high, unit, start, match.end())
        return
    is_range = first_unit != unit and match["or"] is None and dimension(first_unit) == dimension(unit)
    bounds = (">=", "<=") if is_range else (comparator, "=")
    yield _one(bounds[0], low, low, first_unit, start, match.end("first_unit" if match["first_unit"] else "low"))
    yield _one(bounds[1], high, high, unit, match.start("high"), match.end())


def _one(comparator: str, low: float, high: float, unit: str, start: int, end: int) -> Quantity:
    limits = {"<": (None, high), "<=": (None, high), ">": (low, None), ">=": (low, None)}
    ends = limits.get(comparator, (low, high)) if low == high else (low, high)
    return Quantity(*ends, None, None, comparator, unit, dimension(unit), start, end)


def _comparator(match: re.Match[str]) -> tuple[str, int]:
    """Return the sign of the words around a number and where they begin; `over 2 hours` is a length of time."""
    start, text = match.start("low"), match.string
    if match["between"] is not None:
        return "=", start - len("between ")
    if match["behind"]:
        return _sign_of(match["behind"].strip(), "comparators_behind"), start
    near = text[max(0, start - _LONGEST_COMPARATOR) : start]
    before = _limits().search(near)
    if before is None:
        return "=", start
    words = before[0].rstrip()
    if _PEAK_NAMED.search(near, 0, before.start()) and words.casefold().startswith("max"):
        return "=", start
    is_time = dimension(ucum(match["unit"]) or "") == "time"
    return (
        ("=", start)
        if words.casefold() == "over" and is_time
        else (_sign_of(words, "comparators"), before.start() - len(near) + start)
    )


@cache
def _sign_of(words: str, group: str) -> str:
    for sign, phrases in load("units")[group].items():
        if any(re.fullmatch(pattern(phrase), words, re.I) for phrase in phrases):
            return str(sign)
    return "="


@cache
def _limits() -> Any:
    return any_of(_longest_first("comparators"), r"{}\s*$")


def _any(group: str) -> str:
    return "|".join(pattern(phrase) for phrase in _longest_first(group))


def _longest_first(group: str) -> Iterable[str]:
    return sorted((phrase for phrases in load("units")[group].values() for phrase in phrases), key=len, reverse=True)


@cache
def _quantity() -> re.Pattern[str]:
    unit = unit_expression()
    return re.compile(
        rf"{_number_part(unit)}(?:\s*|-)(?P<unit>{unit})(?:\s*\(\s*(?:±|\+\s?/\s?-)\s*(?P<sd_behind>{NUMBER})\s?(?P<sd_share>%?)\))?(?P<behind>\s+(?:{_any('comparators_behind')}))?",
        re.I,
    )


@cache
def _bare() -> re.Pattern[str]:
    edge = r"(?=$|\s+(?:at|after|for|with|mean|median)\b|\s+in\s+(?!\d))"
    before = rf"(?:(?:{'|'.join(load('qualifiers')['statistics'])})\b\W*)*(?:(?:{_any('comparators')})\s*)?"
    return re.compile(rf"{before}{_number_part('(?!)')}(?P<unit>)(?P<sd_behind>)(?P<sd_share>)(?P<behind>){edge}", re.I)


def _number_part(unit: str) -> str:
    """Return the expression of a value, a value with its deviation, a range, or two values."""
    to = r"\s*(?:-|–|—|−|\bto(?:\b|(?=\d))|\bthrough\b|(?P<or>,?\s*\bor\b))\s*"
    return (
        rf"(?=[\d.½¼¾⅓⅔]){_START}(?P<between>(?<=\bbetween\s))?(?P<low>{NUMBER})"
        rf"(?:(?:\s?{unit})?\s*(?:±|\+\s?/\s?-|\+-)\s*(?P<sd>{NUMBER})"
        rf"|(?:(?:\s*|-)(?P<first_unit>{unit}))?(?:{to}|(?(between)\s+and\s+|(?!)))"
        rf"(?P<bound>[~≈<>≤≥]\s*)?(?P<high>{NUMBER}))?"
    )
