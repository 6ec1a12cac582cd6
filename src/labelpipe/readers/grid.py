"""Rows of cells to a grid, after the HTML standard's algorithm for forming a table (whatwg.org, 4.9.12.1).

A reader gives `Row`s of `Cell`s as they are printed; `form_grid` says where each one stands, which headers are above
it, and which footnotes its marks point at.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from labelpipe.model import TableCell
from labelpipe.readers.printed import Cell, Row, count_header_rows, own_notes, tied_notes

MAX_COLUMN_SPAN = 1000
MAX_ROW_SPAN = 65534
"""What the standard clamps spans to."""

MAX_SLOTS = 1_000_000
"""A grid of more places is no table that somebody drew; it would be a way to eat memory."""

MAX_HEADERS = 10
"""Headers that a cell has above it."""


_new = tuple.__new__


class GridTooLarge(ValueError):
    """The spans make more than MAX_SLOTS places."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with every cell at its place.

    It has more rows than were printed where a cell spans over the end of a row group: the standard adds rows then.
    `uneven_rows` are printed, and have a place that no cell covers, or one that two cells cover.
    """

    cells: list[TableCell]
    n_rows: int
    n_columns: int
    n_header_rows: int
    uneven_rows: tuple[int, ...]


def form_grid(
    rows: Sequence[Row], block_nos: Sequence[int], table_no: int = 1, notes: Mapping[str, str] | None = None
) -> Grid:
    """Place the cells of a table.

    Args:
        rows: as `printed_order` leaves them.
        block_nos: for each row the block that its cells belong to.
        table_no: the table's number.
        notes: footnotes that stand outside the table, by mark; those in its last rows are found here.

    Raises:
        GridTooLarge: spans beyond MAX_SLOTS.
    """
    n_header_rows = count_header_rows(rows)
    shape = _Shape(table_no, n_header_rows, {**(notes or {}), **own_notes(rows[n_header_rows:])})
    numbers = iter(block_nos)
    for _, group in groupby(rows, key=attrgetter("group")):
        shape.add_group(list(group), numbers)
    return shape.grid()


class _Shape:
    """The grid while it grows; rows and columns count from 0 here.

    `free_from`: for each column the first row that no tall cell covers. `above`: for each column its headers so far.
    `reach`: the first row that no tall cell reaches into. `widths`: of the cells that begin in a row, together.
    """

    def __init__(self, table_no: int, n_header_rows: int, notes: Mapping[str, str]) -> None:
        self._table_no, self._n_header_rows, self._notes = table_no, n_header_rows, notes
        self._cells: list[TableCell] = []
        self._tall: list[int] = []
        self._free_from: list[int] = []
        self._above: list[tuple[str, ...]] = []
        self._widths: dict[int, int] = {}
        self._height = self._reach = 0

    def add_group(self, rows: Sequence[Row], block_nos: Iterator[int]) -> None:
        """Place a row group; what spans over its end adds rows to it."""
        start = self._height
        self._height = end = start + len(rows)
        for y, (row, block_no) in enumerate(zip(rows, block_nos, strict=False), start):
            in_head = len(self._widths) < self._n_header_rows
            first = len(self._cells)
            self._widths[y] = self._add_row(row.cells, block_no, y, end, in_head)
            if in_head:
                self._head(self._cells[first:])

    def _add_row(self, cells: tuple[Cell, ...], block_no: int, y: int, group_end: int, in_head: bool) -> int:
        """Place the cells of a row; return how wide they are together."""
        x = covered = 0
        table_no, row_no, add, above, notes = self._table_no, y + 1, self._cells.append, self._above, self._notes
        plain = self._reach <= y
        self._widen(len(cells))
        for cell in cells:
            if not plain:
                x = self._next_free(x, y)
            height, width, footnotes = cell.row_span, cell.column_span, cell.footnotes
            if height != 1 or width != 1:
                height, width = self._span(cell, x, y, group_end)
                plain = False
            if notes:
                footnotes = (*footnotes, *tied_notes(cell, notes))
            is_header = in_head or cell.is_header
            place = (table_no, row_no, x + 1, cell.text, block_no, is_header, above[x], height, width, footnotes)
            add(_new(TableCell, place))
            x += width
            covered += width
        return covered

    def _next_free(self, x: int, y: int) -> int:
        """Return the first column from x on that no tall cell covers in row y."""
        free_from = self._free_from
        while x < len(free_from) and free_from[x] > y:
            x += 1
        self._widen(x + 1)
        return x

    def _span(self, cell: Cell, x: int, y: int, group_end: int) -> tuple[int, int]:
        """Return how many rows and columns a cell covers, and keep them."""
        width = min(max(cell.column_span, 1), MAX_COLUMN_SPAN)
        height = group_end - y if cell.row_span == 0 else min(max(cell.row_span, 1), MAX_ROW_SPAN)
        bottom = y + height
        self._height = max(self._height, bottom)
        self._widen(x + width)
        if height > 1:
            self._tall.append(len(self._cells))
            self._reach = max(self._reach, bottom)
            self._free_from[x : x + width] = [max(row, bottom) for row in self._free_from[x : x + width]]
        return height, width

    def _widen(self, n_columns: int) -> None:
        """Have at least so many columns."""
        more = n_columns - len(self._above)
        if more > 0:
            self._above += [()] * more
            self._free_from += [0] * more
        if len(self._above) * self._height > MAX_SLOTS:
            raise GridTooLarge(f"{self._height} rows by {len(self._above)} columns")

    def _head(self, cells: Sequence[TableCell]) -> None:
        """Make headers of a row's cells for what stands below them."""
        above = self._above
        for cell in cells:
            if cell.text and len(cell.header_path) < MAX_HEADERS:
                for x in range(cell.column_no - 1, cell.column_no - 1 + cell.column_span):
                    above[x] = (*above[x], cell.text)

    def grid(self) -> Grid:
        """Return the finished grid: what reaches beyond the last printed row is cut off there."""
        n_rows = max(self._widths, default=-1) + 1
        for index in self._tall:
            cell = self._cells[index]
            height = min(cell.row_span, max(n_rows - cell.row_no + 1, 1))
            self._cells[index] = cell._replace(row_span=height)
            for y in range(cell.row_no, cell.row_no - 1 + height):
                if y in self._widths:
                    self._widths[y] += cell.column_span
        n_columns = len(self._above)
        printed = list(self._widths)
        return Grid(
            cells=self._cells,
            n_rows=n_rows,
            n_columns=n_columns,
            n_header_rows=printed[self._n_header_rows] if self._n_header_rows < len(printed) else n_rows,
            uneven_rows=tuple([y + 1 for y in printed if self._widths[y] != n_columns]),
        )
