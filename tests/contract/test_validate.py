"""Good rows and bad rows: every row is in one of the two, whatever is wrong with however many of them."""

import json
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import make_label

from labelpipe.contract import TABLES
from labelpipe.contract.rows import to_tables
from labelpipe.contract.validate import validate_table
from labelpipe.errors import ContractError

GOOD = to_tables([make_label(name) for name in ("Lorvel", "Tarvel", "Zorvel")])
each_table = pytest.mark.parametrize("name", GOOD)

SPOILT: dict[str, list[tuple[str, Any]]] = {
    "documents": [
        ("source_format", "poem"),
        ("source_sha256", "f" * 63),
        ("source_bytes", -1),
        ("declared_products", -1),
    ],
    "texts": [("text", None)],
    "blocks": [("kind", "poem"), ("char_end", 0), ("section", "epilogue"), ("section_confidence", 1.01)],
    "sections": [("loinc", "34067"), ("depth", 0), ("block_nos", None), ("section_confidence", float("nan"))],
    "tables": [("n_rows", 0), ("n_columns", None)],
    "table_cells": [("row_span", 0), ("text", None), ("header_path", None)],
    "faqs": [("intent", "weather"), ("question_method", "guessed"), ("answer", None)],
    "products": [("strength_value", 0.0), ("ndc11", "1234567890"), ("ndc_labeler", "١٢٣٤٥")],
    "ingredients": [("unii", "short"), ("is_active", None)],
    "pharmacokinetics": [("parameter", "mood"), ("comparator", "!="), ("value_sd", -1.0)],
    "boxed_warnings": [("state", "perhaps"), ("char_start", -1)],
    "contraindications": [("item", None), ("severity", "avoid")],
    "interactions": [("substance", None), ("severity", "terrible"), ("confidence", 1.5)],
    "classifications": [("kind", "zodiac"), ("value", "CVI")],
    "doses": [("kind", "homeopathic"), ("value_low", -5.0), ("unit", None)],
    "adjustments": [("organ", "spleen"), ("state", "perhaps"), ("char_start", -1)],
    "findings": [("rule", "hearsay"), ("severity", "fatal"), ("message", None)],
}
"""Columns of each table, with a value that the contract forbids."""

ANY_TABLE: list[tuple[str, Any]] = [("doc_id", None), ("doc_id", "xyz"), ("doc_id", "0123456789abcdef\n")]


def spoil(name: str, faults: list[tuple[int, tuple[str, Any]]]) -> pa.Table:
    rows = GOOD[name].to_pylist()
    for row_no, (column, value) in faults:
        rows[row_no][column] = value
    return pa.Table.from_pylist(rows, schema=GOOD[name].schema)


@each_table
def test_good_rows_are_good(name: str) -> None:
    checked = validate_table(name, GOOD[name])
    assert checked.good.equals(GOOD[name])
    assert checked.rejects == []


@each_table
def test_every_fault_is_found_and_named(name: str) -> None:
    for column, value in SPOILT[name] + ANY_TABLE:
        checked = validate_table(name, spoil(name, [(1, (column, value))]))
        assert len(checked.good) == len(GOOD[name]) - 1
        (reject,) = checked.rejects
        assert (reject.table_name, reject.column_name) == (name, column)
        assert column in reject.message


@st.composite
def spoilt_tables(draw: st.DrawFn) -> tuple[str, list[tuple[int, tuple[str, Any]]]]:
    name = draw(st.sampled_from(sorted(GOOD)))
    row_nos = st.integers(0, len(GOOD[name]) - 1)
    return name, draw(st.lists(st.tuples(row_nos, st.sampled_from(SPOILT[name] + ANY_TABLE)), max_size=8))


@given(spoilt_tables())
def test_every_row_is_either_good_or_rejected(spoilt: tuple[str, list[tuple[int, tuple[str, Any]]]]) -> None:
    name, faults = spoilt
    table = spoil(name, faults)
    checked = validate_table(name, table)
    bad = sorted({row_no for row_no, _ in faults})
    good = [row_no for row_no in range(len(table)) if row_no not in bad]
    assert checked.good.equals(table.take(pa.array(good, pa.int64())))
    assert [json.loads(reject.row_json or "") for reject in checked.rejects] == [
        json.loads(json.dumps(row, default=str)) for row in table.take(pa.array(bad, pa.int64())).to_pylist()
    ]


def test_a_row_with_several_faults_is_one_reject_that_names_them_all() -> None:
    faults = [(2, ("kind", "poem")), (2, ("section", "epilogue")), (2, ("block_no", 0))]
    (reject,) = validate_table("blocks", spoil("blocks", faults)).rejects
    assert all(words in reject.message for words in ("poem", "epilogue", "block_no"))


def test_a_table_in_which_all_rows_are_bad_has_no_good_one() -> None:
    checked = validate_table("blocks", spoil("blocks", [(n, ("kind", None)) for n in range(len(GOOD["blocks"]))]))
    assert len(checked.good) == 0
    assert len(checked.rejects) == len(GOOD["blocks"])


def wrong_type(table: pa.Table) -> pa.Table:
    return table.set_column(1, "block_no", table["block_no"].cast(pa.string()))


def wider_type(table: pa.Table) -> pa.Table:
    return table.set_column(1, "block_no", table["block_no"].cast(pa.int64()))


SHAPES: dict[str, Callable[[pa.Table], pa.Table]] = {
    "missing column": lambda table: table.drop_columns(["kind"]),
    "extra column": lambda table: table.append_column("mood", pa.array(["good"] * len(table))),
    "column twice": lambda table: table.append_column("kind", table["kind"]),
    "wrong type": wrong_type,
    "wider type": wider_type,
    "other order": lambda table: table.select(table.column_names[::-1]),
    "no type at all": lambda table: table.set_column(7, "field", pa.nulls(len(table))),
}


@pytest.mark.parametrize("reshape", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("faults", [[], [(1, ("kind", "poem"))]], ids=["good rows", "a bad row"])
def test_a_table_of_the_wrong_shape_is_never_good(reshape: Callable[[pa.Table], pa.Table], faults: list[Any]) -> None:
    table = spoil("blocks", faults)
    with pytest.raises(ContractError, match="table blocks"):
        validate_table("blocks", reshape(table))


@each_table
def test_an_empty_table_is_good(name: str) -> None:
    assert validate_table(name, GOOD[name].slice(0, 0)).rejects == []
    with pytest.raises(ContractError):
        validate_table(name, GOOD[name].slice(0, 0).drop_columns([TABLES[name].arrow.names[-1]]))
