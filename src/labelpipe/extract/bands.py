"""Bands of age, weight and creatinine clearance, and classes of hepatic impairment, as words say them."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from labelpipe.extract.spelled_ages import in_figures
from labelpipe.vocabulary import load, pattern
from labelpipe.vocabulary.first_of import FirstOf
from labelpipe.vocabulary.phrases import AnyOf, any_of

_N = r"\d+(?:\.\d+)?"
_TO = r"(?:\s*(?:-|–|—)\s*|\s+(?:to|through)\s+|\s+and\s+)(?:less than\s+|under\s+|below\s+|[<>≤≥]\s*)?"
_AGE_UNIT = r"(?P<unit>years?|yrs?|months?|weeks?|days?)"
_OLD = r"(?:[\s-]*(?:old|of age)\b)?"
_OLDEST_YEARS = 120
_DIGIT = re.compile(r"\d")
_YEARS = {"y": 1.0, "m": 1 / 12, "w": 7 / 365.25, "d": 1 / 365.25}
_CHILD_PUGH = re.compile(
    r"child[-\s]?(?:turcotte[-\s])?pugh(?:\s+(?:class|score|grade|category))?\s*(?P<class>[ABC])\b", re.I
)
_UNIT_FIRST = re.compile(r"^\W*mL\s*/\s*min[^|\d<>≤≥]*[^\w<>≤≥]*", re.I)
_ONLY_A_FLOW = re.compile(
    r"\W*(?:(?:between|from|over|under|below|above|less|more|greater|than|up|to|at|least|most)\s+){0,3}\d[^|:;]{0,40}mL\s*/\s*min(?:ute)?(?:\s*/\s*1\.73\s*m\s?[2²])?(?:\s+or\s+\w+)?\W*",
    re.I,
)
_DEGREE = r"mild|moderate|severe"
_HEPATIC = re.compile(
    rf"\b(?P<class>(?:{_DEGREE})(?:\s+(?:or|to|and)\s+(?:{_DEGREE}))?)\s+(?:hepatic|liver)\b"
    rf"|(?:hepatic|liver) (?:impairment|disease)\s*[:(]\s*(?P<behind>{_DEGREE})\b",
    re.I,
)


class Bands(NamedTuple):
    """Who a dose is for, in figures; columns of the `doses` table. An end that words leave open is None."""

    age_low_years: float | None = None
    age_high_years: float | None = None
    weight_low_kg: float | None = None
    weight_high_kg: float | None = None
    crcl_low_ml_min: float | None = None
    crcl_high_ml_min: float | None = None
    hepatic_class: str | None = None

    def over(self, other: "Bands") -> "Bands":
        """Return these bands, with another's where these say nothing of age, weight, clearance or the liver."""
        if self is NO_BANDS or other is NO_BANDS:
            return other if self is NO_BANDS else self
        pairs = ((0, 2), (2, 4), (4, 6), (6, 7))
        parts = (self[a:b] if any(v is not None for v in self[a:b]) else other[a:b] for a, b in pairs)
        return Bands._make(value for part in parts for value in part)


NO_BANDS = Bands()


@lru_cache(maxsize=2048)
def bands_in(words: str) -> Bands:
    """Return the bands that words name, the first of each kind.

    >>> bands_in("children 6 to 12 years of age weighing 20 kg or more").age_high_years
    12.0
    """
    words = in_figures(words)
    if not _DIGIT.search(words):
        named = _hepatic(words)
        return Bands(hepatic_class=named) if named else NO_BANDS
    age = _age(words)
    weight = _between(_weight(), words)
    clearance = _clearance(words)
    found = Bands(*age, *weight, *clearance, _hepatic(words))
    return NO_BANDS if found == NO_BANDS else found


def _age(words: str) -> tuple[float | None, float | None]:
    match = _ages().search(words)
    if match is None:
        return None, None
    groups = match.groupdict()
    unit = _YEARS[(groups.get("unit") or "y")[0].lower()]
    first = _YEARS[groups["first"][0].lower()] if groups.get("first") else unit
    low, high = groups.get("low"), groups.get("high")
    if max(float(low or 0) * first, float(high or 0) * unit) > _OLDEST_YEARS:
        return None, None
    return (round(float(low) * first, 4) if low else None), (round(float(high) * unit, 4) if high else None)


def _between(forms: FirstOf, words: str) -> tuple[float | None, float | None]:
    match = forms.search(words)
    ends = match.groupdict() if match else {}
    low = ends.get("low")
    high = low if "exact" in ends else ends.get("high")
    return (float(low) if low else None), (float(high) if high else None)


def _clearance(words: str) -> tuple[float | None, float | None]:
    if "in" in words and _ONLY_A_FLOW.fullmatch(words):  # a list's item or a cell: `Between 30 and 50 mL/min`
        return _between(_filtered(), words)
    named = _clearance_named().search(words) if _names_clearance().search(words) else None
    return _between(_filtered(), _UNIT_FIRST.sub("", words[named.end() : named.end() + 120])) if named else (None, None)


def _hepatic(words: str) -> str | None:
    folded = words.casefold()
    if "hepatic" not in folded and "liver" not in folded and "pugh" not in folded:
        return None
    match = _CHILD_PUGH.search(words) or _HEPATIC.search(words)
    if match is None:
        return None
    groups = match.groupdict()
    return (groups.get("class") or groups.get("behind") or "") or None


@cache
def _ages() -> FirstOf:
    unit = _AGE_UNIT
    first = unit.replace("unit", "first")
    years = r"(?P<unit>years?\b|yrs?\b|(?:months?|weeks?|days?)(?=[\s-]*(?:old|of age)))"
    above, below = (rf"(?<!for )(?<!every ){_bound(name)}" for name in ("above", "below"))
    not_a_time = (
        r"(?!\s+(?:of (?:treatment|therapy|use|follow)|after|before|or (?:until|longer|more)|in (?:the|total)))"
    )
    aged = r"(?:aged?|ages|patients of)\s+(?:from\s+|between\s+)?"
    forms = (
        rf"(?P<low>{_N})\s*(?:{first}\s*)?{_TO}(?P<high>{_N})[\s-]*(?P<unit>years?|yrs?|months?)[\s-]*(?:old|of age)",
        rf"{aged}(?P<low>{_N})\s*(?:{first}\s*)?(?:{_TO}|\s+or\s+)(?P<high>{_N})(?:[\s-]*{unit})?(?!\s*(?:kg|mg|mL|mcg|hours?))\b",
        rf"(?:between|from)\s+(?P<low>{_N})\s*(?:{first}\s*)?{_TO}(?P<high>{_N})[\s-]*{unit}\b",
        rf"(?P<low>{_N})\s*{first}{_TO}(?P<high>{_N})\s*(?P<unit>years?|yrs?)\b",
        rf"(?<!for )(?<!for at least )(?P<low>{_N})[\s-]*{unit}{_OLD}\s*(?:and|or)\s+(?:older|above|over|up)",
        rf"(?<!for )(?<!for at least )(?P<low>{_N})[\s-]*(?P<unit>years?|yrs?){_OLD}\s*(?:and|or)\s+more",
        rf"(?P<low>{_N})[\s-]*{unit}[\s-]*(?:old|of age)\s*(?:and|or)\s+more",
        rf"(?:aged?|ages|children of)\s+(?P<low>{_N})\s*(?:and|or)\s+(?:older|above|over|up)",
        rf"(?P<low>{_N})\s*(?:years?|yrs?)?\s*(?:\+|or more years)(?=[\s,)]|$)",
        rf"{above}\s*(?:the\s+)?(?:ages?\s+(?:of\s+)?)?(?P<low>{_N})[\s-]*{years}{not_a_time}",
        rf"{above}\s*(?:the\s+)?(?:ages?\s+(?:of\s+)?)(?P<low>{_N})\b",
        rf"(?<!\bor ){below}\s*(?:the\s+)?(?:ages?\s+(?:of\s+)?)?(?P<high>{_N})[\s-]*{years}{not_a_time}",
        rf"{below}\s*(?:the\s+)?(?:ages?\s+(?:of\s+)?)(?P<high>{_N})\b",
        r"^(?!.*(?:mL/min|clearance|dialysis|filtr)).*?\b(?:under|below)\s+(?P<high>[1-9]\d)(?=\s*(?:[,;|)]|$))",
        rf"(?:ages?\s*|^\s*\|?\s*)(?:≥|>)\s*(?P<low>{_N})(?![\d.])(?:\s*{unit})?(?!\s*(?:mL|kg|mg|mcg|g|%|to|x|×|-|–|m|m2|m²)(?:\b|\s))",
        rf"^\W*(?P<low>{_N})\s*(?:{first}\s*)?{_TO}(?P<high>{_N})\s*{unit}",
        rf"(?:children|adolescents|patients|infants)\s+\(?(?:of\s+)?(?P<low>{_N})\s*(?:{first}\s*)?{_TO}(?P<high>{_N})\s*{unit}",
        r"(?:child|children|adolescents?|patients|kids?|teenagers?|youngsters?|young people|people|those|boys|girls)\s+"
        r"(?:of\s+|from\s+|between\s+)?(?P<low>\d+)\s+(?:to|and)\s+(?P<high>\d+)"
        r"(?!\s*(?:kg|mg|mL|mcg|g|hours?|days?)\b)\b",
    )
    return FirstOf(forms)


def _bound(name: str) -> str:
    """Return the expression of the words that leave a band open `above` or `below`."""
    return rf"(?:{'|'.join(pattern(phrase) for phrase in load('bands')[name])})"


def _ends(unit: str) -> tuple[str, ...]:
    """Return the forms of a band of one unit: a range, an end that is open above, one that is open below."""
    above, below = (_bound(name) for name in ("above", "below"))
    more = r"(?:or|and)\s+(?:more|above|over|up|greater|higher|heavier|upward)"
    return (
        rf"(?:greater than or equal to\s+|≥\s*|>\s*)?(?P<low>{_N})\s*(?:{unit})?{_TO}(?P<high>{_N})\s*(?:{unit})",
        rf"(?P<low>{_N})\s*(?:{unit})\s+{more}\s+(?:and|but|to)\s+{below}\s*(?P<high>{_N})\s*(?:{unit})",
        rf"(?P<low>{_N})\s*(?:{unit})\s*(?:\([^)]*\)\s*)?{more}",
        rf"(?P<high>{_N})\s*(?:{unit})\s*(?:\([^)]*\)\s*)?(?:or|and)\s+(?:less|lower|under|below)",
        rf"{below}\s*(?P<high>{_N})\s*(?:{unit})",
        rf"{above}\s*(?P<low>{_N})\s*(?:{unit})",
    )


@cache
def _weight() -> FirstOf:
    return FirstOf(_ends(r"kg\b|kilograms?\b"))


@cache
def _filtered() -> FirstOf:
    unit = r"mL\s*/\s*min(?:ute)?(?:\s*/\s*1\.73\s*m\s?2?)?"
    exact = rf"^[^\w<>≤≥]*(?:of\s+|is\s+)?(?P<low>{_N})(?P<exact>)\s*(?:{unit})?\s*(?:[|:,]|$)"
    open_below = rf"^\W*(?:[a-z]+\s+){{0,3}}?{_bound('below')}\s*(?P<high>{_N})\b"
    open_above = rf"^\W*(?:[a-z]+\s+){{0,3}}?{_bound('above')}\s*(?P<low>{_N})\b"
    less = rf"^\W*(?:of\s+|is\s+)?(?P<high>{_N})\s*(?:or|and)\s+(?:less|lower|under|below)\b"
    more = rf"^\W*(?:of\s+|is\s+)?(?P<low>{_N})\s*(?:or|and)\s+(?:more|higher|over|above|greater)\b"
    bare = rf"^[^\w<>≤≥]*(?:of\s+|between\s+)?(?P<low>{_N}){_TO}(?P<high>{_N})\b"
    return FirstOf((*_ends(unit), open_below, bare, less, more, open_above, exact))


@cache
def _names_clearance() -> AnyOf:
    return any_of(load("bands")["clearance"])


@cache
def _clearance_named() -> re.Pattern[str]:
    return re.compile("|".join(pattern(phrase) for phrase in load("bands")["clearance"]), re.I)
