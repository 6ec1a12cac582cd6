"""Which kinetic parameter a row or a column of a table is about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import re2

from labelpipe.extract.kinetic_spreads import without_spreads
from labelpipe.extract.qualifiers import qualifiers, says
from labelpipe.extract.units import ucum, unit_expression
from labelpipe.vocabulary import load, pattern

_MAX_WORDS_BEFORE = 4
_UNIT = re.compile(r"\s*[(\[]\s*([^()\[\]]+?)\s*[)\]]\d?(?!\w)|,\s*(\S+)$")
_SPACED = re.compile(r"\b[ct]\s?m\s?(?:a\s?x|i\s?n)\b", re.I)
_MOLAR = re.compile(r"(?<=[(\[ ])([fpnuµμm])M\b")
_MARK = re.compile(
    r"(?<=[\w)])\s?[*†‡§¶#]+(?=[\s(\[,]|$)|\s*\([nN]\s?=\s?\d+\)|(?<=[a-z\d]) [a-h](?=\s*[(\[]|$)"
    r"|(?<=max|min|\w\d\))[a-h](?=\s*[(\[]|$)"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A name that stands for a parameter: those it may mean, what else it says, and the unit it prints.

    `sure` where the parameter opens the name and its wording is no everyday word.
    """

    parameters: tuple[str, ...]
    qualifiers: tuple[str, ...]
    unit: str | None
    sure: bool


@lru_cache(maxsize=4096)
def parameter_of(name: str) -> Named | None:
    """Return what a name stands for, or None; the earliest and longest wording wins.

    >>> parameter_of("Levodopa half-life (h)")
    Named(parameters=('half_life',), qualifiers=('Levodopa',), unit='h', sure=False)
    """
    words, unit = _with_unit(without_spreads(_plain(name)))
    found = [
        (match.start(), -match.end(), number, match)
        for number in _may_stand_in(words)
        for match in _wordings()[number][0].finditer(words)
        if _stands_alone(words, match)
    ]
    if not found:
        return None
    start, negative_end, _, match = min(found, key=lambda item: item[:3])
    parameters = tuple(
        _wordings()[number][1] for at, end, number, _ in sorted(found) if (at, end) == (start, negative_end)
    )
    sure = start == 0 and match[0].casefold() not in load("qualifiers")["everyday"]
    around = (*qualifiers(words[:start]), *qualifiers(_gap(match)), *qualifiers(words[match.end() :]))
    return Named(tuple(dict.fromkeys(parameters)), around, unit, sure)


def _plain(name: str) -> str:
    """Return a name without the marks of footnotes, and with `C m a x` as the word it is."""
    return _MOLAR.sub(r"\1mol/L", _MARK.sub("", _SPACED.sub(lambda match: "".join(match[0].split()), name)))


def unit_in(name: str) -> str | None:
    """Return the unit that a name prints, as printed: the first in brackets, behind a comma, or its last word."""
    found = _unit_of(name)
    return found[1] if found else None


def unit_alone(cell: str) -> str | None:
    """Return the unit that is all of a cell (`[mcg/mL]`), else None."""
    return ucum(cell.strip(" ()[]")) if not any(map(str.isdigit, cell[:1])) and cell.strip(" ()[]") else None


def _unit_of(name: str) -> tuple[re.Match[str], str] | None:
    for expression in (_UNIT, _last_unit()):
        for match in expression.finditer(name):
            printed = next(filter(None, match.groups())).strip().removeprefix("in ")
            for words in (printed, *(printed.rpartition(edge)[2].strip() for edge in (",", ";"))):
                if words and ucum(words):
                    return match, words
    return None


def _with_unit(name: str) -> tuple[str, str | None]:
    """Return a name without its unit, and the unit."""
    found = _unit_of(name)
    if found is None and name.startswith("%"):
        return name.lstrip("% "), "%"
    return (f"{name[: found[0].start()]} {name[found[0].end() :]}".strip(), ucum(found[1])) if found else (name, None)


def _stands_alone(words: str, match: re.Match[str]) -> bool:
    """Whether the wording is the head of the name: `Binding antibodies` is no binding, `Change in AUC` no exposure."""
    before, after = words[: match.start()], words[match.end() :]
    is_head = len(before.split()) <= _MAX_WORDS_BEFORE and bool(_tail().match(after)) and not before.endswith("-")
    return is_head and not says("comparisons", f"{before} ; {after}")


def _gap(match: re.Match[str]) -> str:
    """Return the words that stand between those of a wording with a gap."""
    return " ".join(group for group in match.groups() if group)


@cache
def _wordings() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(pattern(name).replace(r"(?:\W+\w+){0,6}?", r"((?:\W+\w+){0,6}?)"), re.I), parameter)
        for parameter, entry in load("kinetics").items()
        for name in entry["names"]
    )


def _may_stand_in(words: str) -> Sequence[int]:
    """Return the numbers of the wordings that are worth looking for; RE2 says which, of words in plain letters."""
    return sorted(_wording_set().Match(words) or ()) if words.isascii() else range(len(_wordings()))


@cache
def _wording_set() -> re2.Set:
    wordings = re2.Set.SearchSet()
    for expression, _ in _wordings():
        wordings.Add(f"(?i){expression.pattern}")
    wordings.Compile()
    return wordings


@cache
def _last_unit() -> re.Pattern[str]:
    return re.compile(rf"(?<!\d)\s({unit_expression()})$", re.I)


@cache
def _tail() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in (*load("qualifiers")["links"], *load("qualifiers")["single"]))
    return re.compile(rf"\s*(?:$|[,(;:/\[]|[–—-]\s|\d|(?:{words})\b)", re.I)
