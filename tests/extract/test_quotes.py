"""On every text of the sample folder: a fact's quote is the text at its place."""

from pathlib import Path

import pytest

from labelpipe.extract.boxed_warnings import read_boxed_warnings
from labelpipe.extract.doses import read_doses
from labelpipe.extract.kinetics import read_kinetics
from labelpipe.extract.products import read_products
from labelpipe.extract.tables import cell_rows, read_grids
from labelpipe.model import Source
from labelpipe.readers import read

PAGES = sorted((Path(__file__).resolve().parents[2] / "raw").glob("*.txt"))


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_every_quote_is_the_text_at_its_place(page: Path) -> None:
    reading = read(Source(page.name, page.read_bytes()))
    # every paragraph counts as dosing here, so that as many doses as can be are looked at
    blocks = tuple(block._replace(section="dosage_and_administration") for block in reading.blocks)
    products = read_products(read_grids(blocks))
    quoted = [(dose.char_start, dose.char_end, dose.quote) for dose in read_doses(blocks, products)]
    for row in read_boxed_warnings(reading.blocks):
        if row.quote is not None:
            assert row.char_start is not None
            assert row.char_end is not None
            quoted.append((row.char_start, row.char_end, row.quote))
    assert all(reading.text[start:end] == quote for start, end, quote in quoted)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_every_kinetic_text_stands_in_its_row(page: Path) -> None:
    grids = read_grids(read(Source(page.name, page.read_bytes())).blocks)
    cells = {(cell.table_no, cell.row_no, cell.text) for cell in cell_rows(grids)}
    for value in read_kinetics(grids, (), frozenset()):
        assert any((t, r) == (value.table_no, value.row_no) and value.text in text for t, r, text in cells)
