"""What limits a value that a sentence states: the organ, the phase, the form, the substance."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from labelpipe.extract.kinetic_values import in_list, parting
from labelpipe.extract.quantities import Quantity
from labelpipe.extract.substance_names import Names, ingredient_in, is_everyday, metabolite_in, substance_in
from labelpipe.vocabulary import load

_WORD = re.compile(r"[A-Za-z][\w'-]*")
_RESPECTIVELY = re.compile(r"\brespectively\b", re.I)
_BETWEEN = re.compile(
    r",?\s+and\s+(?:of\s+|that of\s+)?(?:(?:its|the)\s+)?"
    r"(?:(?:active|major|main|primary)\s+){0,2}(?:metabolite,?\s+)?|,\s+",
    re.I,
)
_PARENTHESES = re.compile(r"\s*\([^()]*\)")
_SHARED = re.compile(r"(?:\s*\([^()]*\)|\s+of\s+[\w\s-]{1,40}\sand\s[^%]{0,20}%)(?P<rest>[^,;%]*)")
_AS = re.compile(r"\bas (?:its )?(?:metabolite )?(?P<name>[A-Za-z0-9'-]*[A-Za-z][\w'-]*)")
_OPENING = re.compile(r"[A-Z]{1,3}-?\d{1,6}(?=\s+(?:has|had|is|was|reached|reaches)\b)")
"""A code that a sentence begins with is what it speaks of: `M5 has a half-life of 51 hours`."""

_GIVEN = ("mass", "activity", "other")
_CUT = re.compile(r"[^\s]*")
_NEAR = 40


def qualifiers_of(
    text: str, mention: tuple[int, int], values: list[Quantity], index: int, names: Names, is_excreted: bool
) -> tuple[str, ...]:
    """Return the qualifier words around a value and around the words that say what it is.

    The words of a value begin and end where those of another value of its dimension do; with `respectively` the first
    value takes the first of the places that are named, the second the second.
    """
    value = values[index]
    same = [one for one in values if one.dimension == value.dimension]
    at = same.index(value)
    place, of = in_list(text, same, at)
    own = _own_words(text, mention, values, value)
    is_shared = of > 1 and bool(_RESPECTIVELY.search(text, value.end))
    if is_shared:
        own = _share_of(text[value.end :], own, place, of)
    several = _several(text, of) if is_shared else None
    if several:
        own = own.replace(several.words, " ")
    words = [word for word in _WORD.findall(_functions().sub(" ", own)) if word.casefold() in _singles()]
    if is_shared:
        single = substance_in(several.names[place], names) if several else ingredient_in(own, names)
    else:
        single = (_made(own, names) if is_excreted else None) or _substance(own, names)
        single = single or _subject(text, same, at, own, names)
    found = [*(_STEMS.get(word.casefold(), word) for word in words), *([single] if single else [])]
    if is_excreted and not _places().search(" ".join(found)):
        found += _first_place(text[value.end :]) or _last_place(text[: value.start])
    return tuple(dict.fromkeys(word[0].upper() + word[1:] for word in found))


def _own_words(text: str, mention: tuple[int, int], values: list[Quantity], value: Quantity) -> str:
    """Return the words around a value that are not those of the value before it or behind it.

    What stands between two values is the first one's up to its last comma or `and`, and the second one's from there.
    The words behind a share are its own up to the next share, those behind another value up to the next of any kind.
    """
    same = [one for one in values if one.dimension == value.dimension]
    at = same.index(value)
    place, of = in_list(text, same, at)
    last = same[at - place + of - 1]
    left = same[at - 1].end if at else 0
    others = same if value.dimension == "fraction" else [one for one in values if one.dimension not in _GIVEN]
    right = next((one.start for one in others if one.start >= last.end), len(text))
    begin = (parting(text, left, value.start) or left) if at else left
    end = (parting(text, last.end, right) or right) if right < len(text) else right
    near = max(begin, _word_start(text, min(mention[0], value.start) - _NEAR))
    own = f"{text[near : value.start]} ; {text[value.end : end]}"
    if mention[1] <= left and value.dimension != "fraction":
        return f"{text[_word_start(text, mention[0] - _NEAR) : _word_start(text, mention[1] + _NEAR)]} {own}"
    return own


def _word_start(text: str, at: int) -> int:
    """Return the place, or where the word ends that it cuts in two."""
    if not 0 < at < len(text):
        return max(0, min(at, len(text)))
    return _CUT.match(text, at).end() if text[at - 1].strip() else at  # type: ignore[union-attr]


class _Several(NamedTuple):
    """Substances that share a list of values, and the words that name them."""

    words: str
    names: tuple[str, ...]


def _several(text: str, of: int) -> _Several | None:
    """Return the substances of `of A and its metabolite B ... 2 and 3 hours, respectively`, one for each value."""
    for match in _substances().finditer(_PARENTHESES.sub("", text)):
        named = tuple(name for name in _BETWEEN.split(match["names"]) if name)
        if len(named) == of and not any(map(is_everyday, named)):
            return _Several(match["names"], named)
    return None


def _last_place(before: str) -> list[str]:
    """Return the last place named, where a value has none of its own: `recovered in urine (3% unchanged)`."""
    found = [match[0] for match in _places().finditer(before)]
    return [_STEMS.get(found[-1].casefold(), found[-1])] if found else []


def _first_place(behind: str) -> list[str]:
    """Return the place that two values share: `50% of A and 30% of B are in urine`, `62% (32% unchanged) in feces`."""
    shared = _SHARED.match(behind)
    match = _places().search(shared["rest"]) if shared else None
    return [_STEMS.get(match[0].casefold(), match[0])] if match else []


def _share_of(behind: str, own: str, at: int, of: int) -> str:
    """Return the words of the one place that is this value's, of as many as there are values."""
    places = [match[0] for match in _places().finditer(behind)]
    return f"{_places().sub(' ', own)} {places[at]}" if len(places) == of > 1 else own


def _substance(words: str, names: Names) -> str | None:
    """Return the name behind `of` or `for` where it is none of the label's own: another substance's value."""
    return next((name for lead in reversed([*_named(words)]) if (name := substance_in(lead, names))), None)


def _made(own: str, names: Names) -> str | None:
    """Return the metabolite that a share left as: `22% as M1`."""
    match = _AS.search(own.rpartition(" ; ")[2])
    name = substance_in(match["name"], names) if match else None
    return name if name and (any(map(str.isdigit, name)) or metabolite_in(name, names)) else None


def _subject(text: str, same: list[Quantity], at: int, own: str, names: Names) -> str | None:
    """Return the ingredient or the metabolite that words speak of: `Desmethylzerbaline has a half-life of 3 h`."""
    before = own if at else text[: same[at].start]
    named = ingredient_in(own, names) or ingredient_in(before, names) or metabolite_in(before, names)
    opening = _OPENING.match(text)
    return named or (substance_in(opening[0], names) if opening else None)


def _named(words: str) -> Iterator[str]:
    return (match["name"] for match in _lead().finditer(words))


_STEMS = {"renally": "Renal", "urinary": "Urine", "faeces": "Feces", "fecal": "Feces", "kidneys": "Renal"}


@cache
def _lead() -> re.Pattern[str]:
    lead = "|".join(load("kinetics_prose")["analytes"]["lead"])
    return re.compile(
        rf"\b(?:{lead})\s+(?:the\s+)?(?:active\s+|major\s+)?(?:metabolite\s+)?(?P<name>[A-Za-z0-9'-]*[A-Za-z][\w'-]*"
        r"(?:\s+acid)?)"
    )


@cache
def _substances() -> re.Pattern[str]:
    lead = "|".join(load("kinetics_prose")["analytes"]["lead"])
    return re.compile(rf"(?:\b(?:{lead}|as)\s+|^)(?P<names>(?:[\w-]+,\s+)*[\w-]+(?:{_BETWEEN.pattern})[\w-]+)", re.I)


@cache
def _functions() -> re.Pattern[str]:
    """Words of organs that are about how well they work, and say nothing of where a dose goes: `renal function`."""
    organs = "|".join(load("kinetics_prose")["also"]["functions"])
    return re.compile(
        rf"\b(?:renal|hepatic|kidney|liver)(?:ly)?(?:\s+(?:or|and)\s+(?:renal|hepatic))?\s+(?:{organs})\b", re.I
    )


@cache
def _places() -> re.Pattern[str]:
    return re.compile(r"\b(?:urine|feces|faeces|bile|stool|renal|fecal|urinary)\b", re.I)


@cache
def _singles() -> frozenset[str]:
    return frozenset(
        (*load("qualifiers")["single"], *load("kinetics_prose")["also"]["qualifiers"], "kidneys", "renally")
    ) - {"distribution", "elimination", "mean", "median"}
