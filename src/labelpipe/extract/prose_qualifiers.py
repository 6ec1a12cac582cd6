"""What limits a value that a sentence states: the organ, the phase, the form, the substance."""

import re
from functools import cache

from labelpipe.extract.kinetic_values import in_list
from labelpipe.extract.quantities import Quantity
from labelpipe.vocabulary import load

_WORD = re.compile(r"[A-Za-z][\w'-]*")
_RESPECTIVELY = re.compile(r"\brespectively\b", re.I)


def qualifiers_of(
    text: str, mention: tuple[int, int], values: list[Quantity], index: int, names: frozenset[str], is_excreted: bool
) -> tuple[str, ...]:
    """Return the qualifier words around a value and around the words that say what it is.

    The words of a value end where another value of its dimension begins; with `respectively` the first value takes the
    first of the places that are named, the second the second.
    """
    value = values[index]
    same = [one for one in values if one.dimension == value.dimension]
    at = same.index(value)
    left = same[at - 1].end if at else 0
    right = same[at + 1].start if at + 1 < len(same) else len(text)
    own = text[max(left, min(mention[0], value.start) - 40) : value.start] + " ; " + text[value.end : right]
    if mention[1] <= left:
        own = f"{text[max(0, mention[0] - 40) : mention[1] + 40]} {own}" if value.dimension != "fraction" else own
    place, of = in_list(text, same, at)
    if of > 1 and _RESPECTIVELY.search(text, value.end):
        own = _share_of(text[value.end :], own, place, of)
    words = [word for word in _WORD.findall(own) if word.casefold() in _singles()]
    substance = _one_of_two(text, place, names) if of > 1 else _substance(own, names)
    found = [*(_STEMS.get(word.casefold(), word) for word in words), *([substance] if substance else [])]
    if is_excreted and not _places().search(" ".join(found)):
        found += _last_place(text[: value.start])
    return tuple(dict.fromkeys(word[0].upper() + word[1:] for word in found))


def _one_of_two(text: str, place: int, names: frozenset[str]) -> str | None:
    """Return the substance that a value of `of A and its metabolite B ... 1.5 and 2 hours, respectively` is of."""
    match = _two_substances().search(text)
    name = match[("first", "second")[place]] if match and place < 2 and _RESPECTIVELY.search(text) else None
    return None if name is None or name.casefold() in names | _plain() else name


def _last_place(before: str) -> list[str]:
    """Return the last place named, where a value has none of its own: `recovered in urine (3% unchanged)`."""
    found = [match[0] for match in _places().finditer(before)]
    return [_STEMS.get(found[-1].casefold(), found[-1])] if found else []


def _share_of(behind: str, own: str, at: int, of: int) -> str:
    """Return the words of the one place that is this value's, of as many as there are values."""
    places = [match[0] for match in _places().finditer(behind)]
    return f"{_places().sub(' ', own)} {places[at]}" if len(places) == of > 1 else own


def _substance(words: str, names: frozenset[str]) -> str | None:
    """Return the name behind `of` or `for` where it is none of the label's own: another substance's value."""
    named = [match["name"] for match in _lead().finditer(words)]
    return next((name for name in reversed(named) if name.casefold() not in names | _plain()), None)


_STEMS = {"renally": "Renal", "urinary": "Urine", "faeces": "Feces", "fecal": "Feces", "kidneys": "Renal"}


@cache
def _lead() -> re.Pattern[str]:
    lead = "|".join(load("kinetics_prose")["analytes"]["lead"])
    return re.compile(
        rf"\b(?:{lead})\s+(?:the\s+)?(?:active\s+|major\s+)?(?:metabolite\s+)?(?P<name>[A-Za-z0-9'-]*[A-Za-z][\w'-]*"
        r"(?:\s+acid)?)"
    )


@cache
def _two_substances() -> re.Pattern[str]:
    between = r"\s+and\s+(?:of\s+)?(?:that of\s+)?(?:its\s+)?(?:active\s+)?(?:metabolite\s+)?"
    return re.compile(rf"\bof\s+(?P<first>[\w-]+){between}(?P<second>[\w-]+)")


@cache
def _plain() -> frozenset[str]:
    return frozenset(load("kinetics_prose")["analytes"]["none"])


@cache
def _places() -> re.Pattern[str]:
    return re.compile(r"\b(?:urine|feces|faeces|bile|stool|renal|fecal|urinary)\b", re.I)


@cache
def _singles() -> frozenset[str]:
    return frozenset(
        (*load("qualifiers")["single"], *load("kinetics_prose")["also"]["qualifiers"], "kidneys", "renally")
    ) - {"distribution", "elimination", "mean", "median"}
