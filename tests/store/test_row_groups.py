"""Parquet files put together of row groups: whoever reads them sees the rows, and copying is what writing would be."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import make_label

from labelpipe.contract import TABLES
from labelpipe.contract.rows import to_tables
from labelpipe.store.row_groups import GroupsFile, GroupsWriter, encode
from labelpipe.store.thrift import BINARY, I64, LIST, STRUCT, TRUE, read_struct, write_struct

ROWS = to_tables([make_label("Lorvel"), make_label("Tarvel")])
FILLED = [name for name, table in ROWS.items() if len(table) > 2]


def pieces(name: str) -> list[pa.Table]:
    """Return the rows of a table in three pieces."""
    table = ROWS[name].cast(TABLES[name].arrow)
    third = len(table) // 3
    return [table.slice(0, third), table.slice(third, third), table.slice(2 * third)]


def write(path: Path, name: str, groups: list[pa.Table]) -> Path:
    with GroupsWriter(path, TABLES[name].arrow) as writer:
        for rows in groups:
            writer.write(rows)
    return path


@pytest.mark.parametrize("name", FILLED)
def test_rows_in_groups_are_the_rows_for_every_reader(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / "x.parquet", name, pieces(name))
    rows = pa.concat_tables(pieces(name))
    assert pq.read_table(path).equals(rows)
    assert pq.read_metadata(path).num_row_groups == 3
    with duckdb.connect() as con:
        assert con.sql(f"FROM '{path}'").to_arrow_table().cast(TABLES[name].arrow).equals(rows)
    pq.ParquetFile(path, page_checksum_verification=True, pre_buffer=True).read()


@pytest.mark.parametrize("name", FILLED)
def test_a_copied_group_is_the_bytes_that_writing_it_would_give(tmp_path: Path, name: str) -> None:
    first, second, third = pieces(name)
    old = GroupsFile(write(tmp_path / "old.parquet", name, [third, first, second]))
    with GroupsWriter(tmp_path / "new.parquet", TABLES[name].arrow) as writer:
        writer.copy(old.groups[1])
        writer.write(second)
        writer.copy(old.groups[0])
    clean = write(tmp_path / "clean.parquet", name, [first, second, third])
    assert (tmp_path / "new.parquet").read_bytes() == clean.read_bytes()


@pytest.mark.parametrize("name", TABLES)
def test_a_table_without_rows_has_its_columns(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / "x.parquet", name, [TABLES[name].arrow.empty_table()])
    assert pq.read_table(path).equals(TABLES[name].arrow.empty_table())


@pytest.mark.parametrize("name", FILLED)
def test_a_footer_that_is_read_and_written_is_the_same(name: str) -> None:
    data = encode(ROWS[name])
    length = int.from_bytes(data[-8:-4], "little")
    assert write_struct(read_struct(data[-8 - length : -8])) == data[-8 - length : -8]


@given(
    st.dictionaries(
        st.integers(1, 200),
        st.one_of(
            st.tuples(st.just(I64), st.integers(-(2**63), 2**63 - 1)),
            st.tuples(st.just(BINARY), st.binary(max_size=300)),
            st.tuples(st.just(TRUE), st.just(TRUE)),
            st.lists(st.binary(), max_size=40).map(lambda items: (LIST, (BINARY, items))),
            st.integers().map(lambda number: (STRUCT, {7: (I64, number % 1000)})),
        ),
    )
)
def test_any_struct_survives(struct: dict[int, tuple[int, object]]) -> None:
    struct = dict(sorted(struct.items()))
    assert read_struct(write_struct(struct)) == struct
