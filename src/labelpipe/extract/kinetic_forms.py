"""Values in forms of their own: bare ratios, days counted, shares in words, deviations and ranges in brackets."""

import re
from collections.abc import Iterator
from functools import cache

from labelpipe.extract.quantities import NUMBER, Quantity, number
from labelpipe.extract.units import dimension, ucum, unit_expression
from labelpipe.vocabulary import load, pattern

_ASIDE = r"(?:\s*\([^()]*\))?"
_ABOUT = r"(?:about\s+|approximately\s+|~\s*)"
_PLAIN = (
    rf"(?P<low>{NUMBER})(?:\s*±\s*(?P<sd>{NUMBER})|\s*(?:-|–|to)\s*(?P<high>{NUMBER}))?"
    r"(?![\w%]|-?\s?fold|\s?times|\.\d|\s?(?:n|m|mc|µ|μ)g/|(?-i:\s?[CHI]\b)"  # levels, and the carbon of `14 C`
    r"|\s*(?:-|–|to)\s*\d)"
)
_FIRST = re.compile(_PLAIN, re.I)
_NEXT = re.compile(
    rf"{_ASIDE}(?:\s+(?:in|for)(?:\s+[\w-]+){{1,4}}?)?(?:,?\s+(?:and|to)\s+|,\s+){_ABOUT}?{_PLAIN}", re.I
)
_SHARE = re.compile(rf"\b(?P<words>[a-z]+(?:[- ][a-z]+)?)\s+percent\b(?!\s*\(\s*[<>~≤≥]?\s*{NUMBER}\s?%)", re.I)
_DEVIATIONS = re.compile(r"\bSD\b|\bstandard deviations?\b")
_DEVIATION = re.compile(rf"\s*\(\s*(?P<sd>{NUMBER})\s*\)")
_LIMITS = re.compile(r"\bmin\w*\s*[,;-]\s*max|\brange\b", re.I)


def forms_in(text: str) -> Iterator[Quantity]:
    """Yield the values of a sentence that are printed in these forms."""
    yield from _ratios(text)
    if "steady" in text.casefold():
        yield from _reached(text)
    yield from _shares(text)
    yield from _before_their_unit(text)
    if _LIMITS.search(text):
        yield from _ranges(text)


def with_deviation(text: str, value: Quantity) -> Quantity:
    """Return a value with the number in brackets behind it, where the sentence says those are deviations."""
    match = _DEVIATION.match(text, value.end) if value.mean is None and value.low == value.high else None
    if match is None or not _DEVIATIONS.search(text):
        return value
    return value._replace(low=None, high=None, mean=value.low, sd=number(match["sd"]), end=match.end())


def _ratios(text: str) -> Iterator[Quantity]:
    """Yield the bare numbers behind a ratio's name: `accumulation ratios of 2.3 (50% CV) and 3.2`."""
    for head in _ratio().finditer(text):
        match = _FIRST.match(text, head.end())
        start = head.start("near") if head["near"] else head.end()
        sign = "~" if head["near"] else "="
        while match:
            low, high = number(match["low"]), number(match["high"] or match["low"])
            single = Quantity(low, high, None, None, sign, "1", "ratio", start, match.end())
            yield single._replace(low=None, high=None, mean=low, sd=number(match["sd"])) if match["sd"] else single
            match = _NEXT.match(text, match.end())
            start, sign = (match.start("low") if match else 0), "="


def _reached(text: str) -> Iterator[Quantity]:
    """Yield the days by which something is reached: `by Day 15`, `by days 3 to 5`, `by the sixth day`."""
    words: dict[str, int] = load("units")["ordinals"]
    for match in _reached_by().finditer(text, text.casefold().index("steady")):
        nth = words.get((match["nth"] or "").casefold())
        if match["low"] or nth:
            low = float(match["low"] or nth or 0)
            unit = ucum((match["unit"] or match["of"]).lower()) or ""
            high = float(match["high"] or low)
            day = Quantity(low, high, None, None, "=", unit, dimension(unit), match.start(), match.end())
            yield day._replace(low=None, comparator="<") if match["early"] else day


def _shares(text: str) -> Iterator[Quantity]:
    """Yield the shares that are all words: `ninety-eight percent`."""
    words: dict[str, int] = {**load("units")["words"], **load("units")["tens"]}
    for match in _SHARE.finditer(text):
        parts = re.split("[- ]", match["words"].casefold())
        named = [words[part] for part in parts if part in words]
        if named and parts[-1] in words:
            start = match.end("words") - len(parts[-1]) if len(named) < len(parts) else match.start()
            share = float(sum(named))
            yield Quantity(share, share, None, None, "=", "%", "fraction", start, match.end())


def _ranges(text: str) -> Iterator[Quantity]:
    """Yield `(1, 8 hours)`, the least and the greatest value, where the sentence says that it tells of both."""
    for match in _bracketed().finditer(text):
        unit = ucum(match["unit"]) or match["unit"]
        low, high = number(match["low"]), number(match["high"])
        yield Quantity(low, high, None, None, "=", unit, dimension(unit), match.start("low"), match.end("unit"))


def _before_their_unit(text: str) -> Iterator[Quantity]:
    """Yield the numbers whose unit stands in brackets: `a clearance of 14.3 (L/h)`."""
    for match in _units_behind().finditer(text):
        unit, low = ucum(match["unit"]) or match["unit"], number(match["low"])
        yield Quantity(low, low, None, None, "=", unit, dimension(unit), match.start("low"), match.end())


@cache
def _ratio() -> re.Pattern[str]:
    """A ratio's name, and what stands between it and its number."""
    return re.compile(
        rf"(?:{_words('ratios')})[^;.()\d]{{0,60}}?{_ASIDE}[^;.()\d]{{0,40}}?\b(?:is|was|were|of|from|be|at)\s+"
        rf"(?P<near>{_ABOUT})?(?=[\d.])",
        re.I,
    )


@cache
def _reached_by() -> re.Pattern[str]:
    day = r"(?P<unit>day|week|month)s?\s+(?P<low>\d+)(?:\s*(?:-|–|to)\s*(?P<high>\d+))?"
    return re.compile(
        rf"\b(?:(?P<early>{_words('early')})|{_words('reached')})\s+(?:about\s+|approximately\s+)?(?:the\s+)?"
        rf"(?:{day}|(?P<nth>[a-z]+)\s+(?P<of>day|week|month))\b",
        re.I,
    )


def _words(name: str) -> str:
    return "|".join(map(pattern, load("kinetics_prose")["forms"][name]))


@cache
def _units_behind() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.,–-])(?P<low>{NUMBER})\s*\((?P<unit>{unit_expression()})\)", re.I)


@cache
def _bracketed() -> re.Pattern[str]:
    return re.compile(
        rf"\(\s*(?:[a-z, ]+:?\s*)?(?P<low>{NUMBER})\s*[,;]\s+(?P<high>{NUMBER})\s*(?P<unit>{unit_expression()})\s*\)",
        re.I,
    )
