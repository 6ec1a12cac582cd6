"""Rows of cells to a grid, after the HTML standard's algorithm for forming a table (whatwg.org, 4.9.12.1).

A reader gives `Row`s of `Cell`s as they are printed; `form_grid` says where each one stands, which rows are headers,
and which footnotes a cell's marks point at. SPL tables are HTML tables by another name.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from types import MappingProxyType
from typing import NamedTuple

MAX_COLUMN_SPAN = 1000
MAX_ROW_SPAN = 65534
"""What the standard clamps spans to."""

MAX_SLOTS = 1_000_000
"""A grid of more places is no table that somebody drew; it would be a way to eat memory."""

MAX_HEADER_ROWS = 10
"""Leading rows that can be headers by their look, and headers that a cell has above it."""

_MARKS = re.compile(r"[*†‡§¶#]+$")


class GridTooLarge(ValueError):
    """The spans make more than MAX_SLOTS places."""


class Cell(NamedTuple):
    """A cell as printed.

    `row_span` 0 means down to the end of its row group. `is_header`: a th. `is_strong`: all its words are bold, which
    is how headers look where nothing marks them. `footnotes`: the notes it refers to by id. `marks`: its superscripts
    (`a`, `*`); `notes`: the notes that stand in it, by the mark they begin with.
    """

    text: str
    row_span: int = 1
    column_span: int = 1
    is_header: bool = False
    is_strong: bool = False
    footnotes: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    notes: Mapping[str, str] = MappingProxyType({})


class Row(NamedTuple):
    """A printed row. Rows of one row group (thead, tbody, tfoot) share its number; `part` is the group's tag."""

    cells: tuple[Cell, ...]
    group: int = 0
    part: str = "tbody"
    locator: str = ""

    @property
    def text(self) -> str:
        """The cells' words with a tab between cells; blank where no cell has a word."""
        return "\t".join([cell.text for cell in self.cells])


class Placed(NamedTuple):
    """A cell at its place. Numbers count from 1; spans are what the cell covers in the grid."""

    cell: Cell
    row_no: int
    column_no: int
    row_span: int
    column_span: int
    is_header: bool
    header_path: tuple[str, ...]
    footnotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with every cell at its place.

    `printed` holds for each printed row its number in the grid and the row. They differ from a plain count where a cell
    spans over the end of a row group: the standard adds rows then. `uneven_rows` have a place that no cell covers, or
    one that two cells cover.
    """

    cells: tuple[Placed, ...]
    printed: tuple[tuple[int, Row], ...]
    n_rows: int
    n_columns: int
    n_header_rows: int
    uneven_rows: tuple[int, ...]


def form_grid(rows: Sequence[Row], notes: Mapping[str, str] | None = None) -> Grid:
    """Place the cells of a table; the rows of a tfoot go last, wherever they stand.

    `notes` are footnotes that stand outside the table, by mark; those in its last rows are found here.

    Raises:
        GridTooLarge: spans beyond MAX_SLOTS.
    """
    ordered = [row for row in rows if row.part != "tfoot"] + [row for row in rows if row.part == "tfoot"]
    shape = _Shape()
    for _, group in groupby(ordered, key=lambda row: row.group):
        shape.add_group(list(group))
    n_header_rows = _count_header_rows(shape.printed)
    known = {**(notes or {}), **_own_notes(shape.printed[n_header_rows:])}
    return Grid(
        cells=_finish(shape, n_header_rows, known),
        printed=tuple(shape.printed),
        n_rows=shape.printed[-1][0] if shape.printed else 0,
        n_columns=len(shape.free_from),
        n_header_rows=_grid_row(shape.printed, n_header_rows),
        uneven_rows=shape.uneven_rows(),
    )


@dataclass(slots=True)
class _Shape:
    """The grid while it grows. `free_from` holds for each column the first row (from 0) that nothing covers yet."""

    free_from: list[int] = field(default_factory=list)
    placed: list[tuple[Cell, int, int, int, int]] = field(default_factory=list)
    printed: list[tuple[int, Row]] = field(default_factory=list)
    height: int = 0

    def add_group(self, rows: list[Row]) -> None:
        """Place a row group; what spans over its end adds rows to it."""
        start = self.height
        self.height = start + len(rows)
        group_end = self.height
        for y, row in enumerate(rows, start):
            self.printed.append((y + 1, row))
            self._add_row(row, y, group_end)

    def _add_row(self, row: Row, y: int, group_end: int) -> None:
        x, free_from = 0, self.free_from
        for cell in row.cells:
            while x < len(free_from) and free_from[x] > y:
                x += 1
            width, height = cell.column_span, cell.row_span
            if width != 1 or height != 1:
                width = min(max(width, 1), MAX_COLUMN_SPAN)
                height = group_end - y if height == 0 else min(max(height, 1), MAX_ROW_SPAN)
            bottom = y + height
            self.height = max(self.height, bottom)
            if (x + width) * self.height > MAX_SLOTS:
                raise GridTooLarge(f"{self.height} rows by {x + width} columns")
            self.placed.append((cell, y, x, height, width))
            for x in range(x, x + width):  # noqa: B020
                if x == len(free_from):
                    free_from.append(bottom)
                elif free_from[x] < bottom:
                    free_from[x] = bottom
            x += 1

    def uneven_rows(self) -> tuple[int, ...]:
        """Return the printed rows in which the widths of the cells do not add up to the grid's."""
        widths = [0] * (self.height + 1)
        for _, y, _, height, width in self.placed:
            for row in range(y, min(y + height, self.height)):
                widths[row] += width
        full = len(self.free_from)
        return tuple([number for number, _ in self.printed if widths[number - 1] != full])


def _grid_row(printed: Sequence[tuple[int, Row]], n_printed: int) -> int:
    """Return how many rows of the grid the first `n_printed` printed rows are."""
    if n_printed < len(printed):
        return printed[n_printed][0] - 1
    return printed[-1][0] if printed else 0


def _count_header_rows(printed: Sequence[tuple[int, Row]]) -> int:
    """Count the leading rows of a thead, else of th cells only, else those that look like headers."""
    rows = [row for _, row in printed]
    stated = next((n for n, row in enumerate(rows) if row.part != "thead"), len(rows))
    if stated:
        return stated
    marked = next((n for n, row in enumerate(rows) if not _all_of(row, "is_header")), len(rows))
    if marked:
        return marked
    strong = next((n for n, row in enumerate(rows) if not _all_of(row, "is_strong")), len(rows))
    return strong if strong <= min(MAX_HEADER_ROWS, len(rows) - 1) else 0


def _all_of(row: Row, trait: str) -> bool:
    """Whether every cell that has words has the trait, and there is one."""
    worded = [cell for cell in row.cells if cell.text]
    return bool(worded) and all(getattr(cell, trait) for cell in worded)


def _own_notes(printed: Sequence[tuple[int, Row]]) -> dict[str, str]:
    """Gather the notes of the last rows: those of one cell, or of the tfoot."""
    notes: dict[str, str] = {}
    for _, row in reversed(printed):
        worded = [cell for cell in row.cells if cell.text]
        if row.part != "tfoot" and len(worded) > 1:
            break
        for cell in worded:
            notes = {**cell.notes, **notes}
    return notes


def _finish(shape: _Shape, n_header_rows: int, notes: Mapping[str, str]) -> tuple[Placed, ...]:
    """Give each cell its headers and footnotes."""
    head = _grid_row(shape.printed, n_header_rows)
    last = shape.printed[-1][0] if shape.printed else 0
    above: list[tuple[str, ...]] = [()] * len(shape.free_from)
    out: list[Placed] = []
    for cell, y, x, height, width in shape.placed:
        path = above[x]
        in_head = y < head
        if in_head and cell.text and len(path) < MAX_HEADER_ROWS:
            for column in range(x, x + width):
                above[column] = (*above[column], cell.text)
        footnotes = (*cell.footnotes, *_tied(cell, notes)) if notes else cell.footnotes
        covered = height if height == 1 else min(height, max(last - y, 1))
        out.append(Placed(cell, y + 1, x + 1, covered, width, in_head or cell.is_header, path, footnotes))
    return tuple(out)


def _tied(cell: Cell, notes: Mapping[str, str]) -> list[str]:
    """Return the notes that the cell's marks point at, less those that stand in the cell itself."""
    marks = list(cell.marks)
    if found := _MARKS.search(cell.text):
        marks.append(found[0])
    return [notes[mark] for mark in dict.fromkeys(marks) if mark in notes and mark not in cell.notes]
