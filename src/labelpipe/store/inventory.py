"""What was given to a build, as tables: of every document its place, and which others hold the same bytes.

given (position, file, root, path, doc_id, source_bytes, is_file)   every document, in order
first (the same, and other_paths)                                   each content once, where it stands first
"""

import hashlib
import os
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import duckdb
import pyarrow as pa

from labelpipe.model import Finding

CHUNK_ROWS = 10_000

_GIVEN = pa.schema(
    [
        ("position", pa.int64()),
        ("file", pa.binary()),  # whatever bytes the file system allows
        ("root", pa.string()),
        ("path", pa.string()),
        ("doc_id", pa.string()),
        ("source_bytes", pa.int64()),
        ("is_file", pa.bool_()),
    ]
)
_FIRST = """
INSERT INTO memory.first
WITH keyed AS (SELECT *, coalesce(doc_id, decode(file) || ' ' || path) AS key FROM memory.given),
others AS (SELECT key, list(path ORDER BY position)[2:] AS other_paths FROM keyed GROUP BY key HAVING count(*) > 1)
SELECT keyed.* EXCLUDE (key), coalesce(other_paths, []) AS other_paths
FROM keyed LEFT JOIN others USING (key)
QUALIFY row_number() OVER (PARTITION BY key ORDER BY position) = 1
"""

Row = tuple[Any, ...]


def make_inventory(con: duckdb.DuckDBPyConnection) -> None:
    """Make the tables, without rows."""
    con.register("incoming", _GIVEN.empty_table())
    con.execute("CREATE TABLE memory.given AS FROM incoming")
    con.execute("CREATE TABLE memory.first AS SELECT *, []::VARCHAR[] AS other_paths FROM incoming")
    con.unregister("incoming")


def take_inventory(con: duckdb.DuckDBPyConnection, given: Iterable[Row]) -> str:
    """Write down what was given, and return a hash of it: of all paths and ids, in order.

    Each row has the columns of `given`, less its position.
    """
    position = 0
    sha256 = hashlib.sha256()
    rows = iter(given)
    while chunk := list(islice(rows, CHUNK_ROWS)):
        files, *columns = zip(*chunk, strict=True)
        sha256.update("".join(f"{path}\0{doc_id}\n" for path, doc_id in zip(*columns[1:3], strict=True)).encode())
        numbers = range(position, position + len(chunk))
        con.register("incoming", pa.table([numbers, [*map(os.fsencode, files)], *columns], schema=_GIVEN))
        con.execute("INSERT INTO memory.given FROM incoming")
        position += len(chunk)
    con.execute(_FIRST)
    return sha256.hexdigest()


def rows_of(con: duckdb.DuckDBPyConnection, table: str = "memory.first") -> Iterator[Row]:
    """Yield the documents that are each content's first, in order; rows as they were given."""
    reading = con.cursor()
    reading.execute(f"SELECT file, root, path, doc_id, source_bytes, is_file FROM {table} ORDER BY position")
    while chunk := reading.fetchmany(CHUNK_ROWS):
        yield from ((os.fsdecode(file), *others) for file, *others in chunk)


def duplicates(con: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, Finding]]:
    """Yield (doc_id, finding) for every other path that holds the bytes of a document that was loaded."""
    found = con.execute(
        "SELECT doc_id, unnest(other_paths) FROM memory.first JOIN documents USING (doc_id) "
        "WHERE len(other_paths) > 0 ORDER BY position"
    ).fetchall()
    for doc_id, path in found:
        message = f"the same bytes were given as {path} too"
        yield doc_id, Finding("duplicate_document", "info", message, evidence=path)


def counted(con: duckdb.DuckDBPyConnection, what: str) -> int:
    """Return how many rows there are."""
    ((n_rows,),) = con.execute(f"SELECT count(*) FROM {what}").fetchall()
    return int(n_rows)
