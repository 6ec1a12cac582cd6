"""Proof that a published build is whole: each table against its model, keys and references, spans, counts."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import duckdb

from labelpipe.contract import TABLES
from labelpipe.contract.ddl import create_table
from labelpipe.contract.validate import validate_table
from labelpipe.sql import quoted
from labelpipe.store.checksums import differences
from labelpipe.store.integrity import broken_conditions
from labelpipe.store.release import published_database


def all_problems(output: Path) -> Iterator[str]:
    """Yield what is wrong with the build in a folder: files that are not as they were published, and its contents.

    Raises:
        OutputNotFound: nothing has been published there.
    """
    published_database(output)
    if output.is_dir():
        yield from differences((output / "current").resolve())
    yield from problems(output)


def problems(output: Path) -> Iterator[str]:
    """Yield what is wrong with the build in a folder, one line each; nothing where all is well.

    Raises:
        OutputNotFound: nothing has been published there.
    """
    database = published_database(output)
    try:
        con = duckdb.connect(str(database), read_only=True)
    except duckdb.Error as error:
        yield f"{database} cannot be opened: {error}"
        return
    with con:
        misshapen = list(_check_columns(con, database))
        yield from misshapen
        if misshapen:
            return
        for name in TABLES:
            yield from _check_rows(con, name)
            yield from _check_keys(con, name)
            yield from _check_parquet(con, name, output / "parquet" / f"{name}.parquet")
        yield from _check_spans(con)
        yield from _check_counts(con)


def _check_columns(con: duckdb.DuckDBPyConnection, database: Path) -> Iterator[str]:
    """Every table has the columns that its CREATE TABLE gives it."""
    with duckdb.connect() as scratch:
        scratch.execute("".join(create_table(name) for name in TABLES))
        wanted, held = _columns(scratch), _columns(con)
    for name in TABLES:
        if name not in held:
            yield f"{name}: the table is not in {database}"
        elif held[name] != wanted[name]:
            yield f"{name}: the columns in {database} are not those of the contract"


def _columns(con: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[str, str, bool]]]:
    """Return name, type and nullability of each table's columns, in their order."""
    columns: dict[str, list[tuple[str, str, bool]]] = defaultdict(list)
    for table, *column in con.execute(
        "SELECT table_name, column_name, data_type, is_nullable FROM duckdb_columns() "
        "WHERE NOT internal ORDER BY column_index"
    ).fetchall():
        columns[table].append(tuple(column))
    return columns


def _check_rows(con: duckdb.DuckDBPyConnection, name: str) -> Iterator[str]:
    """Every row passes the table's model."""
    table = con.sql(f"FROM {name}").to_arrow_table().cast(TABLES[name].arrow)
    for reject in validate_table(name, table).rejects:
        yield reject.message


def _check_parquet(con: duckdb.DuckDBPyConnection, name: str, path: Path) -> Iterator[str]:
    """The Parquet file holds the same rows as the database."""
    if not path.is_file():
        yield f"{name}: {path} is missing"
        return
    file = f"read_parquet({quoted(str(path))})"
    only_here, only_there = f"(FROM {name} EXCEPT ALL FROM {file})", f"(FROM {file} EXCEPT ALL FROM {name})"
    try:
        n_rows = _count(con, f"FROM ({only_here} UNION ALL {only_there})")
    except duckdb.Error as error:
        yield f"{name}: {path} cannot be compared with the database: {error}"
        return
    if n_rows:
        yield f"{name}: {n_rows} rows are only in the database or only in {path}"


def _check_keys(con: duckdb.DuckDBPyConnection, name: str) -> Iterator[str]:
    for rule, columns, condition in broken_conditions(name):
        if n_rows := _count(con, f"FROM {name} AS t WHERE {condition}"):
            yield f"{name}: {n_rows} rows break {rule} ({columns})"


def _check_spans(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Every quote must be the words at its place."""
    for name, column in ((name, spec.quote) for name, spec in TABLES.items() if spec.quote):
        rows = con.execute(
            f"SELECT t.doc_id, t.block_no FROM {name} AS t JOIN texts USING (doc_id) "
            "WHERE t.block_no IS NOT NULL AND t.char_start IS NOT NULL "
            f"AND substring(texts.text, t.char_start + 1, t.char_end - t.char_start) IS DISTINCT FROM t.{column} "
            "LIMIT 5"
        ).fetchall()
        for doc_id, block_no in rows:
            yield f"{name}: document {doc_id}, block {block_no}: the words are not those at its place in the text"


def _check_counts(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Documents given = parsed + carried over + given twice + rejected."""
    rows = con.execute(
        "SELECT n_documents, n_parsed + n_reused + n_duplicates + n_rejected, n_parsed + n_reused, "
        "(SELECT count(*) FROM documents) FROM runs"
    ).fetchall()
    if len(rows) != 1:
        yield f"runs: the build has {len(rows)} runs instead of one"
    for given, accounted, parsed, there in rows:
        if given != accounted or parsed != there:
            yield f"runs: {given} documents were given, {accounted} are accounted for, {there} of {parsed} are there"


def _count(con: duckdb.DuckDBPyConnection, rows: str) -> int:
    ((n_rows,),) = con.execute(f"SELECT count(*) {rows}").fetchall()
    return int(n_rows)
