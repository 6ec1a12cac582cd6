"""A table as it is printed: rows of cells, which rows are headers, and the notes that stand in the last ones.

SPL tables are HTML tables by another name.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

MAX_HEADER_ROWS = 10
"""Leading rows that can be headers by their look."""

_MARKS = re.compile(r"[*†‡§¶#]+$")


class Cell(NamedTuple):
    """A cell as printed.

    `row_span` 0 means down to the end of its row group. `is_header`: a th. `is_strong`: all its words are bold, which
    is how headers look where nothing marks them. `footnotes`: the notes it refers to by id. `marks`: its superscripts
    (`a`, `*`); `notes`: the notes that stand in it, by the mark they begin with. `printed`: its words with the marks
    that only link to a note, where there are such.
    """

    text: str
    row_span: int = 1
    column_span: int = 1
    is_header: bool = False
    is_strong: bool = False
    footnotes: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    notes: Mapping[str, str] = MappingProxyType({})
    printed: str = ""


class Row(NamedTuple):
    """A printed row. Rows of one row group (thead, tbody, tfoot) share its number; `part` is the group's tag."""

    cells: tuple[Cell, ...]
    group: int = 0
    part: str = "tbody"
    locator: str = ""

    @property
    def text(self) -> str:
        """The cells' words with a tab between cells; blank where no cell has a word."""
        return "\t".join([cell.printed or cell.text for cell in self.cells])


def printed_order(rows: Iterable[Row]) -> list[Row]:
    """Return the rows in the order of the grid: those of a tfoot go last, wherever they stand."""
    return sorted(rows, key=lambda row: row.part == "tfoot")


def count_header_rows(rows: Sequence[Row]) -> int:
    """Count the leading rows of a thead, else of th cells only, else those that look like headers."""
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


def own_notes(rows: Sequence[Row]) -> dict[str, str]:
    """Gather the notes of the last rows: those of one cell, or of the tfoot."""
    notes: dict[str, str] = {}
    for row in reversed(rows):
        worded = [cell for cell in row.cells if cell.text]
        if row.part != "tfoot" and len(worded) > 1:
            break
        for cell in worded:
            notes = {**cell.notes, **notes}
    return notes


def tied_notes(cell: Cell, notes: Mapping[str, str]) -> list[str]:
    """Return the notes that the cell's marks point at, less those that stand in the cell itself."""
    marks = list(cell.marks)
    if found := _MARKS.search(cell.text):
        marks.append(found[0])
    return [notes[mark] for mark in dict.fromkeys(marks) if mark in notes and mark not in cell.notes]
