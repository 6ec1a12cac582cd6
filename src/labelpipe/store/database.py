"""The database: tables as the contract says, every one of them explained, and the Parquet files beside it."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from labelpipe.contract import DOCUMENT_TABLES, TABLES
from labelpipe.contract.ddl import about_view, comments, create_table
from labelpipe.contract.rows import reject_rows
from labelpipe.model import Reject
from labelpipe.sql import quoted
from labelpipe.store.carry import SAME_BYTES, carried_rejects, carried_rows
from labelpipe.store.data_package import write_data_package
from labelpipe.store.integrity import is_whole, remove_broken_rows
from labelpipe.store.inventory import make_inventory
from labelpipe.store.parquet import write_parquet
from labelpipe.store.pieces import count_pieces, is_in, key_of, set_memory
from labelpipe.store.release import Release
from labelpipe.store.search_index import fill_search_index
from labelpipe.store.units import units_table
from labelpipe.store.views import create_views

STORAGE_VERSION = "v1.2.0"
"""The oldest DuckDB that can open the file."""


def connect(scratch: Path, memory_mb: int = 1024, threads: int = 2) -> duckdb.DuckDBPyConnection:
    """Return a database for a build: what does not fit into memory goes to `scratch`."""
    scratch.mkdir(parents=True, exist_ok=True)
    con = duckdb.connect(
        config={
            "memory_limit": f"{memory_mb}MB",
            "temp_directory": str(scratch),
            "threads": threads,
            "preserve_insertion_order": False,
        }
    )
    set_memory(con, memory_mb)
    make_inventory(con)
    return con


def assemble(
    release: Release, rejects: Sequence[Reject] = (), con: duckdb.DuckDBPyConnection | None = None
) -> tuple[duckdb.DuckDBPyConnection, list[Reject]]:
    """Load all parts into a new database and return it, open, with the rejects of the checks across tables.

    Findings across documents and `changes` are filled when all documents are there; the rest is added by `finish`.
    """
    if con is None:
        con = connect(release.scratch)
        collect_rejects(con, release)
    attach(con, release)
    broken = load(con, release, [carried_rows(con, name) for name in DOCUMENT_TABLES])
    for name in TABLES:
        if name not in DOCUMENT_TABLES:
            con.execute(create_table(name))
    con.execute("".join(statement for name in TABLES for statement in comments(name)) + about_view())
    create_views(con)
    con.execute("CREATE TEMP TABLE touched AS SELECT label_id, set_id FROM documents")
    con.execute("CREATE TEMP TABLE rewritten (doc_id VARCHAR)")
    return con, [*rejects, *broken]


def attach(con: duckdb.DuckDBPyConnection, release: Release) -> None:
    """Open the release's database, to be filled in one transaction that `finish` ends."""
    file, version = quoted(str(release.database)), quoted(STORAGE_VERSION)
    con.execute(f"ATTACH {file} AS labels (STORAGE_VERSION {version}); USE labels; BEGIN")


def load(con: duckdb.DuckDBPyConnection, release: Release, others: Iterable[str]) -> list[Reject]:
    """Load all parts into new tables, with `others` put behind each, and return the rejects of the checks across.

    Many documents are sorted piece by piece; which pieces makes no difference to the order.
    """
    for name, other in zip(DOCUMENT_TABLES, others, strict=True):
        con.execute(create_table(name))
        parsed = release.parts.rows(name) or f"(FROM {name} LIMIT 0)"
        n_pieces = 1 if name == "documents" else count_pieces(con, name)
        for number in range(n_pieces):
            piece = f"WHERE {is_in(number, n_pieces)}" if n_pieces > 1 else ""
            con.execute(f"INSERT INTO {name} FROM (FROM {parsed} {other}) {piece} ORDER BY {key_of(name)}")
    return [] if is_whole(con) else [one for name in DOCUMENT_TABLES for one in remove_broken_rows(con, name)]


def insert(con: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> None:
    """Add rows to a table of an open database."""
    con.register("incoming", table)
    con.execute(f"INSERT INTO {name} SELECT * FROM incoming")
    con.unregister("incoming")


def finish(con: duckdb.DuckDBPyConnection, release: Release, rejects: Sequence[Reject], run: pa.Table) -> None:
    """Add units, rejects and run; write the Parquet files and their descriptor; close the database.

    `rejects` come on top of those that batches have left in their parts.
    """
    _number_rejects(con, reject_rows(rejects))
    insert(con, "units", units_table(con))
    insert(con, "runs", run)
    fill_search_index(con)
    con.execute("COMMIT")
    for name in TABLES:
        file = f"parquet/{name}.parquet"
        write_parquet(con, name, release.folder / file, release.amends and release.amends / file)
    con.execute("CHECKPOINT labels; USE memory; DETACH labels")
    con.close()
    release.hashes = write_data_package(release.folder)


def collect_rejects(con: duckdb.DuckDBPyConnection, release: Release) -> None:
    """Gather in memory.found_rejects what batches have left and what is carried over, without numbers."""
    con.register("incoming", reject_rows([]))
    con.execute(f"""
        CREATE TABLE memory.found_rejects AS
        SELECT r.* REPLACE (message || coalesce(list_reduce(
            list_transform(first.other_paths, lambda path: {quoted(SAME_BYTES)} || path || ' too'),
            lambda told, more: told || more, ''), '') AS message)
        FROM (FROM incoming UNION ALL BY NAME FROM {release.parts.rows("rejects") or "incoming"} {carried_rejects(con)})
        AS r LEFT JOIN memory.first ON r.table_name = 'documents' AND r.doc_id = first.doc_id
    """)
    con.unregister("incoming")


def _number_rejects(con: duckdb.DuckDBPyConnection, table: pa.Table) -> None:
    """Number all rejects in an order that depends on what they say and nothing else."""
    con.register("incoming", table)
    order = ", ".join(table.column_names)
    con.execute(
        f"INSERT INTO rejects SELECT row_number() OVER (ORDER BY {order}), * "
        "FROM (FROM incoming UNION ALL FROM memory.found_rejects)"
    )
    con.unregister("incoming")
