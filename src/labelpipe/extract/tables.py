"""Pipe tables to grids: which rows are headers, and every cell at its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from labelpipe.model import Block, Table, TableCell
from labelpipe.vocabulary import load

_RULE_CELL = re.compile(r":?-{2,}:?|:-+:?|-+:")
_CELL_EDGE = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Row:
    """One printed row: its block and its cells."""

    block: Block
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its rows; the first `n_header_rows` are headers."""

    table_no: int
    rows: tuple[Row, ...]
    n_header_rows: int
    section: str | None
    caption: str | None = None

    @property
    def header(self) -> tuple[str, ...]:
        """The cells of the last header row, or nothing."""
        return self.rows[self.n_header_rows - 1].cells if self.n_header_rows else ()

    @property
    def body(self) -> tuple[Row, ...]:
        """The rows that are no headers."""
        return self.rows[self.n_header_rows :]


def read_grids(blocks: tuple[Block, ...]) -> tuple[Grid, ...]:
    """Return the tables of a document, in order. A rule line (`|---|---|`) ends the header rows and is no row."""
    runs = (part for run in _runs(blocks) for part in _tables(run))
    return tuple(_to_grid(number, run) for number, run in enumerate(runs, 1))


def _runs(blocks: tuple[Block, ...]) -> Iterator[list[Row]]:
    run: list[Row] = []
    for block in blocks:
        if block.kind == "table_row":
            run.append(Row(block, split_cells(block.text)))
        elif run and block.kind != "noise":
            yield run
            run = []
    if run:
        yield run


def _tables(run: list[Row]) -> Iterator[list[Row]]:
    """Cut a run of rows into tables: a second rule line begins another one with the row above it."""
    rules = [index for index, row in enumerate(run) if _is_rule(row)]
    starts = [0, *(rule - 1 for above, rule in pairwise(rules) if rule - above > 2)]
    for start, end in pairwise([*starts, len(run)]):
        if not all(_is_rule(row) for row in run[start:end]):
            yield run[start:end]


def _is_rule(row: Row) -> bool:
    return all(map(_RULE_CELL.fullmatch, row.cells))


def _to_grid(number: int, run: list[Row]) -> Grid:
    rows: list[Row] = []
    n_header_rows = 0
    for row in run:
        if _is_rule(row):
            n_header_rows = n_header_rows or len(rows)
        else:
            rows.append(row)
    if not n_header_rows and len(rows) > 1 and _names_columns(rows[0].cells):
        n_header_rows = 1
    return Grid(number, tuple(rows), n_header_rows, run[0].block.section)


def split_cells(line: str) -> tuple[str, ...]:
    r"""Split a pipe-table line into its cells; `\|` is a pipe within a cell.

    >>> split_cells("| Half-life | 3 h |")
    ('Half-life', '3 h')
    """
    inner = line.strip()
    inner = inner.removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    if "\\" not in inner:
        return tuple(map(str.strip, inner.split("|")))
    return tuple(cell.strip().replace("\\|", "|") for cell in _CELL_EDGE.split(inner))


def _names_columns(cells: tuple[str, ...]) -> bool:
    """Whether every cell is a wording that heads a column."""
    return all(cell.casefold() in _column_wordings() for cell in cells)


@cache
def _column_wordings() -> frozenset[str]:
    columns = load("products")["columns"].values()
    return frozenset(wording for wordings in columns for wording in wordings) | {"parameter", "value", "measure"}


def table_rows(grids: tuple[Grid, ...]) -> tuple[Table, ...]:
    """Return the `tables` rows."""
    return tuple(
        Table(
            table_no=grid.table_no,
            section=grid.section,
            caption=None,
            n_rows=len(grid.rows),
            n_columns=max(len(row.cells) for row in grid.rows),
            n_header_rows=grid.n_header_rows,
        )
        for grid in grids
    )


def cell_rows(grids: tuple[Grid, ...]) -> tuple[TableCell, ...]:
    """Return the `table_cells` rows."""
    return tuple(cell for grid in grids for cell in _cells(grid))


def _cells(grid: Grid) -> Iterator[TableCell]:
    for row_no, row in enumerate(grid.rows, 1):
        above = grid.rows[: min(grid.n_header_rows, row_no - 1)]
        for column_no, text in enumerate(row.cells, 1):
            path = tuple(r.cells[column_no - 1] for r in above if column_no <= len(r.cells))
            yield TableCell(
                table_no=grid.table_no,
                row_no=row_no,
                column_no=column_no,
                text=text,
                block_no=row.block.block_no,
                is_header=row_no <= grid.n_header_rows,
                header_path=path,
            )
