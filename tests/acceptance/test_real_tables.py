"""Real tables, half of them with spans, as SPL and as HTML: every cell once, where the HTML standard puts it."""

import html
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from table_standard import places

import labelpipe
from labelpipe.model import Label
from labelpipe.readers.printed import Cell, Row

SHARED = Path(os.environ.get("LABELPIPE_SHARED", "/nowhere"))
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SHARED.is_dir(), reason="LABELPIPE_SHARED names no folder of corpora"),
]

N_TABLES, MIN_RIGHT = 644, 0.99
GROUPS = ("thead", "tbody", "tfoot")
Places = list[tuple[int, int, str]]


def tables() -> Iterator[etree._Element]:
    files = sorted((SHARED / "corpus/tables").glob("*.xml"))
    assert len(files) == N_TABLES
    yield from (etree.fromstring(path.read_bytes()) for path in files)


def words_of(cell: etree._Element) -> str:
    """Return the words of a cell; footnotes stand below the table, whatever cell they are written in."""
    out = cell.text or ""
    for inner in cell:
        if etree.QName(inner).localname != "footnote":
            out += words_of(inner)
        out += inner.tail or ""
    return out


def printed(table: etree._Element) -> list[Row]:
    """Return the rows that an independent reading of the markup finds."""
    rows = []
    for number, group in enumerate(table):
        part = etree.QName(group).localname
        for row in group if part in GROUPS else ():
            cells = [Cell(words_of(c), int(c.get("rowspan", "1")), int(c.get("colspan", "1"))) for c in row]
            rows.append(Row(tuple(cells), number, part))
    return rows


def expected(rows: list[Row]) -> Places:
    ordered = [row for row in rows if row.part != "tfoot"] + [row for row in rows if row.part == "tfoot"]
    cells = [cell for row in ordered for cell in row.cells]
    return [(*place, squeezed(cell.text)) for place, cell in zip(places(rows), cells, strict=True)]


def squeezed(words: str) -> str:
    return "".join(words.split())


def found(label: Label) -> Places:
    return [
        (cell.row_no, cell.column_no, squeezed(cell.text)) for cell in label.facts.table_cells if cell.table_no == 1
    ]


def as_spl(table: etree._Element) -> bytes:
    markup = etree.tostring(table, encoding="unicode", with_tail=False)
    return (
        '<document xmlns="urn:hl7-org:v3"><component><structuredBody><component><section><code code="34084-4"/>'
        f"<text><paragraph>Words.</paragraph>{markup}</text></section></component></structuredBody></component></document>"
    ).encode()


def as_page(rows: list[Row]) -> bytes:
    out = ["<!doctype html><p>Words.</p><table>"]
    for number, row in enumerate(rows):
        if not number or rows[number - 1].group != row.group:
            out.append(f"<{row.part}>")
        cells = (
            f'<td rowspan="{cell.row_span}" colspan="{cell.column_span}">{html.escape(cell.text)}</td>'
            for cell in row.cells
        )
        out.append(f"<tr>{''.join(cells)}</tr>")
        if number + 1 == len(rows) or rows[number + 1].group != row.group:
            out.append(f"</{row.part}>")
    return ("".join(out) + "</table>").encode()


@pytest.mark.parametrize("form", ["spl", "html"])
def test_every_cell_stands_once_where_the_standard_puts_it(form: str) -> None:
    n_right = 0
    for table in tables():
        rows = printed(table)
        label = labelpipe.parse(as_spl(table) if form == "spl" else as_page(rows))
        wanted = expected(rows)
        n_right += found(label) == (wanted if any(words for *_, words in wanted) else [])
    assert n_right >= MIN_RIGHT * N_TABLES, f"{n_right} of {N_TABLES}"
