"""The rows and cells of a table in SPL markup."""

from typing import TYPE_CHECKING

from lxml import etree

from labelpipe.readers.flow import SIGNS, cell_of, words_of
from labelpipe.readers.grid import Cell, Row
from labelpipe.readers.spl_markup import HL7, is_strong, plain_words, span_of

if TYPE_CHECKING:
    from labelpipe.readers.spl_body import SplBody

_ROW_GROUPS = frozenset(HL7 + tag for tag in ("thead", "tbody", "tfoot"))


def read_rows(body: "SplBody", element: etree._Element, path: str) -> tuple[list[Row], str | None]:
    """Return a table's rows as they are printed, and its caption, which becomes a block here."""
    rows: list[Row] = []
    caption = None
    may_head = True
    for number, child in enumerate(element, 1):
        at = f"{path}/*[{number}]"
        if child.tag in _ROW_GROUPS:
            part = child.tag.removeprefix(HL7)
            for place, row in enumerate(child, 1):
                rows.append(_row(body, row, (number, part), f"{at}/*[{place}]", may_head))
                may_head = may_head and _may_follow(rows[-1])
        elif child.tag == HL7 + "tr":
            rows.append(_row(body, child, (0, "tbody"), at, may_head))
            may_head = may_head and _may_follow(rows[-1])
        elif child.tag == HL7 + "caption":
            body.gather(child, at)
            caption = words_of(body.parts) or None
            body.parts.clear()
            body.add("caption", caption or "", at)
    return rows, caption


def _may_follow(row: Row) -> bool:
    """Whether the next row may look like a header: nothing but such rows, or the foot, stand before it."""
    return row.part == "tfoot" or (row.part != "thead" and all(cell.is_strong or not cell.text for cell in row.cells))


def _row(body: "SplBody", element: etree._Element, group: tuple[int, str], path: str, may_head: bool) -> Row:
    cells = tuple([_cell(body, cell, path, number, may_head) for number, cell in enumerate(element, 1)])
    return Row(cells, *group, path)


def _cell(body: "SplBody", element: etree._Element, path: str, number: int, may_head: bool) -> Cell:
    rows, columns = span_of(element.get("rowspan")), span_of(element.get("colspan"))
    is_header = element.tag == HL7 + "th"
    strong = may_head and is_strong(element)
    words = plain_words(element)
    if words is not None and words[:1] not in SIGNS:
        return Cell(words, rows, columns, is_header, strong)
    body.cell_notes = []
    body.gather(element, f"{path}/*[{number}]")
    cell = cell_of(body.parts, rows, columns, is_header, strong, tuple(body.cell_notes))
    body.parts.clear()
    return cell
