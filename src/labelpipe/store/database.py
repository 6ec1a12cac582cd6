"""The database: tables as the contract says, every one of them explained, and the Parquet files beside it."""

from pathlib import Path

import duckdb
import pyarrow as pa

from labelpipe.contract import DOCUMENT_TABLES, TABLES
from labelpipe.contract.ddl import comments, create_table, quoted
from labelpipe.contract.rows import rejects_table
from labelpipe.model import Reject
from labelpipe.store.integrity import is_whole, remove_broken_rows
from labelpipe.store.release import Release
from labelpipe.store.units import units_table
from labelpipe.store.views import create_views

STORAGE_VERSION = "v1.2.0"
"""The oldest DuckDB that can open the file."""


def assemble(release: Release, rejects: list[Reject]) -> tuple[duckdb.DuckDBPyConnection, list[Reject]]:
    """Load all parts into the release's database and return it, open, with the rejects of the checks across tables.

    `changes` is filled when all documents are there; `units`, `rejects` and `runs` are added by `finish`.
    """
    con = duckdb.connect()
    con.execute(
        f"ATTACH {quoted(str(release.database))} AS labels (STORAGE_VERSION {quoted(STORAGE_VERSION)}); USE labels"
    )
    con.execute("BEGIN")
    for name in DOCUMENT_TABLES:
        con.execute(create_table(name))
        if release.parts(name).is_dir():
            parts = quoted(str(release.parts(name) / "*.parquet"))
            con.execute(
                f"INSERT INTO {name} SELECT * FROM read_parquet({parts}) ORDER BY {', '.join(TABLES[name].key)}"
            )
    con.execute(create_table("changes"))
    broken = [] if is_whole(con) else [one for name in DOCUMENT_TABLES for one in remove_broken_rows(con, name)]
    return con, [*rejects, *broken]


def insert(con: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> None:
    """Add rows to a table of an open database."""
    con.register("incoming", table)
    con.execute(f"INSERT INTO {name} SELECT * FROM incoming")
    con.unregister("incoming")


def finish(con: duckdb.DuckDBPyConnection, release: Release, rejects: list[Reject], run: pa.Table) -> None:
    """Add units, rejects and the run, the comments and the views; write the Parquet files; close the database."""
    for name, table in (("units", units_table(con)), ("rejects", rejects_table(rejects)), ("runs", run)):
        con.execute(create_table(name))
        insert(con, name, table)
    con.execute("".join(statement for name in TABLES for statement in comments(name)))
    create_views(con)
    con.execute("COMMIT")
    for name in TABLES:
        _write_parquet(con, name, release.parquet / f"{name}.parquet")
    con.execute("CHECKPOINT labels; USE memory; DETACH labels")
    con.close()


def _write_parquet(con: duckdb.DuckDBPyConnection, name: str, path: Path) -> None:
    """Write a table in the order of its key: the same rows give the same bytes."""
    key = ", ".join(TABLES[name].key)
    con.execute(f"COPY (SELECT * FROM {name} ORDER BY {key}) TO {quoted(str(path))} (FORMAT parquet, COMPRESSION zstd)")
