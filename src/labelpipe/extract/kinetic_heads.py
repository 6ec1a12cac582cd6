"""What stands over a table of kinetic values: the names of its columns, its caption, what its figures are."""

import re
from dataclasses import dataclass
from functools import cache

from labelpipe.extract.parameters import parameter_of
from labelpipe.extract.qualifiers import says
from labelpipe.extract.tables import Grid, Row
from labelpipe.vocabulary import load

_UNITS_ONLY = re.compile(r"\s*[(\[][^()\[\]]+[)\]]\s*")
_MEAN = re.compile(r"\b(?:mean|average)s?\b", re.I)
MIN_NAMED = 2
"""So many cells that name parameters make a row without markup the head of its columns."""


@dataclass(frozen=True, slots=True)
class Heads:
    """A column's name is all that stands over it; `note` is over the whole table, values begin at `first`."""

    names: tuple[str, ...]
    note: str
    first: int

    def name(self, column: int) -> str:
        """Return a column's name, or nothing."""
        return self.names[column] if column < len(self.names) else ""

    @property
    def is_of_means(self) -> bool:
        """Whether the words over the table say that its figures are means."""
        return bool(_MEAN.search(f"{self.note} {self.name(0)}"))

    @property
    def is_about_others(self) -> bool:
        """Whether the table tells what another medicine, a test or a comparison does: no value of the drug."""
        return says("other_tables", " ; ".join((self.note, *self.names)))


def heads_of(grid: Grid) -> Heads:
    """Return what stands over a table, where its markup leaves out that a row heads it, too."""
    first = grid.n_header_rows
    while first + 1 < len(grid.rows) and (further := _heads_at(grid, first)):
        first += further
    above = grid.rows[:first]
    over_all = [row.cells[0] for row in above if len(row.cells) > 1 and _is_over_all(row)]
    named = [row for row in above if not _is_over_all(row)]
    width = max((len(row.cells) for row in named), default=0)
    names = (dict.fromkeys(row.cells[at] for row in named if at < len(row.cells)) for at in range(width))
    return Heads(
        tuple(" ".join(filter(None, said)) for said in names), " ".join([grid.caption or "", *over_all]), first
    )


def is_group(row: Row) -> bool:
    """Whether a row says whom or what the rows below it are about: one cell, and nothing beside it."""
    return bool(row.cells[0]) and len(row.cells) > 1 and not any(row.cells[1:])


def is_head(row: Row) -> bool:
    """Whether a row that is no header by its markup names parameters over its columns, or begins with `Parameter`."""
    others = [cell for cell in row.cells[1:] if cell]
    is_named = row.cells[0].casefold().strip(" :") in _corners() and not parameter_of(row.cells[0])
    return bool(others) and (is_named or sum(parameter_of(cell) is not None for cell in others) >= MIN_NAMED)


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
