"""Columns that say what kind of figure a number is: `Mean`, `SD`, `Range`, in a header or in the row below it."""

from typing import Any

from labelpipe.extract.quantities import number
from labelpipe.extract.tables import Grid
from labelpipe.vocabulary import load


def figures_of(grid: Grid) -> dict[int, str]:
    """Return for each column what kind of figure stands in it; under 0 the name of a row that says so."""
    rows = [grid.header] if grid.header else []
    rows += [row.cells for row in grid.body[:1]]
    for cells in rows:
        kinds = {at: _kind(cell) for at, cell in enumerate(cells) if at and cell}
        if len(kinds) > 1 and all(kinds.values()):
            return {at: kind for at, kind in kinds.items() if kind} | (
                {0: cells[0]} if cells is not grid.header else {}
            )
    return {}


def with_deviation(values: dict[str, Any], cell: str) -> dict[str, Any]:
    """Return a value's columns as a mean with the deviation of the cell beside it."""
    try:
        deviation = number(cell.strip())
    except ValueError:
        return values
    mean = values.get("value_low")
    return {**values, "value_low": None, "value_high": None, "value_mean": mean, "value_sd": deviation}


def as_mean(values: dict[str, Any]) -> dict[str, Any]:
    """Return a single value's columns as those of a mean, too."""
    low = values.get("value_low")
    is_single = low is not None and low == values.get("value_high") and values.get("value_mean") is None
    return {**values, "value_mean": low} if is_single else values


def _kind(cell: str) -> str | None:
    kinds: dict[str, list[str]] = load("qualifiers")["figures"]
    return next((kind for kind, words in kinds.items() if cell.casefold().strip(" .%()") in words), None)
