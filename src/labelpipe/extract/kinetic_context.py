"""In whom a kinetic value was measured, by which route the drug was given, and after which dose."""

import re
from functools import cache, lru_cache
from typing import Any

from labelpipe.extract.bands import bands_in
from labelpipe.extract.kinetic_values import in_list, values_in
from labelpipe.extract.quantities import Quantity, find_quantities
from labelpipe.vocabulary import load, pattern
from labelpipe.vocabulary.phrases import PhraseBook
from labelpipe.vocabulary.routes import short_routes

HEALTHY = "healthy"
_TWO = 2
_GROWN_YEARS, _OLD_YEARS = 18, 65
_LISTED = re.compile(r"(?<![\w.])[\d.]*\d\s*(?:,|,?\s+(?:and|or))\s*(?:and\s+|or\s+)?$")
_SQUARE = re.compile(r"/\s?m\s2\b")
_GLUED = re.compile(r"(?<=/kg)\d\b|(?<=/m2)\d\b|(?<=/day)\d\b")
_PER = re.compile(r"/(?=[A-Za-z])|\s+(?:[\w-]+\s+)?per\s+m?l\b", re.I)
_AGAINST = re.compile(
    r"\b(?:(?:compared|relative|in comparison)\s+(?:with|to)|than(?:\s+(?:with|after|by))?)"
    r"\s+(?:that\s+(?:of|after)\s+)?(?:an?\s+|the\s+)?(?:i\.?v\.?|intravenous\w*|oral\w*|intramuscular\w*|subcutaneous\w*)"
    r"(?:\s+(?:dos\w+|administration|infusion|injection|use))?",
    re.I,
)
_UNAFFECTED = re.compile(r"\b(?:affected|influenced|altered|changed) by\b[^.;]*", re.I)
_WITHOUT = re.compile(r"\bwithout\s+(?:renal|hepatic|kidney|liver)\s+\w+", re.I)
_INHALED = re.compile(r"\boral(?:ly)?(?=\s+inhal)", re.I)
_NEVER_GIVEN = ("kg", "ng", "pg", "fg")
_CLASSES = re.compile(
    r"\b(?:class(?:es)?|phase|stage|grade|type|nyha|cranial)\s+[IV]+(?:\s*(?:-|–|/|to|or|and|,)\s*[IV]+)*\b", re.I
)
_GIVEN = ("mass", "activity")
_DAILY = ("mg/d", "ug/d", "g/d")


@lru_cache(maxsize=4096)
def context_of(*said: str) -> dict[str, Any]:
    """Return population, route and dose as words say them, the first words that do counting: nearest words first.

    The population of words about healthy people is `healthy`, which `without_healthy` takes for none.
    """
    populations = [found for words in said if (found := populations_in(words))]
    routes = [found for words in said if (found := short_routes(_given(words)))]
    doses = [dose for words in said if (dose := dose_in(words))]
    return {
        "population": populations[0][0] if populations else None,
        "route": routes[0][0] if routes and len(routes[0]) == 1 else None,
        "dose_value": doses[0].low if doses else None,
        "dose_unit": doses[0].unit if doses else None,
    }


def _given(words: str) -> str:
    """Return words less the numerals of classes, `orally` before `inhaled`, and what a value is only compared with."""
    words = _INHALED.sub(" ", words) if "inhal" in words else words
    return _AGAINST.sub(" ", _CLASSES.sub(" ", words) if "V" in words else words)


def without_others(words: str) -> str:
    """Return the words beside a value less those of whom it is not: `2 h (longer in renal failure, neonates)`."""
    return _compared().sub(" ", words)


@cache
def _compared() -> re.Pattern[str]:
    words = "|".join(load("kinetics_prose")["compared"]["words"])
    return re.compile(rf"\b(?:{words})\s+(?:in|with|for|among)\b[^.;)\d]*", re.I)


def population_of_age(*said: str) -> str | None:
    """Return whom a band of ages means, by the first words that name one: `6 to less than 12 years` are children."""
    for words in said:
        ages = bands_in(words)
        if ages.age_high_years is not None or ages.age_low_years is not None:
            is_young = ages.age_high_years is not None and ages.age_high_years <= _GROWN_YEARS
            is_old = (ages.age_low_years or 0) >= _OLD_YEARS
            return "pediatric" if is_young else "geriatric" if is_old else None
    return None


def populations_in(words: str) -> list[str]:
    """Return every population that words name, the healthy among them."""
    return _populations().keys_in(_WITHOUT.sub(HEALTHY, _UNAFFECTED.sub(" ", words)))


def in_order(words: str, of: int) -> list[str] | None:
    """Return the populations that words tell apart, in their order, where they are as many as the values they have."""
    found = [str(match.lastgroup) for match in _each_population().finditer(_WITHOUT.sub(HEALTHY, words))]
    told = [one for one, before in zip(found, [None, *found], strict=False) if one != before]
    return told if len(told) == of else None


def without_healthy(context: dict[str, Any]) -> dict[str, Any]:
    """Return a context in the words of the contract, where the healthy are no population."""
    return {**context, "population": None} if context["population"] == HEALTHY else context


def dose_in(words: str) -> Quantity | None:
    """Return the one amount of drug that words name, as in `after 400 mg`; ranges and several amounts are none."""
    if not any(character.isdigit() for character in words):
        return None
    words = _GLUED.sub("", _SQUARE.sub("/m2", words))
    found = find_quantities(words)
    daily = [q._replace(unit=q.unit.removesuffix("/d"), dimension="mass") if q.unit in _DAILY else q for q in found]
    amounts = [q for q in daily if q.dimension in _GIVEN and _is_given(q.unit) and not _PER.match(words, q.end)]
    if amounts and _LISTED.search(words, 0, amounts[0].start):
        return None
    single = [q for q in amounts if q.low is not None and q.low == q.high]
    return single[0] if single and len(single) == len(amounts) and len({q.low for q in single}) == 1 else None


def _is_weighed(unit: str) -> bool:
    """Whether a unit is of amounts that lists of doses are in, so much a day among them."""
    return unit.split("/")[0] in ("mg", "ug", "g") and _is_given(unit.removesuffix("/d"))


def _is_given(unit: str) -> bool:
    """Whether an amount of this unit is one that is given: so much, or so much for each kilogram or square metre."""
    head, *below = unit.split("/")
    return head not in _NEVER_GIVEN and below in ([], ["kg"], ["m2"])


def dose_of_pair(text: str, same: list[Quantity], at: int) -> dict[str, Any] | None:
    """Return the dose of one value of `9, 18 and 33 ng/mL after 5, 10 and 20 mg`: lists of one length go together."""
    place, of = in_list(text, same, at)
    if of < _TWO:
        return None
    doses = [q for q in values_in(text) if q.dimension in _GIVEN and q.low == q.high and _is_weighed(q.unit)]
    if len(doses) != of or in_list(text, doses, 0)[1] != of:
        return None
    return {"dose_value": doses[place].low, "dose_unit": doses[place].unit.removesuffix("/d")}


@cache
def _each_population() -> re.Pattern[str]:
    groups = load("kinetics_prose")["populations"].items()
    named = (f"(?P<{name}>{'|'.join(pattern(words) for words in phrases)})" for name, phrases in groups)
    return re.compile("|".join(named), re.I)


@cache
def _populations() -> PhraseBook:
    return PhraseBook(load("kinetics_prose")["populations"])
