"""Every cell once, where the HTML standard puts it."""

import os
import time
from pathlib import Path
from random import Random

import pytest
from lxml import etree
from table_standard import places

from labelpipe.readers.flow import Flow
from labelpipe.readers.grid import MAX_SLOTS, Grid, GridTooLarge, form_grid
from labelpipe.readers.printed import Cell, Row, cell_of, printed_order
from labelpipe.readers.spl_body import SplBody
from labelpipe.readers.spl_references import References
from labelpipe.readers.words import BREAK, LEVEL, RAISED

SHARED = Path(os.environ.get("LABELPIPE_SHARED", "/nowhere"))
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="LABELPIPE_SHARED names no folder of corpora")


def form(rows: list[Row]) -> Grid:
    return form_grid(printed_order(rows), [1] * len(rows))


def grid_places(rows: list[Row]) -> list[tuple[int, int]]:
    return [(cell.row_no, cell.column_no) for cell in form(rows).cells]


def test_cells_go_around_a_cell_that_spans_rows() -> None:
    rows = [Row((Cell("Dose", row_span=2), Cell("Adults"))), Row((Cell("Children"), Cell("none")))]
    assert grid_places(rows) == [(1, 1), (1, 2), (2, 2), (2, 3)]


def test_headers_are_the_cells_above() -> None:
    head = [
        Row((Cell("Effect", row_span=2), Cell("Patients", column_span=2)), 1, "thead"),
        Row((Cell("Lorvel"), Cell("Placebo")), 1, "thead"),
    ]
    body = [Row((Cell("Cough"), Cell("3 %"), Cell("1 %")), 2)]
    grid = form(head + body)
    assert grid.n_header_rows == 2
    assert [cell.header_path for cell in grid.cells[-3:]] == [
        ("Effect",),
        ("Patients", "Lorvel"),
        ("Patients", "Placebo"),
    ]
    assert [cell.is_header for cell in grid.cells] == [True] * 4 + [False] * 3


@pytest.mark.parametrize("trait", ["is_header", "is_strong"])
def test_a_first_row_that_looks_like_a_header_is_one(trait: str) -> None:
    head = Row((Cell("Form", **{trait: True}), Cell("Strength", **{trait: True})))  # type: ignore[arg-type]
    grid = form([head, Row((Cell("tablet"), Cell("5 mg")))])
    assert grid.n_header_rows == 1
    assert grid.cells[3].header_path == ("Strength",)


def bold(*words: str) -> Row:
    return Row(tuple(Cell(word, is_strong=True) for word in words))


def plain(*words: str) -> Row:
    return Row(tuple(Cell(word) for word in words))


def title(words: str, is_strong: bool = True) -> Row:
    return Row((Cell(words, column_span=2, is_strong=is_strong),))


@pytest.mark.parametrize(
    ("rows", "n_header_rows"),
    [
        pytest.param([bold("a", "b"), bold("c", "d")], 0, id="all in bold"),
        pytest.param([bold("box"), plain("words"), plain("words")], 0, id="one column"),
        pytest.param([bold("Form", "Share"), plain("tablet", "5"), plain("patch", "6")], 1, id="bold"),
        pytest.param([plain("", "Lorvel"), plain("Cough", "often")], 1, id="nothing over the first column"),
        pytest.param([plain("", "Lorvel"), plain("", "(n = 30)"), plain("Cough", "often")], 2, id="twice nothing"),
        pytest.param([plain("Effect", "Share"), plain("Cough", "3 %"), plain("Rash", "< 1 %")], 1, id="over numbers"),
        pytest.param([plain("Cough", "3 %"), plain("Rash", "1 %")], 0, id="numbers from the first row on"),
        pytest.param([plain("Ask first", "Call"), plain("Never", "Wait")], 0, id="words over words"),
        pytest.param([title("Table 1"), plain("", "Share"), plain("Rash", "1 %")], 2, id="below a title"),
        pytest.param([title("Table 1"), plain("Cough", "often"), title("note")], 1, id="a title and a note"),
        pytest.param(
            [title("Heart"), plain("Pulse", "up"), title("Skin"), plain("Rash", "red")], 0, id="titles of groups"
        ),
    ],
)
def test_rows_that_look_like_headers(rows: list[Row], n_header_rows: int) -> None:
    assert form(rows).n_header_rows == n_header_rows


def test_headers_that_span_rows_are_so_many() -> None:
    head = Row((Cell("Effect", row_span=2), Cell("Share", column_span=2)))
    rows = [head, plain("adults", "children"), plain("Cough", "3", "4"), plain("Rash", "1", "2")]
    grid = form(rows)
    assert grid.n_header_rows == 2
    assert [cell.header_path for cell in grid.cells if cell.text == "4"] == [("Share", "children")]


def test_a_span_of_zero_ends_with_its_group() -> None:
    rows = [Row((Cell("a", row_span=0), Cell("b")), 1), Row((Cell("c"),), 1), Row((Cell("d"),), 2)]
    grid = form(rows)
    assert grid.cells[0].row_span == 2
    assert [(cell.row_no, cell.column_no) for cell in grid.cells] == [(1, 1), (1, 2), (2, 2), (3, 1)]


def test_the_foot_goes_last_wherever_it_stands() -> None:
    rows = [Row((Cell("note"),), 1, "tfoot"), Row((Cell("body"),), 2)]
    assert [cell.text for cell in form(rows).cells] == ["body", "note"]


def test_a_mark_finds_its_note_in_the_last_row() -> None:
    rows = [
        Row((Cell("Cough"), cell_of(["3 %", RAISED, "a", LEVEL]))),
        Row((Cell("Fever*"), Cell("1 %"))),
        Row((cell_of([RAISED, "a", LEVEL, " adults only", BREAK, "* once"], column_span=2),)),
    ]
    assert [cell.footnotes for cell in form(rows).cells] == [(), ("adults only",), ("once",), (), ()]


def test_rows_of_other_widths_are_named() -> None:
    assert form([Row((Cell("a"), Cell("b"))), Row((Cell("c"),))]).uneven_rows == (2,)


def test_spans_cannot_eat_memory() -> None:
    rows = [Row(tuple(Cell("x", row_span=65534, column_span=1000) for _ in range(50)))] * 50
    started = time.monotonic()
    with pytest.raises(GridTooLarge):
        form(rows)
    assert time.monotonic() - started < 5
    flow = Flow()
    assert flow.add_table(rows, None) is None
    assert [block.kind for block in flow.blocks] == ["table_row"] * 50
    assert flow.findings[0].rule == "uneven_table"
    assert MAX_SLOTS <= 1_000_000


def test_random_tables_agree_with_the_standard() -> None:
    random = Random("grid")
    for _ in range(4000):
        rows = random_table(random)
        assert grid_places(rows) == places(rows)


def random_table(random: Random) -> list[Row]:
    parts = random.choices(["thead", "tbody", "tfoot"], k=random.randint(1, 3))
    return [
        Row(tuple(random_cell(random) for _ in range(random.randint(0, 4))), group, part)
        for group, part in enumerate(sorted(parts, key="thead tbody tfoot".index))
        for _ in range(random.randint(1, 4))
    ]


def random_cell(random: Random) -> Cell:
    spans = [1, 1, 1, 1, 2, 2, 3, 5, 0, -1]
    return Cell("x", random.choice(spans), random.choice(spans))


@needs_shared
def test_real_tables_agree_with_the_standard() -> None:
    files = sorted((SHARED / "corpus" / "tables").glob("*.xml"))
    right = 0
    for file in files:
        root = etree.fromstring(file.read_bytes())
        flow = Flow()
        SplBody(flow, References(None)).table(root, "/*")
        expected = places(printed_rows(root))
        found = [(cell.row_no, cell.column_no) for cell in flow.cells]
        right += found == expected or (not flow.cells and not "".join(map(str, root.itertext())).strip())
    assert len(files) == 644
    assert right >= 0.99 * len(files)


def printed_rows(table: etree._Element) -> list[Row]:
    rows = []
    for number, group in enumerate(table):
        part = etree.QName(group).localname
        for row in group if part in ("thead", "tbody", "tfoot") else ():
            cells = [Cell("", int(cell.get("rowspan", "1")), int(cell.get("colspan", "1"))) for cell in row]
            rows.append(Row(tuple(cells), number, part))
    return rows
