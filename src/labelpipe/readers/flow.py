"""Collecting blocks: spans, numbers, stated sections and tables.

A structured reader walks its format and tells a `Flow` what it meets, in document order; the Flow keeps count.
"""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

from labelpipe.model import Block, Finding, Reading, StatedSection, Table, TableCell
from labelpipe.readers.grid import GridTooLarge, form_grid
from labelpipe.readers.printed import Row, printed_order

_UNPLACED = Block(1, "", "", 0, 0, "")[7:]
_new = tuple.__new__


class Flow:
    """The blocks of one document while it is read.

    `blocks`, `sections`, `tables`, `cells` and `findings` grow in document order; numbers count from 1.
    """

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.tables: list[Table] = []
        self.cells: list[TableCell] = []
        self.findings: list[Finding] = []
        self._end = -1
        self._sections: list[_Section] = []
        self._open: list[_Section] = []

    def add(self, kind: str, words: str, locator: str, field: str | None = None) -> int | None:
        """Add a block in the innermost open section and return its number, or None where there are no words.

        `words` come as `words_of` leaves them: no line ends, white space collapsed.
        """
        if not words:
            return None
        start = self._end + 1
        self._end = end = start + len(words)
        number = len(self.blocks) + 1
        self.blocks.append(_new(Block, (number, kind, words, start, end, locator, field, *_UNPLACED)))
        if self._open:
            self._open[-1].block_nos.append(number)
        return number

    def open_section(self, code: str | None, title: str | None) -> int:
        """Open a section within the innermost open one and return its number; its heading is a block to be added."""
        section = _Section(len(self._sections) + 1, self._open[-1] if self._open else None, code, title)
        self._sections.append(section)
        self._open.append(section)
        return section.number

    def title_section(self, title: str) -> None:
        """Say what the innermost open section is called, where that was not known when it was opened."""
        self._open[-1].title = title

    def close_section(self) -> None:
        """Close the innermost open section."""
        self._open.pop()

    def add_table(
        self,
        rows: Sequence[Row],
        caption: str | None,
        notes: Mapping[str, str] | None = None,
        kind: str = "table_row",
    ) -> int | None:
        """Add a block for each row that has words, and the table's grid; return the table's number.

        None: there are no words, or it is no grid. The caption's own block is the reader's to add. What cannot be made
        a grid stays as rows, with a finding.
        """
        rows = printed_order(rows)
        numbers = [self.add(kind, row.text, row.locator) for row in rows]
        first = next(filter(None, numbers), None)
        if first is None:
            return None
        table_no = len(self.tables) + 1
        try:
            grid = form_grid(rows, _filled(numbers, first), table_no, notes)
        except GridTooLarge as error:
            message = f"a table is no grid ({error}); its rows are kept as text"
            self.findings.append(Finding("uneven_table", "info", message, first))
            return None
        self.tables.append(Table(table_no, None, caption, grid.n_rows, grid.n_columns, grid.n_header_rows))
        self.cells += grid.cells
        if grid.uneven_rows:
            self._say_uneven(table_no, grid.uneven_rows, first)
        return table_no

    def reading(self, source_format: str, language: str | None, **rest: Any) -> Reading:
        """Return everything collected; `rest` are further fields of the Reading (stated, products, ...)."""
        return Reading(
            source_format=source_format,
            text="\n".join([block.text for block in self.blocks]),
            blocks=tuple(self.blocks),
            language=language,
            findings=tuple(self.findings),
            stated_sections=tuple(section.stated() for section in self._sections),
            tables=tuple(self.tables),
            table_cells=tuple(self.cells),
            **rest,
        )

    def _say_uneven(self, table_no: int, uneven: tuple[int, ...], block_no: int) -> None:
        shown = ", ".join(map(str, uneven[:10])) + (", ..." if len(uneven) > 10 else "")
        message = f"table {table_no}: places without a cell, or with two, in row {shown}"
        self.findings.append(Finding("uneven_table", "info", message, block_no, evidence=shown))


def _filled(numbers: Sequence[int | None], first: int) -> list[int]:
    """Return the rows' blocks; a row without words counts to the block before it."""
    return list(accumulate(numbers, lambda last, number: number or last, initial=first))[1:]


class _Section:
    """A stated section while its blocks are collected."""

    __slots__ = ("block_nos", "code", "depth", "number", "parent", "title")

    def __init__(self, number: int, parent: "_Section | None", code: str | None, title: str | None) -> None:
        self.number, self.parent, self.code, self.title = number, parent, code, title
        self.depth: int = parent.depth + 1 if parent else 1
        self.block_nos: list[int] = []

    def stated(self) -> StatedSection:
        """Return the section as it travels on."""
        parent_no = self.parent.number if self.parent else None
        return StatedSection(self.number, parent_no, self.depth, self.code, self.title, tuple(self.block_nos))
