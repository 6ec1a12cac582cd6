"""The rows and cells of a table in SPL markup."""

from typing import TYPE_CHECKING

from lxml import etree

from labelpipe.readers.printed import Cell, Row, cell_of, header_may_follow, plain_cell
from labelpipe.readers.spl_markup import HL7, is_strong, plain_words, span_of
from labelpipe.readers.words import SIGNS, words_of

if TYPE_CHECKING:
    from labelpipe.readers.spl_body import SplBody

_PARTS = {HL7 + tag: tag for tag in ("thead", "tbody", "tfoot")}
_HEADER = HL7 + "th"


def read_rows(body: "SplBody", element: etree._Element, path: str) -> tuple[list[Row], str | None, list[str]]:
    """Return a table's rows as they are printed, its caption, which becomes a block here, and what stands between."""
    reader = _TableReader(body)
    reader.table(element, path)
    return reader.rows, reader.caption, reader.strays


class _TableReader:
    """Reads one table. `strays`: words that stand between the cells, where a table should have none.

    `may_head`: the next row may look like a header: nothing but such rows, or the foot, stand before it.
    """

    def __init__(self, body: "SplBody") -> None:
        self.rows: list[Row] = []
        self.caption: str | None = None
        self.strays: list[str] = []
        self._body, self._may_head = body, True

    def table(self, element: etree._Element, path: str) -> None:
        """Read the whole table."""
        self._stray(element.text)
        for number, child in enumerate(element, 1):
            at, tag = f"{path}/*[{number}]", child.tag
            if tag in _PARTS:
                self._stray(child.text)
                for place, row in enumerate(child, 1):
                    self._row(row, number, _PARTS[tag], f"{at}/*[{place}]")
                    self._stray(row.tail)
            elif tag == HL7 + "tr":
                self._row(child, 0, "tbody", at)
            elif tag == HL7 + "caption":
                self._caption(child, at)
            self._stray(child.tail)

    def _stray(self, words: str | None) -> None:
        if words and not words.isspace():
            self.strays.append(words)

    def _caption(self, element: etree._Element, path: str) -> None:
        body = self._body
        body.gather(element, path)
        self.caption = words_of(body.parts) or None
        body.parts.clear()
        body.add("caption", self.caption or "", path)

    def _row(self, element: etree._Element, group: int, part: str, path: str) -> None:
        self._stray(element.text)
        may_head = self._may_head
        cells = []
        for number, cell in enumerate(element, 1):
            words = plain_words(cell)
            if may_head or words is None or words[:1] in SIGNS or cell.get("rowspan") or cell.get("colspan"):
                cells.append(self._cell(cell, words, f"{path}/*[{number}]"))
            else:
                cells.append(plain_cell(words, cell.tag == _HEADER))
            if (tail := cell.tail) and not tail.isspace():
                self.strays.append(tail)
        read = Row(tuple(cells), group, part, path)
        self.rows.append(read)
        self._may_head = may_head and header_may_follow(read)

    def _cell(self, element: etree._Element, words: str | None, path: str) -> Cell:
        """Read a cell that may be more than its words."""
        rows, columns = span_of(element.get("rowspan")), span_of(element.get("colspan"))
        is_header, strong = element.tag == _HEADER, self._may_head and is_strong(element)
        if words is not None and words[:1] not in SIGNS:
            return Cell(words, rows, columns, is_header, strong)
        body = self._body
        body.cell_notes = []
        body.gather(element, path)
        cell = cell_of(body.parts, rows, columns, is_header, strong, tuple(body.cell_notes))
        body.parts.clear()
        return cell
