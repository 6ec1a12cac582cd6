"""Pharmacokinetic values from tables: every value a cell prints is a row, with its unit and what qualifies it."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import count
from typing import Any

from labelpipe.extract.quantities import Quantity, find_quantities
from labelpipe.extract.tables import Grid, Row
from labelpipe.model import Pharmacokinetic
from labelpipe.vocabulary import load

Columns = dict[str, Any]

_PART_EDGE = re.compile(r"[;,](?![^()]*\))(?!\d{3})")
_PARENTHESES = re.compile(r"\(([^()]*)\)")
_MEAN = re.compile(r"\b(?:mean|average|median)\b", re.I)


def read_kinetics(grids: tuple[Grid, ...]) -> tuple[Pharmacokinetic, ...]:
    """Return the kinetic values of all tables whose first column names parameters, in document order."""
    numbers = count(1)
    return tuple(
        Pharmacokinetic(pk_no=next(numbers), **columns)
        for grid in grids
        for row_no, row in enumerate(grid.rows, 1)
        if row_no > grid.n_header_rows
        for columns in _row_values(grid, row_no, row)
    )


def parameter_of(name: str) -> tuple[str, str] | None:
    """Return the parameter a row's name stands for and the rest of the name; the longest wording wins."""
    match = _parameter_names().match(name.strip())
    return (_parameters()[match[0].casefold()], name.strip()[match.end() :]) if match else None


def _row_values(grid: Grid, row_no: int, row: Row) -> Iterator[Columns]:
    named = parameter_of(row.cells[0]) if len(row.cells) > 1 else None
    if named is None:
        return
    parameter, rest = named
    place = {"table_no": grid.table_no, "row_no": row_no, "block_no": row.block.block_no}
    for column_no, cell in enumerate(row.cells[1:], 1):
        around = (*_qualifiers(rest), *_column_qualifier(grid, column_no))
        for values in read_cell(parameter, cell) if cell else ():
            yield {"parameter": parameter, **values, "qualifiers": (*around, *values["qualifiers"]), **place}


def _column_qualifier(grid: Grid, column_no: int) -> tuple[str, ...]:
    """With more than one column of values, the column's name says whose value it is."""
    many = max(len(row.cells) for row in grid.rows) > 2
    return (grid.header[column_no],) if many and column_no < len(grid.header) and grid.header[column_no] else ()


def read_cell(parameter: str, cell: str) -> Iterator[Columns]:
    """Yield the values a cell prints, each with its own words, numbers, unit and qualifiers.

    A cell that prints no value of this parameter's dimension is one row of words, so that nothing printed is lost.
    """
    for part in _parts(cell, parameter):
        bare = _PARENTHESES.sub(lambda match: " " * len(match[0]), part)
        main = next((q for q in find_quantities(bare) if _fits(q, parameter)), None)
        inside = [match for match in _PARENTHESES.finditer(part)]
        asides = [(match, _aside_quantity(match[1], parameter)) for match in inside]
        if main is None:
            main = next((quantity for _, quantity in asides if quantity), None)
            yield _columns(part, main, _words_without_numbers(bare, None), [m[1] for m, q in asides if q is None])
            continue
        yield from _with_asides(part, main, bare, asides)


def _with_asides(
    part: str, main: Quantity, bare: str, asides: list[tuple[re.Match[str], Quantity | None]]
) -> Iterator[Columns]:
    """Yield the main value, its mean where the parentheses give one, then the values that stand in parentheses."""
    means = [q for match, q in asides if q and _MEAN.search(match[1])]
    words = [match[1] for match, q in asides if q is None]
    columns = _columns(part, main, _words_without_numbers(bare, main), words)
    if means:
        columns["value_mean"] = means[0].low
    yield columns
    for match, quantity in asides:
        if quantity and not _MEAN.search(match[1]):
            yield _columns(match[1], quantity, _words_without_numbers(match[1], quantity), [])


def _aside_quantity(words: str, parameter: str) -> Quantity | None:
    """A value in parentheses counts where it opens them and measures what the parameter measures."""
    quantity = next(find_quantities(words), None)
    if quantity is None or not _fits(quantity, parameter):
        return None
    opens = not words[: quantity.start].strip() or bool(_MEAN.fullmatch(words[: quantity.start].strip(" :=")))
    return quantity if opens else None


def _parts(cell: str, parameter: str) -> list[str]:
    """Split a cell where each part has a value of its own; else it stays whole."""
    parts = [part.strip() for part in _PART_EDGE.split(cell)]
    valued = [part for part in parts if any(_fits(q, parameter) for q in find_quantities(part))]
    return parts if len(parts) > 1 and len(valued) == len(parts) else [cell.strip()]


def _fits(quantity: Quantity, parameter: str) -> bool:
    """Whether the quantity measures what the parameter does: hours for a half-life, percent for an excretion."""
    wanted = load("kinetics")[parameter]["dimension"]
    if wanted in ("flow", "exposure"):
        return "/" in quantity.unit or "." in quantity.unit
    if wanted == "volume":
        return quantity.dimension == "volume"
    if wanted == "concentration":
        return quantity.dimension == "concentration"
    return bool(quantity.dimension == wanted)


def _columns(part: str, quantity: Quantity | None, words: tuple[str, ...], asides: list[str]) -> Columns:
    qualifiers = (*words, *(q for aside in asides for q in _qualifiers(aside)))
    if quantity is None:
        return {"text": part, "qualifiers": qualifiers}
    return {
        "text": part,
        "comparator": quantity.comparator,
        "value_low": quantity.low,
        "value_high": quantity.high,
        "value_mean": quantity.mean,
        "value_sd": quantity.sd,
        "unit": quantity.unit,
        "qualifiers": qualifiers,
    }


def _words_without_numbers(words: str, quantity: Quantity | None) -> tuple[str, ...]:
    """Return the qualifiers around a value: the organ before it, the matrix behind it."""
    if quantity is None:
        return _qualifiers(words)
    return (*_qualifiers(words[: quantity.start]), *_qualifiers(words[quantity.end :]))


def _qualifiers(words: str) -> tuple[str, ...]:
    """Split what qualifies a value at commas; a phrase of plain qualifier words is one qualifier a word."""
    out: list[str] = []
    for phrase in re.split(r"[;()]|,(?!\d{3}\b)", words):
        phrase = phrase.strip(" :.-–")
        single = phrase.split()
        if single and all(word.casefold() in _single_qualifiers() for word in single):
            out.extend(word[0].upper() + word[1:] for word in single)
        elif phrase:
            out.append(phrase[0].upper() + phrase[1:])
    return tuple(out)


@cache
def _single_qualifiers() -> frozenset[str]:
    return frozenset(load("qualifiers")["single"])


@cache
def _parameters() -> dict[str, str]:
    return {name.casefold(): parameter for parameter, entry in load("kinetics").items() for name in entry["names"]}


@cache
def _parameter_names() -> re.Pattern[str]:
    names = sorted(_parameters(), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(re.escape(name) for name in names)})(?!\w)", re.I)
