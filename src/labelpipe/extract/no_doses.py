"""Amounts that stand among doses and are none: weights, strengths, levels, other drugs, what a trial gave."""

import re
from functools import cache
from typing import Any

from labelpipe.extract.own_names import is_another_drug
from labelpipe.extract.quantities import Quantity
from labelpipe.extract.units import dimension
from labelpipe.vocabulary import load
from labelpipe.vocabulary.phrases import any_of

_AMOUNTS = ("mass", "activity", "amount")
_JOINED = re.compile(r"\s*(?:,|and|or|,\s*(?:and|or))\s*$", re.I)
_NEGATED = re.compile(r"\b(?:not?|never|nobody|none|neither|nor|cannot)\b|n't\b", re.I)


def is_amount(quantity: Quantity) -> bool:
    """Whether a quantity can be a dose: no body weight, no level, no volume, no `2 mg/0.5 mg` of a combination."""
    head, _, rest = quantity.unit.partition("/")
    if quantity.dimension not in _AMOUNTS or quantity.mean is not None or head == "kg":
        return False
    below = [re.sub(r"^\{[\d.,]+_(.*)\}$", r"\1", part) for part in rest.split("/") if part]
    return not any(dimension(part) == "mass" and part != "kg" for part in below) and not _counted(below)


def is_report(sentence: str) -> bool:
    """Whether a sentence tells what was seen or tried, not what to give."""
    return bool(_phrases("reports").search(sentence))


def strengths(sentence: str, quantities: list[Quantity]) -> set[int]:
    """Return the starts of the amounts that only name a product: `the 60 mg and 80 mg tablets`."""
    found: set[int] = set()
    behind: Quantity | None = None
    for quantity in reversed(quantities):
        joined = behind and behind.start in found and _JOINED.match(sentence[quantity.end : behind.start])
        if joined or _names_product(sentence, quantity):
            found.add(quantity.start)
        behind = quantity
    return found


def is_other_drugs(before: str, after: str, names: frozenset[str]) -> bool:
    """Whether the words right before an amount, or `of ...` right behind it, name a drug that is not the label's."""
    nearby = " ".join(before.split()[-3:])
    of = re.match(r"\s*of\s+((?:\w+[\s-]*){1,2})", after)
    return any(_is_other(words, names) for words in (nearby, of[1] if of else ""))


def forbids(before: str) -> bool:
    """Whether the words before `more than 5 mg` make it a limit: `no child should get more than`."""
    return bool(_NEGATED.search(before))


def _names_product(sentence: str, quantity: Quantity) -> bool:
    before, after = sentence[: quantity.start], sentence[quantity.end :]
    if re.search(r"\bthe\s+$", before, re.I) and not re.match(r"\s*(?:[\w-]+\s+)?dose", after, re.I):
        return True
    return bool(_behind().match(after) or _before().search(before))


def _is_other(words: str, names: frozenset[str]) -> bool:
    own = names & {word.casefold() for word in re.findall(r"[\w-]+", words)}
    return bool(words) and not own and bool(_phrases("others").search(words) or is_another_drug(words, names))


def _counted(below: list[str]) -> bool:
    return any(part.startswith("{") and part != "{dose}" for part in below)


@cache
def _behind() -> Any:
    forms = [f"{form.casefold()}*" for form in load("products")["dosage_forms"]]
    return any_of([*forms, *load("doses")["no_dose"]["forms"]], r"[\s-]*(?:[\w-]+\s+)?{}\b")


@cache
def _before() -> Any:
    return any_of(load("doses")["no_dose"]["holds"], r"{}\W*$")


@cache
def _phrases(name: str) -> Any:
    return any_of(load("doses")["no_dose"][name])
