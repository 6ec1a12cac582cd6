"""A Parquet dataset at any URL that fsspec knows, made of one build or of many, and a DuckDB file of views over it.

URL/parquet/<table>/build=<name>/run=<run_id>/bucket=<first hex digits of doc_id>/rows.parquet
URL/builds/<name>.json     which run of a build readers see, and how many rows it has
URL/labels.duckdb          the tables, as views over the runs that the builds name, and the views and macros over those

Files of a run are written once and never changed. What readers see changes with one small file, written last.
"""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from labelpipe.contract import TABLES
from labelpipe.errors import PublishError
from labelpipe.exports.dataset_views import write_views
from labelpipe.sql import quoted
from labelpipe.store.release import published_database
from labelpipe.urls import file_system, without_password

WHOLE = "all"
"""The bucket of a table that is not by document, or has no rows."""


def publish_dataset(output: Path, url: str, name: str, digits: int = 1) -> dict[str, int]:
    """Add the build in `output` to the dataset at `url`, in the place of what it held under that name.

    Args:
        output: folder of a build.
        url: where the dataset is, or shall be.
        name: of the build among those of the dataset.
        digits: of doc_id that make a bucket: 1 gives 16 files a table, 2 give 256.

    Returns:
        Rows by table.

    Raises:
        OutputNotFound: there is no build in the folder.
        PublishError: the place cannot be written; what readers see is as before.
    """
    release = published_database(output).resolve().parent
    fs, root = file_system(url)
    try:
        last = builds_of(fs, root).get(name)
        rows = _put_tables(fs, root, release, name, digits)
        before = last["run_id"] if last else ""
        told = {"run_id": release.name, "before": before, "rows": rows}
        _replace(fs, json.dumps(told, indent=2).encode(), f"{root}/builds/{name}.json")
        with tempfile.TemporaryDirectory() as scratch:
            views = Path(scratch, "labels.duckdb")
            write_views(fs, root, builds_of(fs, root), views)
            _replace(fs, views.read_bytes(), f"{root}/labels.duckdb")
        _forget(fs, root, name, {release.name, before})
    except (OSError, duckdb.Error) as error:
        raise PublishError(f"{without_password(url)} cannot be written ({type(error).__name__}: {error})") from error
    return rows


def builds_of(fs: Any, root: str) -> dict[str, dict[str, Any]]:
    """Return what a dataset says of each of its builds."""
    folder = f"{root}/builds"
    if not fs.exists(folder):
        return {}
    fs.invalidate_cache()
    found = sorted(path for path in fs.ls(folder, detail=False) if path.endswith(".json"))
    return {path.rpartition("/")[2].removesuffix(".json"): json.loads(fs.cat_file(path)) for path in found}


def _put_tables(fs: Any, root: str, release: Path, name: str, digits: int) -> dict[str, int]:
    rows: dict[str, int] = {}
    with duckdb.connect() as con, tempfile.TemporaryDirectory() as scratch:
        for table in TABLES:
            file = Path(scratch, "rows.parquet")
            for bucket, n_rows in _buckets(con, release / "parquet" / f"{table}.parquet", table, digits, file):
                rows[table] = rows.get(table, 0) + n_rows
                folder = f"{root}/parquet/{table}/build={name}/run={release.name}/bucket={bucket}"
                fs.makedirs(folder, exist_ok=True)
                fs.put_file(str(file), f"{folder}/rows.parquet")
    return rows


def _buckets(
    con: duckdb.DuckDBPyConnection, source: Path, table: str, digits: int, file: Path
) -> Iterator[tuple[str, int]]:
    """Write each bucket of a table to `file`, in the order of its key, and yield its name and rows; none is empty."""
    rows = f"read_parquet({quoted(str(source))})"
    by_document = "doc_id" in TABLES[table].key
    count = f"SELECT left(doc_id, {digits}) AS bucket, count(*) FROM {rows} GROUP BY ALL ORDER BY ALL"
    buckets = con.execute(count).fetchall() if by_document else []
    for bucket, n_rows in buckets:
        _write(con, f"FROM {rows} WHERE doc_id >= {quoted(bucket)} AND doc_id < {quoted(bucket + 'g')}", file)
        yield bucket, n_rows
    if not buckets:
        yield WHOLE, _write(con, f"FROM {rows}", file)


def _write(con: duckdb.DuckDBPyConnection, rows: str, file: Path) -> int:
    ((n_rows,),) = con.execute(f"COPY ({rows}) TO {quoted(str(file))} (FORMAT parquet, COMPRESSION zstd)").fetchall()
    return int(n_rows)


def _replace(fs: Any, data: bytes, path: str) -> None:
    """Put a file in the place of another: bucket stores do that in one step, folders by renaming."""
    fs.makedirs(path.rpartition("/")[0], exist_ok=True)
    if "file" not in fs.protocol:
        fs.pipe_file(path, data)
        return
    fs.pipe_file(f"{path}.new", data)
    Path(f"{path}.new").replace(path)


def _forget(fs: Any, root: str, name: str, kept: set[str]) -> None:
    """Remove the runs of a build that nobody sees any more: all but the current one and the one before."""
    for table in TABLES:
        folder = f"{root}/parquet/{table}/build={name}"
        for path in fs.ls(folder, detail=False):
            if path.rstrip("/").rpartition("run=")[2] not in kept:
                fs.rm(path, recursive=True)
