"""Keys and references across tables: what breaks them is a reject, and no row is lost without one."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import make_label

from labelpipe.contract import DOCUMENT_TABLES, TABLES
from labelpipe.contract.rows import to_tables
from labelpipe.model import Reject
from labelpipe.store.database import assemble
from labelpipe.store.release import Release

GOOD = to_tables([make_label("Lorvel"), make_label("Tarvel")])
REFERENCED = sorted({other for spec in TABLES.values() for _, other in spec.references})


def load(tables: dict[str, pa.Table], output: Path) -> tuple[Counter[str], list[Reject]]:
    """Assemble the tables and return how many rows of each were loaded, and the rejects."""
    with Release(output, "run-1") as release:
        release.add(tables)
        con, rejects = assemble(release, [])
        counts = {name: con.execute(f"SELECT count(*) FROM {name}").fetchone() for name in DOCUMENT_TABLES}
        con.close()
    return Counter({name: row[0] for name, row in counts.items() if row}), rejects


def assert_accounted_for(tables: dict[str, pa.Table], loaded: Counter[str], rejects: list[Reject]) -> None:
    rejected = Counter(reject.table_name for reject in rejects)
    for name, table in tables.items():
        assert len(table) == loaded[name] + rejected[name], name


def with_rows(name: str, rows: list[int]) -> dict[str, pa.Table]:
    return {**GOOD, name: GOOD[name].take(pa.array(rows, pa.int64()))}


def test_whole_tables_load_whole(tmp_path: Path) -> None:
    loaded, rejects = load(GOOD, tmp_path)
    assert rejects == []
    assert_accounted_for(GOOD, loaded, rejects)


@pytest.mark.parametrize("name", DOCUMENT_TABLES)
def test_a_key_that_stands_there_twice_rejects_all_rows_that_have_it(name: str, tmp_path: Path) -> None:
    tables = with_rows(name, [0, *range(len(GOOD[name]))])
    loaded, rejects = load(tables, tmp_path)
    mine = [reject for reject in rejects if reject.table_name == name]
    assert [reject.rule for reject in mine] == ["unique_key", "unique_key"]
    assert mine[0].column_name == ", ".join(TABLES[name].key)
    assert json.loads(mine[0].row_json or "")["doc_id"] == mine[0].doc_id == GOOD[name]["doc_id"][0].as_py()
    assert_accounted_for(tables, loaded, rejects)


@pytest.mark.parametrize("name", REFERENCED)
def test_rows_that_point_at_a_missing_row_are_rejected(name: str, tmp_path: Path) -> None:
    tables = with_rows(name, [])
    loaded, rejects = load(tables, tmp_path)
    assert_accounted_for(tables, loaded, rejects)
    assert {reject.rule for reject in rejects if reject.table_name != name} >= {f"reference_{name}"}
    pointing = [other for other in DOCUMENT_TABLES if (TABLES[name].key, name) in TABLES[other].references]
    for other in pointing:
        spared = GOOD[other].filter(pa.compute.is_null(GOOD[other][TABLES[name].key[-1]]))
        assert loaded[other] <= len(spared)


QUOTING = [name for name, spec in TABLES.items() if spec.quote and name != "blocks"]


def changed(name: str, **values: object) -> dict[str, pa.Table]:
    """Return the good tables, the first row of one of them with other values."""
    first, *rest = GOOD[name].to_pylist()
    return {**GOOD, name: pa.Table.from_pylist([{**first, **values}, *rest], schema=GOOD[name].schema)}


BROKEN_QUOTES = {
    "other words": lambda row, quote: {quote: row[quote] + "x"},
    "one character late": lambda row, quote: {"char_start": row["char_start"] + 1, "char_end": row["char_end"] + 1},
    "another block's place": lambda row, quote: {"block_no": 1},
}


@pytest.mark.parametrize("broken", BROKEN_QUOTES.values(), ids=BROKEN_QUOTES)
@pytest.mark.parametrize("name", QUOTING)
def test_a_row_that_does_not_quote_the_source_is_rejected(
    name: str, broken: Callable[[dict[str, Any], str], dict[str, Any]], tmp_path: Path
) -> None:
    row = GOOD[name].to_pylist()[0]
    tables = changed(name, **broken(row, TABLES[name].quote or ""))
    loaded, rejects = load(tables, tmp_path)
    reject, *hanging_on_it = rejects
    assert (reject.table_name, reject.rule, reject.doc_id) == (name, "quote_in_block", row["doc_id"])
    assert {one.rule for one in hanging_on_it} <= {f"reference_{name}"}
    assert "does not hold the words of the source" in reject.message
    assert_accounted_for(tables, loaded, rejects)


@pytest.mark.parametrize("name", ["boxed_warnings", "findings"])
@pytest.mark.parametrize("place", [{"char_end": None}, {"char_start": None, "char_end": None}, {"quote": None}])
def test_a_quote_without_its_place_and_a_place_without_its_quote_are_rejected(
    name: str, place: dict[str, None], tmp_path: Path
) -> None:
    _, [reject] = load(changed(name, **place), tmp_path)
    assert (reject.table_name, reject.rule) == (name, "quote_in_block")


def test_every_table_of_facts_quotes_the_source() -> None:
    assert sorted(QUOTING) == sorted(
        name for name, spec in TABLES.items() if "char_start" in spec.arrow.names and name != "blocks"
    )


def test_a_rejected_document_takes_its_rows_along_and_no_others(tmp_path: Path) -> None:
    tables = with_rows("documents", [0, 1, 1])
    loaded, rejects = load(tables, tmp_path)
    stays, goes = GOOD["documents"]["doc_id"].to_pylist()
    assert {reject.doc_id for reject in rejects} == {goes}
    for name, table in GOOD.items():
        assert loaded[name] == table["doc_id"].to_pylist().count(stays), name


@settings(max_examples=10)
@given(st.dictionaries(st.sampled_from(DOCUMENT_TABLES), st.lists(st.integers(0, 1), max_size=4), max_size=3))
def test_rows_in_are_rows_loaded_and_rows_rejected(
    tmp_path_factory: pytest.TempPathFactory, chosen: dict[str, list[int]]
) -> None:
    tables = dict(GOOD)
    for name, rows in chosen.items():
        tables |= {name: with_rows(name, rows)[name]}
    loaded, rejects = load(tables, tmp_path_factory.mktemp("out"))
    assert_accounted_for(tables, loaded, rejects)
