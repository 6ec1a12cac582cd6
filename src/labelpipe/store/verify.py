"""Proof that a published build is whole: each table against its model, keys and references, spans, counts."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from labelpipe.contract import TABLES
from labelpipe.contract.validate import validate_table
from labelpipe.errors import ContractError
from labelpipe.store.integrity import broken_conditions
from labelpipe.store.release import published_database

SPAN_TABLES = {"blocks": "text", "boxed_warnings": "quote", "doses": "quote"}
"""Tables whose rows quote the source, and the column that holds the words."""


def problems(output: Path) -> Iterator[str]:
    """Yield what is wrong with the build in a folder, one line each; nothing where all is well.

    Raises:
        OutputNotFound: nothing has been published there.
    """
    database = published_database(output)
    with duckdb.connect(str(database), read_only=True) as con:
        held = {name for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        for name in TABLES:
            if name not in held:
                yield f"{name}: the table is not in {database}"
                continue
            yield from _check_rows(output, con, name)
            yield from _check_keys(con, name)
        if set(TABLES) <= held:
            yield from _check_spans(con)
            yield from _check_counts(con)


def _check_rows(output: Path, con: duckdb.DuckDBPyConnection, name: str) -> Iterator[str]:
    path = output / "parquet" / f"{name}.parquet"
    if not path.is_file():
        yield f"{name}: {path} is missing"
        return
    table = pq.read_table(path).cast(TABLES[name].arrow) if _same_columns(path, name) else None
    if table is None:
        yield f"{name}: the columns of {path} are not those of the contract"
        return
    (n_rows,) = con.execute(f"SELECT count(*) FROM {name}").fetchone() or (0,)
    if n_rows != len(table):
        yield f"{name}: {n_rows} rows in the database, {len(table)} in {path}"
    try:
        for reject in validate_table(name, table).rejects:
            yield reject.message
    except ContractError as error:
        yield str(error)


def _same_columns(path: Path, name: str) -> bool:
    return list(pq.read_schema(path).names) == list(TABLES[name].schema.columns)


def _check_keys(con: duckdb.DuckDBPyConnection, name: str) -> Iterator[str]:
    for rule, columns, condition in broken_conditions(name):
        (n_rows,) = con.execute(f"SELECT count(*) FROM {name} AS t WHERE {condition}").fetchone() or (0,)
        if n_rows:
            yield f"{name}: {n_rows} rows break {rule} ({columns})"


def _check_spans(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Every quote must be the words at its place."""
    for name, column in SPAN_TABLES.items():
        rows = con.execute(
            f"SELECT t.doc_id, t.block_no FROM {name} AS t JOIN texts USING (doc_id) WHERE t.char_start IS NOT NULL "
            f"AND substring(texts.text, t.char_start + 1, t.char_end - t.char_start) IS DISTINCT FROM t.{column} "
            "LIMIT 5"
        ).fetchall()
        for doc_id, block_no in rows:
            yield f"{name}: document {doc_id}, block {block_no}: the words are not those at its place in the text"


def _check_counts(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Documents given = parsed + carried over + given twice + rejected."""
    row = con.execute(
        "SELECT n_documents, n_parsed + n_reused + n_duplicates + n_rejected, n_parsed + n_reused, "
        "(SELECT count(*) FROM documents) FROM runs"
    ).fetchone()
    if row is None:
        yield "runs: the build has no run"
    elif row[0] != row[1] or row[2] != row[3]:
        yield f"runs: {row[0]} documents were given, {row[1]} are accounted for, {row[3]} of {row[2]} are there"
