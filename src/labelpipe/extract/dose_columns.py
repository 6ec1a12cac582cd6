"""The columns of a table of doses, by their names: doses, other amounts, what doses are made ready with."""

import re
from functools import cache
from itertools import accumulate, takewhile
from typing import Any, NamedTuple

from labelpipe.extract.tables import Grid
from labelpipe.extract.units import ucum
from labelpipe.vocabulary import load
from labelpipe.vocabulary.phrases import any_of

_UNIT_IN_HEADER = re.compile(
    r"\((?P<bracketed>[^()]+)\)|,\s*(?P<last>[^(),]+?)\s*$|^(?P<all>\S+)$|(?<![\d.] )(?P<ratio>\S+/\S+)$"
)
_DIGIT = re.compile(r"\d")
_FLOWS = ("mL/min", "mL/h")
_COUNTED = re.compile(r"#|\b(?:number of|scoops?|teaspoons?)\b", re.I)


class Column(NamedTuple):
    """What a column's name says: its words, and the unit of bare numbers under it.

    `is_dose`: it has doses; `is_other`: it has other amounts, such as what is poured or how fast it flows.
    """

    words: str
    unit: str | None
    is_dose: bool
    is_other: bool = False


def heads_of(grid: Grid) -> list[tuple[str, ...]]:
    """Return the cells of the header rows; where a table marks none, of the rows of words above its first figures."""
    if grid.n_header_rows:
        return [row.cells for row in grid.rows[: grid.n_header_rows]]
    words = [row.cells for row in takewhile(lambda row: not any(map(_DIGIT.search, row.cells)), grid.rows)]
    named = [cells for cells in words if sum(map(bool, cells)) > 1]
    if len(words) == len(grid.rows) or not any(_speaks_of_doses().search(cell) for cells in named for cell in cells):
        return []
    return [tuple(accumulate(cells, lambda left, cell: cell or left)) for cells in words]


def column_of(words: str) -> Column:
    """Return what a column of this name has."""
    units = [ucum(next(filter(None, match.groups()))) for match in _UNIT_IN_HEADER.finditer(words)]
    amounts = load("doses")["table"]["units"] if not _COUNTED.search(words) else ()
    given = (unit for unit in units if unit and unit.split("/")[0] in amounts and not unit.startswith(_FLOWS))
    is_dose = bool(_speaks_of_doses().search(words))
    unit = next(given, None)
    is_other = not is_dose and bool(_other_amounts().search(words))
    return Column(words, None if is_other else unit, bool(is_dose or (unit and not is_other)), is_other)


def prepares(column: Column) -> bool:
    """Whether a column tells what doses are made ready with: its table says how, and no more how much."""
    return bool(_preparing().search(column.words))


@cache
def _speaks_of_doses() -> Any:
    return any_of(load("doses")["table"]["columns"])


@cache
def _other_amounts() -> Any:
    return any_of(load("doses")["table"]["others"])


@cache
def _preparing() -> Any:
    return any_of(load("doses")["table"]["preparation"])
