"""Pharmacokinetic values, from tables and from sentences, each with its unit, what qualifies it, and its words."""

import re
from collections.abc import Iterator
from itertools import count
from typing import Any

from labelpipe.extract.cell_words import is_worded
from labelpipe.extract.evidence import confidence_of
from labelpipe.extract.kinetic_cells import parameter_for, read_cell
from labelpipe.extract.kinetic_context import context_of, population_of_age, without_healthy, without_others
from labelpipe.extract.kinetic_figures import as_mean, figures_of, with_deviation
from labelpipe.extract.kinetic_heads import Heads, heads_of
from labelpipe.extract.kinetic_places import Place, named_cells
from labelpipe.extract.kinetic_prose import read_sentences
from labelpipe.extract.kinetic_spreads import plain_value, runs_together, spread_of
from labelpipe.extract.substance_names import names_of
from labelpipe.extract.tables import Grid
from labelpipe.model import Block, Pharmacokinetic

_BRACKETED = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*")
"""What stands alone below a value, in a row without a name: how wide it spreads."""


def read_kinetics(
    grids: tuple[Grid, ...],
    blocks: tuple[Block, ...],
    names: frozenset[str],
    ingredients: tuple[str, ...] = (),
    source: str = "",
) -> tuple[Pharmacokinetic, ...]:
    """Return the kinetic values of the tables whose rows or columns name parameters, then those of sentences.

    `names` are the label's own, folded: a value of another substance, or of one of several `ingredients`, says so.
    Blocks point into the `source`; without it the lines of wrapped text are read each for itself.
    """
    numbers = count(1)
    tables = (columns for grid in grids for columns in _of_table(grid))
    return tuple(
        Pharmacokinetic(pk_no=next(numbers), confidence=confidence_of("pharmacokinetics", columns), **columns)
        for found in (tables, read_sentences(blocks, names_of(names, ingredients), source))
        for columns in found
    )


def _of_table(grid: Grid) -> Iterator[dict[str, Any]]:
    heads = heads_of(grid)
    places = (
        []
        if heads.is_about_others
        else [place for place in named_cells(grid, heads) if grid.rows[place.row].cells[place.column]]
    )
    figures = figures_of(grid) if places else {}
    for place in places:
        yield from _values(grid, heads, place, figures)


def _values(grid: Grid, heads: Heads, place: Place, figures: dict[int, str]) -> Iterator[dict[str, Any]]:
    row = grid.rows[place.row]
    cell = row.cells[place.column]
    kind = figures.get(place.column)
    if kind in ("sd", "cv", "ci", "n") or row.cells[0] == figures.get(0):
        return
    parameter = parameter_for(place.named.parameters, cell)
    block = row.block
    where: dict[str, Any] = {"table_no": grid.table_no, "row_no": place.row + 1, "block_no": block.block_no}
    where |= {"char_start": block.char_start, "char_end": block.char_end, "quote": block.text}
    spread = spread_of(*((row.cells[0],) if place.is_of_row else ()), *heads.said_of_figures(place.column))
    if spread in ("sd", "cv", "ci") and not row.cells[0] and _BRACKETED.fullmatch(cell):
        return
    for side, words in _sides(grid, place.column, cell):
        for values in _read(parameter, words, place, spread):
            found = tuple(dict.fromkeys((*place.qualifiers, *side, *values["qualifiers"])))
            said = without_others(", ".join(found)) if "unit" in values else "; ".join(found)
            context = context_of(said, *place.around, heads.note)
            if context["population"] is None:
                context = {**context, "population": population_of_age(*place.around)}
            context = without_healthy(context)
            if kind == "mean" and figures.get(place.column + 1) == "sd":
                values = with_deviation(values, row.cells[place.column + 1])
            elif heads.is_of_means(place.column):
                values = as_mean(values)
            yield {"parameter": parameter, **values, "qualifiers": found, **context, **where, "method": "table"}


def _read(parameter: str, words: str, place: Place, spread: str | None) -> Iterator[dict[str, Any]]:
    """Yield the values of a cell; where its second number had to be told apart, the whole cell is what was printed.

    Words without a value are kept where a row is about them (`Metabolism | Hepatic`); values run together are words.
    """
    if runs_together(words):
        yield {"text": words, "qualifiers": ()}
        return
    plain = plain_value(words, spread, place.named.unit)
    for values in read_cell(parameter, plain, place.named.unit):
        if "unit" in values or (place.is_of_row and is_worded(parameter, words)):
            yield values if plain == words else {**values, "text": words}


def _sides(grid: Grid, column: int, cell: str) -> list[tuple[tuple[str, ...], str]]:
    """Pair the values of `2 h / 1 h` with the names of a column headed `Tablet / spray`; else the cell is one side."""
    names = grid.header[column].split(" / ") if column < len(grid.header) else []
    values = cell.split(" / ")
    if len(names) != len(values) or len(names) == 1:
        return [((), cell)]
    return [((name.strip().capitalize(),), value.strip()) for name, value in zip(names, values, strict=True)]
