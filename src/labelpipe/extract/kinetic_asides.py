"""Values of a kinetic sentence that are none of the drug: changes, conditions, spreads, ages."""

import re
from functools import cache

from labelpipe.extract.kinetic_values import in_list
from labelpipe.extract.quantities import Quantity
from labelpipe.vocabulary import load

_NEAR = 80
_ADJECTIVE = re.compile(r"\d-(?:hour|minute|day|week)")
_NO_CONDITION = {"half_life": ("over", "than", "the"), "steady": ("after",)}
_YEARS = ("a", "mo")
_OPENED = re.compile(r"\(\D{0,12}$")
_BODY_SURFACE = re.compile(r"\s*/\s*1\.73")


def is_aside(text: str, value: Quantity, values: list[Quantity], kind: str) -> bool:
    """Whether a value beside words about `kind` is none of it."""
    if value.dimension == "time":
        too_long = value.unit in _YEARS and kind != "half_life"
        return too_long or _is_change_of_time(text, value) or _is_condition(text, value, kind)
    if value.dimension == "flow":
        return _is_renal_band(text, value)
    if value.dimension != "fraction":
        return False
    same = [one for one in values if one.dimension == "fraction"]
    first = same[(at := same.index(value)) - in_list(text, same, at)[0]]
    return _is_change(text, value) or _is_change(text, first) or _is_spread(text, value, values)


def _is_change(text: str, value: Quantity) -> bool:
    """Whether a share tells how much something changed or differs."""
    said = _one_of("changes", "before", r"\W*$").search(text[max(0, value.start - _NEAR) : value.start])
    return bool(said or _one_of("changes", "behind", "", r"\s*\(?").match(text[value.end :]))


def _is_renal_band(text: str, value: Quantity) -> bool:
    """Whether a clearance says how well kidneys work: `moderate (30-59 mL/min/1.73 m2)`."""
    return bool(_BODY_SURFACE.match(text[value.end :]) and _OPENED.search(text[: value.start]))


def _is_change_of_time(text: str, value: Quantity) -> bool:
    return bool(_one_of("changes", "times", r"\W*$").search(text[max(0, value.start - _NEAR) : value.start]))


def _is_spread(text: str, value: Quantity, values: list[Quantity]) -> bool:
    """Whether a share in parentheses right behind another value is its coefficient of variation."""
    opened = text[: value.start].rstrip()
    if not opened.endswith("(") or not text[value.end :].lstrip().startswith(")"):
        return False
    at = len(opened[:-1].rstrip())
    return any(one.end == at and one.dimension != "fraction" for one in values)


def _is_condition(text: str, value: Quantity, kind: str) -> bool:
    """Whether a time is when something was done, or for how long; a half-life stands right behind its words."""
    before, behind = text[max(0, value.start - _NEAR) : value.start], text[value.end :]
    named = _one_of("conditions", "before", r"\W*$").search(before)
    word = named[0].strip(" ,(").casefold() if named else None
    if word and word not in _NO_CONDITION.get(kind, ()):
        return True
    adjective = _ADJECTIVE.search(text, value.start, value.end) and kind != "half_life"
    return bool(adjective or _one_of("conditions", "behind", "", r"\W*").match(behind))


@cache
def _one_of(name: str, side: str, tail: str, head: str = "") -> re.Pattern[str]:
    words = "|".join(load("kinetics_prose")[name][side])
    return re.compile(rf"{head}\b(?:{words}){tail}", re.I)
