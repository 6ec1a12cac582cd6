"""A table as it is printed: rows of cells, which rows are headers, and the notes that stand in the last ones.

SPL tables are HTML tables by another name.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from labelpipe.readers.words import RAISED, SIGNS, marks_of, notes_of, words_of

MAX_HEADER_ROWS = 10
"""Leading rows that can be headers by their look."""

NUMERIC_SHARE = 0.5
"""A column with more cells of numbers than that is one of numbers."""

_NUMBER = re.compile(r"[<>≤≥~±+−–-]?\s*\d")
_new = tuple.__new__
_MARKS = re.compile(r"[*†‡§¶#]+$")


class Cell(NamedTuple):
    """A cell as printed.

    `row_span` 0 means down to the end of its row group. `is_header`: a th. `is_strong`: all its words are bold, which
    is how headers look where nothing marks them. `footnotes`: the notes it refers to by id. `parts`: what its words
    were made of, where there are superscripts or signs among them. `printed`: its
    words with the marks that only link to a note, where there are such.
    """

    text: str
    row_span: int = 1
    column_span: int = 1
    is_header: bool = False
    is_strong: bool = False
    footnotes: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    printed: str = ""

    @property
    def marks(self) -> tuple[str, ...]:
        """Its superscripts (`a`, `*`)."""
        return marks_of(self.parts)

    @property
    def notes(self) -> dict[str, str]:
        """The notes that stand in it, by the mark they begin with."""
        return notes_of(self.parts) if self.parts else {}


def plain_cell(text: str, is_header: bool) -> Cell:
    """Return a cell that is nothing but its words; most are, and so they are made with no detour."""
    return _new(Cell, (text, 1, 1, is_header, False, (), (), ""))


def cell_of(
    parts: Sequence[str],
    row_span: int = 1,
    column_span: int = 1,
    is_header: bool = False,
    is_strong: bool = False,
    footnotes: tuple[str, ...] = (),
) -> Cell:
    """Return a cell of gathered parts."""
    text = words_of(parts)
    is_marked = RAISED in parts or text[:1] in SIGNS
    return Cell(text, row_span, column_span, is_header, is_strong, footnotes, tuple(parts) if is_marked else ())


class Row(NamedTuple):
    """A printed row. Rows of one row group (thead, tbody, tfoot) share its number; `part` is the group's tag."""

    cells: tuple[Cell, ...]
    group: int = 0
    part: str = "tbody"
    locator: str = ""

    @property
    def text(self) -> str:
        """The cells' words with a tab between cells; none where no cell has a word."""
        text = "\t".join([cell.printed or cell.text for cell in self.cells])
        return "" if text.isspace() else text


def printed_order(rows: Sequence[Row]) -> Sequence[Row]:
    """Return the rows in the order of the grid: those of a tfoot go last, wherever they stand."""
    foot = [row for row in rows if row.part == "tfoot"]
    return [*(row for row in rows if row.part != "tfoot"), *foot] if foot else rows


def header_may_follow(row: Row) -> bool:
    """Whether a row that only looks like a header may stand behind this one: it is such a row itself, or the foot."""
    return row.part == "tfoot" or (row.part != "thead" and all(cell.is_strong or not cell.text for cell in row.cells))


def count_header_rows(rows: Sequence[Row]) -> int:
    """Count the leading rows of a thead, else of th cells only, else of bold cells only, else those that read so."""
    stated = next((n for n, row in enumerate(rows) if row.part != "thead"), len(rows))
    if stated:
        return stated
    marked = next((n for n, row in enumerate(rows) if not _all_of(row, "is_header")), len(rows))
    if marked:
        return marked
    if not rows or max(len(row.cells) for row in rows) < 2:
        return 0
    strong = next((n for n, row in enumerate(rows) if not _all_of(row, "is_strong")), len(rows))
    if strong > min(MAX_HEADER_ROWS, len(rows) - 1):
        return 0
    if not all(_is_title(row) for row in rows[:strong]):
        return strong
    return count_unmarked_headers(rows) or (0 if _titles_groups(rows, strong) else strong)


def _titles_groups(rows: Sequence[Row], n_titles: int) -> bool:
    """Whether the first rows title only what is right below them, as others further down do; notes end a table."""
    titles = [_is_title(row) for row in rows[n_titles:] if row.part != "tfoot"]
    while titles and titles[-1]:
        titles.pop()
    return any(titles)


def count_unmarked_headers(rows: Sequence[Row]) -> int:
    """Count the leading rows that name the columns, though nothing marks them.

    Such a row has a word over every column, and either none over the first one, or names over columns of numbers. A row
    of one wide cell above it is the table's title, and counts too.
    """
    first = next((n for n, row in enumerate(rows) if not _is_title(row)), len(rows))
    if first > MAX_HEADER_ROWS or first >= len(rows) - 1:
        return 0
    head, body = rows[first], rows[first + 1 :]
    if len(head.cells) < 2 or not all(cell.text for cell in head.cells[1:]):
        return 0
    if not head.cells[0].text:
        n_rows = 1 + next((n for n, row in enumerate(body) if not row.cells or row.cells[0].text), len(body))
    elif _names_numbers(head, body):
        n_rows = max((cell.row_span for cell in head.cells), default=1)
    else:
        return 0
    return first + n_rows if n_rows <= min(MAX_HEADER_ROWS, len(body)) else 0


def _is_title(row: Row) -> bool:
    return len(row.cells) == 1 and row.cells[0].column_span > 1


def _names_numbers(head: Row, body: Sequence[Row]) -> bool:
    """Whether most columns behind the first are of numbers, and the row has words over them."""
    width = sum(cell.column_span for cell in head.cells)
    full = [row for row in body if len(row.cells) == width]
    if not full or any(_NUMBER.match(cell.text) for cell in head.cells):
        return False
    numeric = [
        sum(bool(_NUMBER.match(row.cells[column].text)) for row in full) > NUMERIC_SHARE * len(full)
        for column in range(1, width)
    ]
    return sum(numeric) > NUMERIC_SHARE * len(numeric)


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
    marks = list(cell.marks) if cell.parts else []
    if found := _MARKS.search(cell.text):
        marks.append(found[0])
    tied = [mark for mark in dict.fromkeys(marks) if mark in notes]
    own = cell.notes if tied else ()
    return [notes[mark] for mark in tied if mark not in own]
