"""Amounts that only name a product, or a dose that someone has had: `the 60 mg tablets`, `at the 120 mg dose`."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from labelpipe.extract.amount import Placed
from labelpipe.vocabulary import load
from labelpipe.vocabulary.phrases import any_of

_JOINED = re.compile(r"\s*(?:,|and|or|,\s*(?:and|or))\s*$", re.I)
_OR = re.compile(r"\s*(?:of\s+[\w-]+\s*)?(?:,|,?\s*(?:or|and))\s*", re.I)
_THE = re.compile(r"\bthe\s+$", re.I)
_DOSE = re.compile(r"\s*(?:[\w-]+\s+)?dose", re.I)
_BEFORE = 100
_GIVEN_BEFORE = 64
_PLUS = re.compile(r"\+\s*(?:one|two|three|four|[1-6])\s+$", re.I)
_COUNT_OF = re.compile(r"\b(?:one|two|three|four|[1-6])\s+$", re.I)
_EQUAL = re.compile(r"\(\s*(?:equals|equivalent to|same as)\s+$", re.I)
_A_DAYS = re.compile(r"\s*(?:daily|(?:a|per|each) day)\b", re.I)
_ONE = re.compile(
    r"\b(?:one|a single|1 (?:tablet|capsule) of)\s+$"
    r"|\b(?:receiv|giv|tak|administer|inject|get)\w*\b[^.;,]{0,40}\b(?:an?|one|second|first)\s+(?:(?:daily|weekly|monthly|single|further|second|first)\s+)?$",
    re.I,
)
_AT_MOST = re.compile(r"\b(?:no|not|never)\s+(?:faster|quicker|higher|larger)\s+than\W*$", re.I)
_EQUATES = re.compile(r"\s*=\s*\d")
_FORM = r"(?:tablets?|capsules?|syringes?|pens?|vials?|patch(?:es)?)"
_PACKED = re.compile(rf"\b{_FORM}\s*\(\s*$", re.I)
_COUNTED = re.compile(rf"\b(?:one|two|three|four|half|an?|\d+)\s+(?:[^\s()]+\s+){{0,4}}{_FORM}\s*\(\s*$", re.I)
"""`two tablets (10 mg)` are a dose, `the film-coated tablets (90 mg)` are not."""
_LABELS = re.compile(r"\s*:\s+[A-Z]")
"""`Zerbaline for injection, 100 mg: Add water.`"""
_BY = re.compile(r"\s*(?:by|via|as|for|in|of|with|per)\s", re.I)
_AT_THE = re.compile(r"\b(?:at|up to|than|with|on)\s+the\s+$", re.I)
_THE_SAME = re.compile(r"\bthe same\s+$", re.I)
_STARTS = re.compile(r"\b(?:start|initiat|begin|resum|continu|restart)\w*\b[^.;,]{0,30}$", re.I)


def strengths(sentence: str, quantities: Sequence[Placed]) -> set[int]:
    """Return the starts of the amounts that only name a product: `the 60 mg and 80 mg tablets`."""
    found: set[int] = set()
    behind: Placed | None = None
    for quantity in reversed(quantities):
        joined = behind and behind.start in found and _JOINED.match(sentence[quantity.end : behind.start])
        if joined or _names_product(sentence, quantity):
            found.add(quantity.start)
        behind = quantity
    return found | _listed_with(found, sentence, quantities)


def _listed_with(found: set[int], sentence: str, quantities: Sequence[Placed]) -> set[int]:
    """Return the starts of what is listed behind an amount someone has had: `those taking 10 mg or 20 mg`."""
    more: set[int] = set()
    for one, behind in pairwise(quantities):
        is_had = one.start in more or (one.start in found and _before().search(sentence[: one.start][-_BEFORE:]))
        if is_had and _OR.fullmatch(sentence, one.end, behind.start):
            more.add(behind.start)
    return more


def _names_product(sentence: str, quantity: Placed) -> bool:
    near, after = sentence[max(0, quantity.start - _BEFORE) : quantity.start], sentence[quantity.end :]
    if "+" in sentence and (_PLUS.search(near) or (_COUNT_OF.search(near) and "+" in after[:4])):
        return True  # `one 200 mg + two 50 mg capsules`
    if _ONE.search(near[-_GIVEN_BEFORE:]):
        return False
    if _THE.search(near) and not _DOSE.match(after):
        return True
    if _THE_SAME.search(near):
        return True
    if (at_the := _AT_THE.search(near)) and not _STARTS.search(near[: at_the.start()]):
        return True
    if _before().search(near) and not _AT_MOST.search(near):
        return not (_EQUAL.search(near) and _A_DAYS.match(after))
    if _LABELS.match(after) or _EQUATES.match(after) or (_PACKED.search(near) and not _COUNTED.search(near)):
        return True
    named = _behind().match(after)
    return bool(named) and not _BY.match(after)


@cache
def _behind() -> Any:
    forms = [f"{form.casefold()}*" for form in load("products")["dosage_forms"]]
    return any_of([*forms, *load("doses")["no_dose"]["forms"]], r"[\s-]*(?:[\w-]+\s+)?{}\b")


@cache
def _before() -> Any:
    words = load("doses")["no_dose"]
    return any_of([*words["already"], *words["holds"]], r"(?:{}|^on)\W*$")
