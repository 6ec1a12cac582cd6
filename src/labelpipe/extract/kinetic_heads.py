"""What stands over a table of kinetic values: the names of its columns, its caption, what its figures are."""

import re
from dataclasses import dataclass
from functools import cache

from labelpipe.extract.kinetic_spreads import spread_of
from labelpipe.extract.parameters import parameter_of
from labelpipe.extract.qualifiers import says
from labelpipe.extract.tables import Grid, Row
from labelpipe.vocabulary import load

_UNITS_ONLY = re.compile(r"\s*[(\[][^()\[\]]+[)\]]\s*")
_VALUE = re.compile(r"\W*\d")
COUNTS = ("N", "n")
"""What names the number of people that figures were measured in."""
_MEAN = re.compile(r"\b(?:mean|average)s?\b", re.I)
MIN_NAMED = 2
"""So many cells that name parameters make a row without markup the head of its columns."""


@dataclass(frozen=True, slots=True)
class Heads:
    """A column's name is all that stands over it; `note` is over the whole table, values begin at `first`.

    `further` are rows of words below the header that say more of each column, `legend` what stands below the table,
    `lowest` the last of the rows that the names are made of, where they are more than one.
    """

    names: tuple[str, ...]
    note: str
    first: int
    further: tuple[tuple[str, ...], ...] = ()
    legend: str = ""
    lowest: tuple[str, ...] = ()

    def name(self, column: int) -> str:
        """Return a column's name, or nothing."""
        return self.names[column] if column < len(self.names) else ""

    def is_of_means(self, column: int) -> bool:
        """Whether the words over the table or over a column say that its figures are means."""
        named = " ".join((_spread_name(self.name(column)), *self.more(column)))
        return bool(_MEAN.search(f"{self.note} {self.name(0)} {named}"))

    def more(self, column: int) -> tuple[str, ...]:
        """Return what the rows of words below the header say of a column."""
        return tuple(cells[column] for cells in self.further if column < len(cells) and cells[column])

    def said_of_figures(self, column: int) -> tuple[str, ...]:
        """Return all that may say what kind of figures a column holds, nearest words first."""
        return (self.name(column), *self.more(column), self.name(0), self.note, self.legend)

    @property
    def is_about_others(self) -> bool:
        """Whether the table tells what another medicine, a test or a comparison does: no value of the drug."""
        return says("other_tables", " ; ".join((self.note, *self.names)))


def heads_of(grid: Grid) -> Heads:
    """Return what stands over a table, where its markup leaves out that a row heads it, too."""
    first = grid.n_header_rows
    while first + 1 < len(grid.rows) and (more := _heads_at(grid, first)):
        first += more
    further = []
    while first + 1 < len(grid.rows) and _is_of_words(grid.rows[first]):
        further.append(_filled(grid.rows[first].cells))
        first += 1
    above = grid.rows[: first - len(further)]
    over_all = [row.cells[0] for row in above if len(row.cells) > 1 and _is_over_all(row)]
    named = [row for row in above if not _is_over_all(row)]
    width = max((len(row.cells) for row in named), default=0)
    names = (dict.fromkeys(row.cells[at] for row in named if at < len(row.cells)) for at in range(width))
    return Heads(
        tuple(" ".join(filter(None, said)) for said in names),
        " ".join([grid.caption or "", *over_all]),
        first,
        tuple(further),
        _legend(grid),
        named[-1].cells if len(named) > 1 else (),
    )


def is_group(row: Row) -> bool:
    """Whether a row says whom or what the rows below it are about: one cell, and nothing but `N` beside it."""
    return bool(row.cells[0]) and len(row.cells) > 1 and not any(cell and cell not in COUNTS for cell in row.cells[1:])


def is_head(row: Row) -> bool:
    """Whether a row that is no header by its markup names parameters over its columns, or begins with `Parameter`."""
    others = [cell for cell in row.cells[1:] if cell]
    is_named = row.cells[0].casefold().strip(" :") in _corners() and not parameter_of(row.cells[0])
    return bool(others) and (is_named or sum(parameter_of(cell) is not None for cell in others) >= MIN_NAMED)


def _is_of_words(row: Row) -> bool:
    """Whether a row below the header says in words what its columns are: `Food | Fasted | Fed`; no parameter's row."""
    others = [cell for cell in row.cells[1:] if cell]
    no_values = not any(map(_VALUE.match, others)) and not is_group(row)
    return len(others) > 1 and len(set(others)) > 1 and no_values and not parameter_of(row.cells[0])


def _filled(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Return a row of words with each empty cell saying what the one before it says: its words span columns."""
    filled = list(cells)
    for at in range(2, len(filled)):
        filled[at] = filled[at] or filled[at - 1]
    return tuple(filled)


def _legend(grid: Grid) -> str:
    """Return what stands below a table over all its width: `Values are mean (SD)`."""
    said = []
    for row in reversed(grid.rows):
        if not (len(row.cells) > 1 and is_group(row)):
            break
        said.append(row.cells[0])
    return " ".join(reversed(said))


def _spread_name(name: str) -> str:
    """Return a column's name where it says what figures stand in it: `Geometric Mean (%CV)`."""
    return name if spread_of(name) else ""


def _heads_at(grid: Grid, at: int) -> int:
    """Return how many rows more are heads: one that names columns, with a title over it, or the units below them."""
    row = grid.rows[at]
    others = [cell for cell in row.cells[1:] if cell]
    if is_head(row) or (at and others and all(map(_UNITS_ONLY.fullmatch, others))):
        return 1
    return 2 if at + 2 < len(grid.rows) and is_group(row) and is_head(grid.rows[at + 1]) else 0


def _is_over_all(row: Row) -> bool:
    return len(set(row.cells)) == 1 or is_group(row)


@cache
def _corners() -> frozenset[str]:
    return frozenset(load("qualifiers")["corners"])
