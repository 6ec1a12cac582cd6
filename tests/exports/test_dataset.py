"""A partitioned dataset with views over it: the rows of the builds it is made of, and nothing else."""

from pathlib import Path
from typing import Any

import duckdb
import fsspec
import pyarrow as pa
import pytest
from buckets import s3_bucket
from click.testing import CliRunner
from samples import write_pages

from labelpipe.cli import cli
from labelpipe.contract import TABLES
from labelpipe.errors import PublishError
from labelpipe.exports.dataset import publish_dataset
from labelpipe.pipeline import build


def ask(database: str, sql: str, fs: Any = None) -> pa.Table:
    """Ask a DuckDB file as readers do; `fs` is for those whose DuckDB does not know where the rows are."""
    with duckdb.connect() as con:
        if fs is not None:
            con.register_filesystem(fs)
        con.execute(f"ATTACH '{database}' AS labels (READ_ONLY); USE labels")
        found = con.sql(sql)
        assert found is not None
        return found.to_arrow_table()


def holds_the_same(database: str, output: Path, fs: Any = None) -> None:
    for table in TABLES:
        sql = f"SELECT {', '.join(TABLES[table].arrow.names)} FROM {table} ORDER BY ALL"
        assert ask(database, sql, fs).equals(ask(str(output / "labels.duckdb"), sql)), table


def test_the_views_hold_the_rows_of_the_build_and_answer_the_same_questions(built: Path, tmp_path: Path) -> None:
    url = str(tmp_path / "dataset")
    publish_dataset(built / "output", url, "all", digits=1)
    holds_the_same(f"{url}/labels.duckdb", built / "output")
    question = "SELECT * FROM label_overview ORDER BY ALL"
    assert ask(f"{url}/labels.duckdb", question).equals(ask(str(built / "output" / "labels.duckdb"), question))


def test_partitions_are_by_build_run_and_the_first_digits_of_doc_id(built: Path, tmp_path: Path) -> None:
    publish_dataset(built / "output", str(tmp_path / "dataset"), "2026", digits=2)
    files = sorted((tmp_path / "dataset" / "parquet" / "documents").rglob("*.parquet"))
    hive = f"read_parquet({[str(file) for file in files]}, hive_partitioning = true, hive_types_autocast = false)"
    with duckdb.connect() as con:
        found = con.execute(f"SELECT DISTINCT build, bucket = left(doc_id, 2) FROM {hive}").fetchall()
    assert found == [("2026", True)]


def test_a_place_in_memory_holds_the_same(built: Path, tmp_path: Path) -> None:
    fs = fsspec.filesystem("memory")
    publish_dataset(built / "output", "memory://dataset", "all")
    try:
        fs.get("/dataset/labels.duckdb", str(tmp_path / "labels.duckdb"))
        holds_the_same(str(tmp_path / "labels.duckdb"), built / "output", fs)
    finally:
        fs.rm("/dataset", recursive=True)


@pytest.mark.slow
def test_a_bucket_holds_the_same(built: Path, tmp_path: Path) -> None:
    with s3_bucket() as (fs, url):
        publish_dataset(built / "output", f"{url}/dataset", "all")
        fs.get(f"{url}/dataset/labels.duckdb", str(tmp_path / "labels.duckdb"))
        holds_the_same(str(tmp_path / "labels.duckdb"), built / "output", fs)


def test_builds_stand_side_by_side_and_a_new_run_takes_the_place_of_the_last(tmp_path: Path) -> None:
    url = str(tmp_path / "dataset")
    for name, brands in {"first": ("Lorvel", "Tarvel"), "second": ("Tarvel", "Zorvel")}.items():
        build([write_pages(tmp_path / name, *brands)], tmp_path / f"{name}_out")
        publish_dataset(tmp_path / f"{name}_out", url, name)
    database = f"{url}/labels.duckdb"
    both = [("first", "Lorvel"), ("first", "Tarvel"), ("second", "Tarvel"), ("second", "Zorvel")]
    assert of_builds(database) == both
    assert ask(database, "FROM documents_in_several_builds")["builds"].to_pylist() == [["first", "second"]]
    for brand in ("Norvel", "Marvel"):
        (tmp_path / "second" / "zorvel.txt").unlink(missing_ok=True)
        write_pages(tmp_path / "second", brand)
        build([tmp_path / "second"], tmp_path / "second_out")
        publish_dataset(tmp_path / "second_out", url, "second")
    assert of_builds(database) == [*both[:2], *(("second", brand) for brand in ("Marvel", "Norvel", "Tarvel"))]
    runs = sorted((tmp_path / "dataset" / "parquet" / "documents" / "build=second").iterdir())
    assert len(runs) == 2  # those who are reading the one before can finish


def of_builds(database: str) -> list[tuple[str, str]]:
    rows = ask(database, "SELECT build, brand_name FROM documents ORDER BY ALL").to_pylist()
    return [(row["build"], row["brand_name"]) for row in rows]


def test_a_place_that_cannot_be_written_is_told(built: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(PublishError, match="cannot be written"):
        publish_dataset(built / "output", str(tmp_path / "file" / "dataset"), "all")


def test_the_command_says_where_the_database_is(built: Path, tmp_path: Path) -> None:
    url = f"file://{tmp_path}/dataset"
    result = CliRunner().invoke(cli, ["dataset", url, "--output", str(built / "output"), "--name", "2026"])
    assert result.exit_code == 0, result.output
    assert result.output.strip().endswith(f"{url}/labels.duckdb")
