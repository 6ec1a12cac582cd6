"""Values of a kinetic sentence that are none of the drug: changes, conditions, spreads, ages."""

import re
from functools import cache

from labelpipe.extract.kinetic_values import in_list
from labelpipe.extract.quantities import Quantity
from labelpipe.vocabulary import load

_NEAR = 80
_WIDE = 4
_ADJECTIVE = re.compile(r"\d-(?:hour|minute|day|week)")
_NO_CONDITION = {"half_life": ("over", "than", "the"), "steady": ("after",)}
_IN_PEOPLE = ("half_life", "excreted", "metabolized")
_LONG = ("a", "mo")
_SHORT = ("h", "min", "s", "d")
_TIMES = "×"
_DIALYSIS = re.compile(
    r"\bdialy[sz]\w*\s+(?:with\s+)?(?:a\s+)?clearance|clearance\s+(?:by|with|during|of|on)\s+(?:\w+\s+)?\w*dialysis"
    r"|\w*dialyzed with",
    re.I,
)
_OPENED = re.compile(r"\(\D{0,12}$")
_NEXT_ONE = re.compile(r"(?:\s+for\s+[\w-]+)?\s*(?:,|,?\s+and)\s+(?:by\s+)?", re.I)
_OF_DOSE = re.compile(r"\s+(?:of\s+)?the\s+[^,;.()]{0,40}\b(?:dos(?:e|age)|recommended)", re.I)
_OVER = re.compile(r"over\b", re.I)
_BODY_SURFACE = re.compile(r"\s*/\s*1\.73")


def is_aside(text: str, value: Quantity, values: list[Quantity], kind: str) -> bool:
    """Whether a value beside words about `kind` is none of it."""
    if _is_in_spread(text, value) or (kind in _IN_PEOPLE and _is_in_a_glass(text, value)):
        return True
    same = [one for one in values if one.dimension == value.dimension]
    place, of = in_list(text, same, at := same.index(value))
    first, last = same[at - place], same[at - place + of - 1]
    if value.dimension == "time":
        if value.low == 0:
            return True
        is_age = value.unit in _LONG and (kind != "half_life" or any(one.unit in _SHORT for one in same))
        return is_age or _is_change_of_time(text, same[: at + 1]) or _is_condition(text, value, kind)
    if value.dimension == "flow":
        return _is_renal_band(text, value) or bool(_DIALYSIS.search(text))
    if value.dimension == "concentration":
        return _is_changed(text, first) or (kind == "level" and bool(_not_levels().search(text)))
    if value.dimension == "ratio":
        return bool(_OF_DOSE.match(text, value.end))
    if value.dimension != "fraction":
        return False
    return any(_is_change(text, one) for one in {value, first, last}) or _is_spread(text, value, values)


def _is_in_spread(text: str, value: Quantity) -> bool:
    """Whether a value stands in parentheses that tell of an interval or a variation: `(90% CI 75 to 86%)`."""
    opened = max(text.rfind("(", 0, value.start), text.rfind("[", 0, value.start))
    closed = max(text.rfind(")", 0, value.start), text.rfind("]", 0, value.start))
    return opened > closed and bool(_spreads().search(text, opened, value.end + _WIDE))


def _is_in_a_glass(text: str, value: Quantity) -> bool:
    """Whether the words before a value say that it was measured outside of people, and not again in them."""
    said = [*_places().finditer(text, 0, value.start)]
    return bool(said) and said[-1]["outside"] is not None


def _is_change(text: str, value: Quantity) -> bool:
    """Whether a share tells how much something changed or differs."""
    return _is_changed(text, value) or bool(_one_of("changes", "behind", "", r"[\s()]*").match(text[value.end :]))


def _is_changed(text: str, value: Quantity) -> bool:
    return bool(_one_of("changes", "before", r"\W*$").search(text[max(0, value.start - _NEAR) : value.start]))


def _is_renal_band(text: str, value: Quantity) -> bool:
    """Whether a clearance says how well kidneys work: `moderate (30-59 mL/min/1.73 m2)`."""
    return bool(_BODY_SURFACE.match(text[value.end :]) and _OPENED.search(text[: value.start]))


def _is_change_of_time(text: str, upto: list[Quantity]) -> bool:
    """Whether the last of the times is a change; in `delayed by 1 h for A, 2 h for B` both are."""
    for value, before in zip(reversed(upto), [*reversed(upto[:-1]), None], strict=True):
        if _one_of("changes", "times", r"\W*$").search(text[max(0, value.start - _NEAR) : value.start]):
            return True
        if before is None or not _NEXT_ONE.fullmatch(text, before.end, value.start):
            return False
    return False


def _is_spread(text: str, value: Quantity, values: list[Quantity]) -> bool:
    """Whether a share in parentheses right behind another value is its coefficient of variation."""
    opened = text[: value.start].rstrip()
    if not opened.endswith("(") or not text[value.end :].lstrip().startswith(")"):
        return False
    at = len(opened[:-1].rstrip())
    others = (one for one in values if one.dimension != "fraction")
    return any(one.end == at or one.start < value.start < one.end for one in others)


def _is_condition(text: str, value: Quantity, kind: str) -> bool:
    """Whether a time is when something was done, or for how long; a half-life stands right behind its words."""
    before, behind = text[max(0, value.start - _NEAR) : value.start], text[value.end :]
    if before.rstrip().endswith(_TIMES) or (kind != "half_life" and _OVER.match(text, value.start)):
        return True
    named = _one_of("conditions", "before", r"\W*$").search(before)
    word = named[0].strip(" ,(").casefold() if named else None
    if word and word not in _NO_CONDITION.get(kind, ()):
        return True
    adjective = _ADJECTIVE.search(text, value.start, value.end) and kind != "half_life"
    return bool(adjective or _one_of("conditions", "behind", "", r"\W*").match(behind))


@cache
def _places() -> re.Pattern[str]:
    words = load("kinetics_prose")["measured"]
    return re.compile(rf"\b(?:(?P<outside>{'|'.join(words['outside'])})|{'|'.join(words['inside'])})\b", re.I)


@cache
def _spreads() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(load('kinetics_prose')['changes']['spreads'])})\b", re.I)


@cache
def _not_levels() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(load('kinetics_prose')['levels']['elsewhere'])})(?!\w)", re.I)


@cache
def _one_of(name: str, side: str, tail: str, head: str = "") -> re.Pattern[str]:
    words = "|".join(load("kinetics_prose")[name][side])
    return re.compile(rf"{head}\b(?:{words}){tail}", re.I)
