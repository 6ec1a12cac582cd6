"""Which kinetic parameter a row or a column of a table is about."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import re2

from labelpipe.extract.qualifiers import qualifiers, says
from labelpipe.extract.tables import Grid
from labelpipe.extract.units import ucum
from labelpipe.vocabulary import load, pattern

MIN_KNOWN = 2
"""So many known parameters make a kinetics table even where each name alone would not."""

_MAX_WORDS_BEFORE = 4
_UNIT = re.compile(r"\s*[(\[]([^()]+?)[)\]]\s*$|,\s*(\S+)$")


@dataclass(frozen=True, slots=True)
class Named:
    """A name that stands for a parameter: those it may mean, what else it says, and the unit it prints.

    `sure` where the parameter opens the name and its wording is no everyday word.
    """

    parameters: tuple[str, ...]
    qualifiers: tuple[str, ...]
    unit: str | None
    sure: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of values: its row and column (from 0), and the name that says what they are."""

    row: int
    column: int
    named: Named
    qualifiers: tuple[str, ...]


def named_cells(grid: Grid) -> Iterator[Place]:
    """Yield the cells of a table that hold kinetic values, row by row; nothing for any other table."""
    columns = {column: name for column, text in enumerate(grid.header) if column and (name := parameter_of(text))}
    rows = {row: parameter_of(cells.cells[0]) for row, cells in enumerate(grid.body, grid.n_header_rows)}
    known = {row: name for row, name in rows.items() if name and len(grid.rows[row].cells) > 1}
    if _is_kinetic(known.values()):
        for row, name in known.items():
            for column in range(1, len(grid.rows[row].cells)):
                yield Place(row, column, name, (*name.qualifiers, *_column_qualifier(grid, column)))
    elif len(columns) >= MIN_KNOWN and _is_kinetic(columns.values()):
        for row in rows:
            for column, name in columns.items():
                if column < len(grid.rows[row].cells):
                    yield Place(row, column, name, (*qualifiers(grid.rows[row].cells[0]), *name.qualifiers))


@lru_cache(maxsize=4096)
def parameter_of(name: str) -> Named | None:
    """Return what a name stands for, or None; the earliest and longest wording wins.

    >>> parameter_of("Levodopa half-life (h)")
    Named(parameters=('half_life',), qualifiers=('Levodopa',), unit='h', sure=False)
    """
    unit_at = _UNIT.search(name)
    unit = ucum(unit_at[1] or unit_at[2]) if unit_at else None
    words = name[: unit_at.start()] if unit_at and unit else name
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


def _is_kinetic(names: Iterable[Named]) -> bool:
    known = [*names]
    return len(known) >= MIN_KNOWN or any(name.sure for name in known)


def _stands_alone(words: str, match: re.Match[str]) -> bool:
    """Whether the wording is the head of the name: `Binding antibodies` is no binding, `Change in AUC` no exposure."""
    before, after = words[: match.start()], words[match.end() :]
    is_head = len(before.split()) <= _MAX_WORDS_BEFORE and bool(_tail().match(after)) and not before.endswith("-")
    return is_head and not says("comparisons", before)


def _gap(match: re.Match[str]) -> str:
    """Return the words that stand between those of a wording with a gap."""
    return " ".join(group for group in match.groups() if group)


def _column_qualifier(grid: Grid, column: int) -> tuple[str, ...]:
    """With more than one column of values, the column's name says whose value it is."""
    many = max(len(row.cells) for row in grid.rows) > 2
    return (grid.header[column],) if many and column < len(grid.header) and grid.header[column] else ()


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
def _tail() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in (*load("qualifiers")["links"], *load("qualifiers")["single"]))
    return re.compile(rf"\s*(?:$|[,(;:/\[]|[–—-]\s|\d|(?:{words})\b)", re.I)
