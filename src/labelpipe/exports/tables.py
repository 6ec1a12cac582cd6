"""A table of a build as CSV, JSON lines or an Arrow stream, a batch of rows at a time."""

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

import duckdb
import pyarrow as pa

from labelpipe.contract import NOTICE, TABLES
from labelpipe.errors import QueryError
from labelpipe.exports.defuse import defused
from labelpipe.store.release import published_database

BATCH_ROWS = 2048
"""Rows that are in memory at once; a row of `texts` is a whole document."""

SUFFIXES = {"csv": ".csv", "jsonl": ".jsonl", "arrow": ".arrows"}


def export_table(output: Path, table: str, style: str, sink: BinaryIO) -> None:
    """Write a table of the published build to a sink in the given style: csv, jsonl, arrow.

    Raises:
        OutputNotFound: there is no build.
        QueryError: no table is called that, or the build is of another version of labelpipe.
    """
    if table not in TABLES:
        raise QueryError(f"no table is called {table!r}; there are {', '.join(TABLES)}")
    schema = _described(table)
    with duckdb.connect(str(published_database(output)), read_only=True) as con:
        con.execute("SET TimeZone = 'UTC'")
        try:
            reader = con.sql(f"SELECT {', '.join(schema.names)} FROM {table}").to_arrow_reader(BATCH_ROWS)
        except duckdb.Error as error:
            raise QueryError(f"{error}\nThe build is of another version of labelpipe; build it again") from error
        _WRITERS[style]((batch.cast(schema) for batch in reader), schema, sink)


def export_tables(output: Path, tables: Iterable[str], style: str, folder: Path) -> Iterable[Path]:
    """Write tables into a folder, a file each, and yield the paths; a file is there whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    for table in tables:
        path = folder / (table + SUFFIXES[style])
        partial = path.with_name(path.name + ".partial")
        with partial.open("wb") as sink:
            export_table(output, table, style, sink)
        partial.replace(path)
        yield path


def _described(table: str) -> pa.Schema:
    """Return the contract's schema, with the descriptions that an Arrow file can carry."""
    spec = TABLES[table]
    fields = [field.with_metadata({"description": spec.descriptions[field.name]}) for field in spec.arrow]
    return pa.schema(fields, metadata={"description": spec.comment, "notice": NOTICE})


def _write_arrow(batches: Iterable[pa.RecordBatch], schema: pa.Schema, sink: BinaryIO) -> None:
    with pa.ipc.new_stream(sink, schema) as writer:
        for batch in batches:
            writer.write_batch(batch)


def _write_jsonl(batches: Iterable[pa.RecordBatch], schema: pa.Schema, sink: BinaryIO) -> None:
    for batch in batches:
        for row in batch.to_pylist():
            sink.write(json.dumps(row, default=_moment, ensure_ascii=False, allow_nan=False).encode() + b"\n")


def _moment(value: object) -> str:
    """Dates and moments in ISO 8601, as JSON Schema's `date` and `date-time` have them."""
    isoformat: Callable[[], str] = value.isoformat  # type: ignore[attr-defined]
    return isoformat()


def _write_csv(batches: Iterable[pa.RecordBatch], schema: pa.Schema, sink: BinaryIO) -> None:
    """NULL is empty, an empty text is `""`; lists are JSON, for CSV has none."""
    from pyarrow import csv

    flat = pa.schema([(f.name, pa.string() if pa.types.is_nested(f.type) else f.type) for f in schema])
    with csv.CSVWriter(sink, flat) as writer:
        for batch in batches:
            columns = [_flat(batch.column(number)) for number in range(batch.num_columns)]
            writer.write_batch(pa.record_batch(columns, schema=flat))


def _flat(column: pa.Array) -> pa.Array:
    if pa.types.is_nested(column.type):
        return pa.array([None if v is None else json.dumps(v, ensure_ascii=False) for v in column.to_pylist()])
    return defused(column) if pa.types.is_string(column.type) else column


_WRITERS = {"csv": _write_csv, "jsonl": _write_jsonl, "arrow": _write_arrow}


def export_to_stdout(output: Path, table: str, style: str) -> None:
    """Write a table to stdout; a reader that goes away early ends it quietly."""
    try:
        export_table(output, table, style, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        sys.stderr.close()
