"""Pipe tables to grids: headers, rules, uneven rows, empty cells, escaped pipes."""

import pytest
from pages import grids_of

from labelpipe.extract.tables import cell_rows, split_cells, table_rows


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("| a | b |", ("a", "b")),
        ("|a|b|", ("a", "b")),
        ("a | b | c", ("a", "b", "c")),
        ("| a | | c |", ("a", "", "c")),
        ("| | b |", ("", "b")),
        (r"| a \| b | c |", ("a | b", "c")),
        (r"| a | b\||", ("a", "b|")),
    ],
)
def test_split_cells(line: str, cells: tuple[str, ...]) -> None:
    assert split_cells(line) == cells


def test_rule_line_ends_the_header_and_is_no_row() -> None:
    [grid] = grids_of("| Parameter | Value |", "|---|---|", "| Tmax | 2 h |")
    assert grid.header == ("Parameter", "Value")
    assert [row.cells for row in grid.body] == [("Tmax", "2 h")]


@pytest.mark.parametrize("rule", ["|---|---|", "| --- | --- |", "|:--|--:|", "|:-:|:-:|"])
def test_rule_lines_in_each_form(rule: str) -> None:
    [grid] = grids_of("| Alpha | Beta |", rule, "| 1 | 2 |")
    assert (len(grid.rows), grid.n_header_rows) == (2, 1)


def test_names_of_known_columns_are_a_header_without_a_rule() -> None:
    [grid] = grids_of("| Strength | Route |", "| 5 mg | ORAL |")
    assert grid.n_header_rows == 1


def test_table_without_header() -> None:
    [grid] = grids_of("| Tmax | 2 h |", "| Half-life | 5 h |")
    assert grid.n_header_rows == 0
    assert grid.header == ()


def test_second_rule_begins_another_table() -> None:
    first, second = grids_of("| A | B |", "|---|---|", "| 1 | 2 |", "| C | D |", "|---|---|", "| 3 | 4 |")
    assert [row.cells for row in first.rows] == [("A", "B"), ("1", "2")]
    assert [row.cells for row in second.rows] == [("C", "D"), ("3", "4")]
    assert second.header == ("C", "D")


def test_a_rule_alone_is_no_table() -> None:
    assert grids_of("|---|---|") == ()


def test_prose_between_two_tables_parts_them() -> None:
    assert [grid.table_no for grid in grids_of("| a | b |", "Now something else is told here.", "| c | d |")] == [1, 2]


def test_uneven_rows_keep_their_own_cells() -> None:
    grids = grids_of("| A | B | C |", "|---|---|---|", "| 1 | 2 |", "| 1 | 2 | 3 | 4 |")
    assert [table.n_columns for table in table_rows(grids)] == [4]
    cells = cell_rows(grids)
    assert [cell.text for cell in cells if cell.row_no == 3] == ["1", "2", "3", "4"]
    assert [cell.header_path for cell in cells if cell.row_no == 3] == [("A",), ("B",), ("C",), ()]


def test_every_cell_knows_its_place_and_its_block() -> None:
    grids = grids_of("| A | B |", "|---|---|", "| 1 | |")
    cells = cell_rows(grids)
    assert [(c.row_no, c.column_no, c.text, c.is_header) for c in cells] == [
        (1, 1, "A", True),
        (1, 2, "B", True),
        (2, 1, "1", False),
        (2, 2, "", False),
    ]
    assert {cell.block_no for cell in cells} == {1, 3}
