"""Collecting blocks: words with their white space in order, spans, numbers, stated sections and tables.

A structured reader walks its format and tells a `Flow` what it meets, in document order; the Flow keeps count. Words
are gathered as a list of parts: the source's strings, with GAP, BREAK, RAISED, LOWERED and LEVEL between them where
the format says so, and `words_of` makes the block's words of them.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

from labelpipe.model import Block, Finding, Reading, StatedSection, Table, TableCell
from labelpipe.readers.grid import GridTooLarge, form_grid
from labelpipe.readers.printed import Cell, Row, printed_order

GAP = " "
"""White space that the format implies: between blocks, items, cells."""

BREAK, RAISED, LOWERED, LEVEL = "\ufdd3", "\ufdd0", "\ufdd1", "\ufdd2"
"""A line's end within a block (br); the start of a superscript, of a subscript, and the end of either.

Noncharacters of Unicode: no text holds them.
"""

_SCRIPTS = re.compile(f"[{RAISED}{LOWERED}{LEVEL}]+")
_NUMERAL = re.compile(r"[-+−–]?[0-9½¼¾⅓⅔]")
_RAISED = re.compile(f"{RAISED}([^{LEVEL}]*){LEVEL}")
_NOTE = re.compile(rf"\s*(?:{RAISED}\s*([^{LEVEL}]{{1,9}}?)\s*{LEVEL}|([*†‡§¶#]+))[\s.:)=]*(?=\S)")
_SEVERAL = re.compile(r"[\s,;]+")

SIGNS = frozenset("*†‡§¶#")
"""What a footnote's mark can be, other than a superscript."""


def words_of(parts: Sequence[str]) -> str:
    """Return the words of a block: white space collapsed, and a space where a script's digit meets a digit.

    >>> words_of(["10", RAISED, "6", LEVEL, " cells", BREAK, "daily"])
    '10 6 cells daily'
    """
    text = "".join(parts)
    if not text.isascii():
        text = text.replace(BREAK, " ")
        if LEVEL in text:
            text = _SCRIPTS.sub(_edge, text)
    return " ".join(text.split())


def _edge(match: re.Match[str]) -> str:
    """Return what stands at the edge of a script: a space between numerals, else nothing."""
    text, start = match.string, match.start()
    before = start and _NUMERAL.match(text, start - 1)
    return " " if before and _NUMERAL.match(text, match.end()) else ""


def cell_of(
    parts: Sequence[str],
    row_span: int = 1,
    column_span: int = 1,
    is_header: bool = False,
    is_strong: bool = False,
    footnotes: tuple[str, ...] = (),
) -> Cell:
    """Return a cell of gathered parts, with its superscripts and the notes that stand in it."""
    text = words_of(parts)
    if RAISED not in parts and text[:1] not in SIGNS:
        return Cell(text, row_span, column_span, is_header, is_strong, footnotes)
    return Cell(text, row_span, column_span, is_header, is_strong, footnotes, marks_of(parts), notes_of(parts))


def marks_of(parts: Sequence[str]) -> tuple[str, ...]:
    """Return the superscripts of gathered parts, `a,b` as two."""
    if RAISED not in parts:
        return ()
    raised = _RAISED.findall("".join(parts))
    return tuple(mark for words in raised for mark in _SEVERAL.split(words_of([words])) if mark)


def notes_of(parts: Sequence[str]) -> dict[str, str]:
    """Return the notes in gathered parts: the lines that begin with a superscript or a sign, by that mark."""
    notes: dict[str, str] = {}
    mark = ""
    for line in "".join(parts).split(BREAK):
        if found := _NOTE.match(line):
            mark = words_of([found[1] or found[2]])
            notes[mark] = words_of([line[found.end() :]])
        elif mark:
            notes[mark] = f"{notes[mark]} {words_of([line])}".strip()
    return notes


class Flow:
    """The blocks of one document while it is read.

    `blocks`, `sections`, `tables`, `cells` and `findings` grow in document order; numbers count from 1.
    """

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.tables: list[Table] = []
        self.cells: list[TableCell] = []
        self.findings: list[Finding] = []
        self._texts: list[str] = []
        self._end = -1
        self._sections: list[_Section] = []
        self._open: list[_Section] = []

    def add(self, kind: str, words: str, locator: str, field: str | None = None) -> int | None:
        """Add a block in the innermost open section and return its number, or None where there are no words.

        `words` come as `words_of` leaves them: no line ends, white space collapsed.
        """
        if not words or words.isspace():
            return None
        start = self._end + 1
        self._end = end = start + len(words)
        number = len(self._texts) + 1
        self._texts.append(words)
        self.blocks.append(Block(number, kind, words, start, end, locator, field))
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
            text="\n".join(self._texts),
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
