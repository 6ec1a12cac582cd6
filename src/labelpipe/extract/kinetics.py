"""Pharmacokinetic values from tables: every value a cell prints is a row, with its unit and what qualifies it."""

from collections.abc import Iterator
from itertools import count
from typing import Any

from labelpipe.extract.kinetic_cells import parameter_for, read_cell
from labelpipe.extract.parameters import Place, named_cells
from labelpipe.extract.tables import Grid
from labelpipe.model import Pharmacokinetic


def read_kinetics(grids: tuple[Grid, ...]) -> tuple[Pharmacokinetic, ...]:
    """Return the kinetic values of all tables whose rows or columns name parameters, in document order."""
    numbers = count(1)
    return tuple(
        Pharmacokinetic(pk_no=next(numbers), **columns)
        for grid in grids
        for place in named_cells(grid)
        for columns in _values(grid, place)
    )


def _values(grid: Grid, place: Place) -> Iterator[dict[str, Any]]:
    row = grid.rows[place.row]
    cell = row.cells[place.column]
    if not cell:
        return
    parameter = parameter_for(place.named.parameters, cell)
    where = {"table_no": grid.table_no, "row_no": place.row + 1, "block_no": row.block.block_no}
    sides = _sides(grid, place.column, cell)
    for side, words in sides:
        for values in read_cell(parameter, words, place.named.unit):
            found = (*place.qualifiers, *side, *values["qualifiers"])
            yield {"parameter": parameter, **values, "qualifiers": tuple(dict.fromkeys(found)), **where}


def _sides(grid: Grid, column: int, cell: str) -> list[tuple[tuple[str, ...], str]]:
    """Pair the values of `2 h / 1 h` with the names of a column headed `Tablet / spray`; else the cell is one side."""
    names = grid.header[column].split(" / ") if column < len(grid.header) else []
    values = cell.split(" / ")
    if len(names) != len(values) or len(names) == 1:
        return [((), cell)]
    return [((name.strip().capitalize(),), value.strip()) for name, value in zip(names, values, strict=True)]
