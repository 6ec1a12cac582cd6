"""Tables whose cells the reader has placed: their sections, and their rows as the other extractors read them."""

import re
from collections import defaultdict
from collections.abc import Sequence

from labelpipe.extract.tables import Grid, Row
from labelpipe.model import Block, Reading, Table, TableCell

_MARK = re.compile(r"(?<=[\d%)])(?:[a-z](?:,[a-z])*|[*†‡§¶#]+)$")

_TIMES = re.compile(r"^\s*(?:once|twice|three times|every|daily)\b|^[^|]{0,40}\d\s*(?:years?|months?|kg)\W*$", re.I)
"""What a cell says of all the rows that it spans: how often, for whom."""

WITHOUT_KINETICS = (
    *("adverse_reactions", "boxed_warning", "clinical_studies", "contraindications", "drug_interactions"),
    *("indications_and_usage", "how_supplied", "package_label", "warnings_and_precautions"),
    "patient_counseling_information",
)
"""Sections whose tables have words such as `absorption` and `metabolism` for other things."""


def stated_tables(reading: Reading, blocks: Sequence[Block]) -> tuple[Table, ...]:
    """Return the tables, each with the section that its first row stands in."""
    first: dict[int, int] = {}
    for cell in reading.table_cells:
        first.setdefault(cell.table_no, cell.block_no)
    return tuple(table._replace(section=blocks[first[table.table_no] - 1].section) for table in reading.tables)


def stated_grids(reading: Reading, blocks: Sequence[Block]) -> tuple[Grid, ...]:
    """Return the tables as grids, in which a header says its words over every column and row that it spans."""
    cells: dict[int, list[TableCell]] = defaultdict(list)
    for cell in reading.table_cells:
        cells[cell.table_no].append(cell)
    return tuple(_grid(table, cells[table.table_no], blocks) for table in reading.tables)


def kinetic_grids(grids: Sequence[Grid]) -> tuple[Grid, ...]:
    """Return the tables that may list kinetic values: those of a label's reactions, interactions and trials do not."""
    return tuple(grid for grid in grids if grid.section not in WITHOUT_KINETICS)


def _grid(table: Table, cells: list[TableCell], blocks: Sequence[Block]) -> Grid:
    words = [[""] * table.n_columns for _ in range(table.n_rows)]
    block_nos = [0] * table.n_rows
    for cell in cells:
        block_nos[cell.row_no - 1] = cell.block_no
        rows, columns = _said_in(cell, table.n_header_rows)
        for row in range(cell.row_no - 1, min(cell.row_no - 1 + rows, table.n_rows)):
            for column in range(cell.column_no - 1, min(cell.column_no - 1 + columns, table.n_columns)):
                words[row][column] = words[row][column] or _without_mark(cell)
    for row, block_no in enumerate(block_nos):
        block_nos[row] = block_no or block_nos[row - 1]
    first = blocks[cells[0].block_no - 1]
    rows_ = tuple(Row(blocks[number - 1], tuple(said)) for number, said in zip(block_nos, words, strict=True))
    return Grid(table.table_no, rows_, table.n_header_rows, first.section, table.caption)


def _without_mark(cell: TableCell) -> str:
    """Return a cell's words less the mark of a footnote that stuck to its number: `6 to 7a` is 6 to 7."""
    return _MARK.sub("", cell.text) if cell.footnotes else cell.text


def _said_in(cell: TableCell, n_header_rows: int) -> tuple[int, int]:
    """Return over how many rows and columns a cell's words hold: a header's over all, over its rows what says whom."""
    if cell.row_no <= n_header_rows or cell.is_header:
        return cell.row_span, cell.column_span
    return (cell.row_span, 1) if cell.column_no == 1 or _TIMES.search(cell.text) else (1, 1)
