"""The published files: typed, explained, openable by everybody, and the same bytes for the same rows."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest
from samples import make_label, publish, run_table

from labelpipe.contract import TABLES
from labelpipe.contract.rows import reject_rows, to_tables
from labelpipe.model import Reject
from labelpipe.store.database import assemble, finish
from labelpipe.store.release import Release

NAMES = ("Lorvel", "Tarvel", "Zorvel", "Marvel", "Norvel")
VIEWS = ("label_overview", "boxed_warning_by_route", "half_life_hours", "loss_ledger")

READ_UNTIL_TOLD = """
import sys, duckdb
con = duckdb.connect(sys.argv[1], read_only=True)
print(con.execute("SELECT count(*) FROM documents").fetchone()[0], flush=True)
sys.stdin.readline()
print(con.execute("SELECT count(*) FROM documents").fetchone()[0], flush=True)
"""


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published build of five labels."""
    folder = tmp_path_factory.mktemp("out")
    assert publish(map(make_label, NAMES), folder) == []
    return folder


def ask(output: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(output / "labels.duckdb"), read_only=True) as con:
        return con.execute(sql).fetchall()


def test_every_table_and_every_column_is_explained(output: Path) -> None:
    assert dict(ask(output, "SELECT table_name, comment FROM duckdb_tables() WHERE schema_name = 'main'")) == {
        name: spec.comment for name, spec in TABLES.items()
    }
    columns = ask(output, "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal")
    explained = {(table, column): comment for table, column, comment in columns}
    for name, spec in TABLES.items():
        for column, description in spec.descriptions.items():
            assert explained[name, column] == description


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_has_rows_and_is_explained(output: Path, view: str) -> None:
    assert ask(output, f"FROM {view}")
    assert ask(output, f"SELECT comment FROM duckdb_views() WHERE view_name = '{view}' AND comment IS NOT NULL")


def test_columns_that_must_be_filled_are_not_null_in_the_database(output: Path) -> None:
    columns = ask(output, "SELECT table_name, column_name, is_nullable FROM duckdb_columns() WHERE NOT internal")
    nullable = {(table, column): is_nullable for table, column, is_nullable in columns}
    for name, spec in TABLES.items():
        assert {field.name: nullable[name, field.name] for field in spec.arrow} == {
            field.name: field.nullable for field in spec.arrow
        }


def test_the_file_is_in_the_format_of_duckdb_1_2(output: Path) -> None:
    header = (output / "labels.duckdb").read_bytes()[:24]
    assert header[8:12] == b"DUCK"
    assert int.from_bytes(header[12:20], "little") <= 65  # the storage version of 1.2


def test_nothing_is_left_beside_the_database(output: Path) -> None:
    assert sorted(path.name for path in (output / "current").iterdir()) == [
        "SHA256SUMS",
        "datapackage.json",
        "labels.duckdb",
        "parquet",
    ]


@pytest.mark.parametrize("name", TABLES)
def test_parquet_and_database_hold_the_same(output: Path, name: str) -> None:
    file = f"read_parquet('{output}/parquet/{name}.parquet')"
    assert ask(output, f"SELECT count(*) FROM {name}") == ask(output, f"SELECT count(*) FROM {file}")
    assert ask(output, f"SELECT count(*) FROM (FROM {name} EXCEPT ALL FROM {file})") == [(0,)]


@pytest.mark.parametrize("batch_size", [1, 2, 5])
def test_the_same_rows_are_the_same_parquet_bytes_in_whatever_order_and_batches(
    output: Path, tmp_path: Path, batch_size: int
) -> None:
    publish(map(make_label, reversed(NAMES)), tmp_path, "another-run", batch_size)
    for name in set(TABLES) - {"runs"}:
        path = Path("parquet", f"{name}.parquet")
        assert (tmp_path / path).read_bytes() == (output / path).read_bytes(), name


def test_several_processes_read_while_the_next_build_is_published(tmp_path: Path) -> None:
    publish(map(make_label, NAMES), tmp_path, "run-1")
    command = [sys.executable, "-c", READ_UNTIL_TOLD, str(tmp_path / "labels.duckdb")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout
        assert reader.stdout.readline() == "5\n"
        assert ask(tmp_path, "SELECT count(*) FROM documents") == [(5,)]
        publish([make_label()], tmp_path, "run-2")
        assert ask(tmp_path, "SELECT count(*) FROM documents") == [(1,)]
        assert reader.communicate("again\n")[0] == "5\n"


def test_words_of_every_kind_survive(tmp_path: Path) -> None:
    names = ["naïve 💊 µg", "'quoted' \"twice\"; DROP TABLE documents", "nul \x00 inside", "100 % \\ {x}"]
    publish(map(make_label, names), tmp_path)
    assert sorted(str(name) for (name,) in ask(tmp_path, "SELECT brand_name FROM documents")) == sorted(names)


def test_rejects_are_numbered_the_same_in_whatever_order_they_came(tmp_path: Path) -> None:
    rejects = [Reject(f"{n}.txt", None, "documents", "empty_source", None, None, None, "no words") for n in "cab"]
    for run_id, given in (("run-1", rejects), ("run-2", rejects[::-1])):
        with Release(tmp_path, run_id) as release:
            release.add({**to_tables([make_label()]), "rejects": reject_rows(given[:2])})
            con, broken = assemble(release)
            finish(con, release, [*broken, *given[2:]], run_table(run_id, 1))
            release.publish()
        assert ask(tmp_path, "SELECT reject_no, source_path FROM rejects ORDER BY 1") == [
            (1, "a.txt"),
            (2, "b.txt"),
            (3, "c.txt"),
        ]
