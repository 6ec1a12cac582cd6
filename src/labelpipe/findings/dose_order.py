"""Doses in an order that cannot be: a maximum below the start, a child's maximum above what adults are given."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from labelpipe.findings.severity import severity_of
from labelpipe.model import Dose, Facts, Finding
from labelpipe.vocabulary import load
from labelpipe.vocabulary.phrases import PhraseBook

MIN_CONFIDENCE = 0.8
"""Doses read less surely are not compared."""

Scope = tuple[object, ...]
"""By which route, for what, for which ages and weights, in which unit: doses of one scope can be compared."""


def dose_order(facts: Facts) -> Iterator[Finding]:
    """Compare amounts of a day, of sentences that set no condition.

    A maximum contradicts where even the highest of its scope lies below every starting dose: a label may have several
    of both, for uses that other sentences name.
    """
    plain = [dose for dose in facts.doses if _is_plain(dose)]
    scopes: dict[Scope, list[Dose]] = defaultdict(list)
    for dose in plain:
        scopes[(dose.population, *_scope(dose))].append(dose)
    for doses in scopes.values():
        yield from _below_start(doses)
    adults = [dose for dose in plain if dose.population == "adult"]
    for child in plain:
        if child.population == "pediatric" and child.kind == "maximum":
            yield from _above_adult(child, [dose for dose in adults if _scope(dose)[:3] == _scope(child)[:3]])


def _below_start(doses: Sequence[Dose]) -> Iterator[Finding]:
    maxima, starts = _of_kind(doses, "maximum"), _of_kind(doses, "starting")
    if maxima and starts:
        top, start = max(maxima, key=_high), min(starts, key=_low)
        if _high(top) < _low(start):
            told = f"the maximum, {_told(top)}, is below the starting dose, {_told(start)}"
            yield _finding("maximum_below_start", told, top, start)


def _above_adult(child: Dose, adults: Sequence[Dose]) -> Iterator[Finding]:
    """A child's maximum above everything that adults are given, where an adult maximum is stated."""
    if _of_kind(adults, "maximum"):
        most = max(adults, key=_high)
        if _high(child) > _high(most):
            told = f"the maximum for children, {_told(child)}, is above the most that adults are given, {_told(most)}"
            yield _finding("child_above_adult", told, child, most)


def _of_kind(doses: Sequence[Dose], kind: str) -> list[Dose]:
    return [dose for dose in doses if dose.kind == kind]


def _is_plain(dose: Dose) -> bool:
    """Whether the amount is one of a day, read from a sentence that sets no condition."""
    banded = dose.crcl_low_ml_min is not None or dose.crcl_high_ml_min is not None or dose.hepatic_class is not None
    if dose.method != "prose" or (dose.confidence or 0) < MIN_CONFIDENCE or banded or not _times(dose):
        return False
    words = set(_words().keys_in(dose.quote))
    return "conditions" not in words and (dose.kind != "maximum" or "maximum" in words)


def _scope(dose: Dose) -> Scope:
    ages = (dose.age_low_years, dose.age_high_years, dose.weight_low_kg, dose.weight_high_kg)
    return (dose.route, dose.indication, dose.unit, *ages)


def _times(dose: Dose) -> int:
    """How many such amounts make a day; 0 where that is not certain."""
    if dose.per == "d":
        return 1
    found = _frequencies().keys_in(dose.frequency or "") if dose.per in (None, "dose") else []
    return int(found[0]) if len(found) == 1 else 0


def _low(dose: Dose) -> float:
    value = dose.value_low if dose.value_low is not None else dose.value_high
    return (value or 0) * _times(dose)


def _high(dose: Dose) -> float:
    value = dose.value_high if dose.value_high is not None else dose.value_low
    return (value or 0) * _times(dose)


def _told(dose: Dose) -> str:
    low, high = _low(dose), _high(dose)
    amount = f"{high:g}" if low == high or dose.kind == "maximum" else f"{low:g} to {high:g}"
    return f"{amount} {dose.unit} a day"


def _finding(rule: str, told: str, dose: Dose, other: Dose) -> Finding:
    span = (dose.block_no, dose.char_start, dose.char_end)
    return Finding(rule, severity_of(rule), told, *span, f"{dose.quote} | {other.quote}")


@cache
def _words() -> PhraseBook:
    return PhraseBook(load("contradictions")["doses"])


@cache
def _frequencies() -> PhraseBook:
    return PhraseBook(load("contradictions")["times_a_day"])
