"""The Parquet file of each table: rows in the order of its key, in row groups that depend on the rows and nothing else.

A row group holds the documents whose ids begin alike. Where none of them has changed, it is that of the last release,
copied: byte for byte what writing it anew would give.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path

import duckdb
import pyarrow as pa

from labelpipe.contract import DOCUMENT_TABLES, TABLES
from labelpipe.store.inventory import counted
from labelpipe.store.pieces import MAX_PIECES, count_pieces, is_in, key_of, piece_of
from labelpipe.store.row_groups import GroupsFile, GroupsWriter, RowGroup

BY_DOCUMENT = (*DOCUMENT_TABLES, "changes")
"""Tables whose rows are the documents', one document after the other; the others are small, and written anew."""

ROWS_FOR_A_GROUP = 1000
"""What copying a row group costs, in rows written: n row groups of 1000 n * n rows are the cheapest."""

LONG_ROWS = {"texts": 100, "sections": 5}
"""Tables whose rows are long: how many times as much one costs."""

BATCH_ROWS = 10_000
"""Rows that are read from the database together."""


def write_parquet(con: duckdb.DuckDBPyConnection, name: str, path: Path, last: Path | None) -> None:
    """Write a table; `last` is its file in the last release, which holds the same rows but those of `rewritten`.

    Args:
        con: the build's connection, with the table, and `rewritten` (doc_id) where there is a last file.
        name: the table.
        path: where to write it.
        last: None for a table that is written anew.
    """
    n_groups = _n_groups(name, counted(con, name))
    kept = _kept(con, GroupsFile(last), name, n_groups) if last and n_groups > 1 else {}
    fresh = _rows(con, name, n_groups, [number for number in range(n_groups) if number not in kept])
    with GroupsWriter(path, TABLES[name].arrow) as writer:
        for _, group in merge(kept.items(), fresh, key=itemgetter(0)):
            writer.copy(group) if isinstance(group, RowGroup) else writer.write(group)


def _n_groups(name: str, n_rows: int) -> int:
    """Return into how many row groups a table is cut: a power of two, so that few rows more leave them as they are."""
    n_groups = 1
    if name in BY_DOCUMENT:
        cost = n_rows * LONG_ROWS.get(name, 1)
        while n_groups < MAX_PIECES and n_groups * n_groups * ROWS_FOR_A_GROUP < cost:
            n_groups *= 2
    return n_groups


def _rows(
    con: duckdb.DuckDBPyConnection, name: str, n_groups: int, wanted: Sequence[int]
) -> Iterator[tuple[int, pa.Table]]:
    """Yield (number, rows) of the row groups that are wanted, in their order, sorted some of them at a time."""
    step = max(1, n_groups // count_pieces(con, name))
    for start in range(0, len(wanted), step):
        yield from _sorted_rows(con, name, n_groups, wanted[start : start + step])


def _sorted_rows(
    con: duckdb.DuckDBPyConnection, name: str, n_groups: int, wanted: Sequence[int]
) -> Iterator[tuple[int, pa.Table]]:
    schema = TABLES[name].arrow
    only = "" if len(wanted) == n_groups else f"WHERE {' OR '.join(is_in(number, n_groups) for number in wanted)}"
    found = con.sql(f"FROM {name} {only} ORDER BY {key_of(name)}").to_arrow_reader(BATCH_ROWS)
    pieces = ((0, batch) for batch in found) if n_groups == 1 else chain.from_iterable(_cut(b, n_groups) for b in found)
    for number, group in groupby(pieces, key=itemgetter(0)):
        yield number, pa.Table.from_batches([batch for _, batch in group]).cast(schema)


def _cut(batch: pa.RecordBatch, n_groups: int) -> Iterator[tuple[int, pa.RecordBatch]]:
    """Yield (number, rows) of the row groups that ordered rows belong to."""
    ids, start = batch.column("doc_id"), 0
    while start < len(batch):
        number = piece_of(ids[start].as_py(), n_groups)
        end = bisect_right(range(len(batch)), number, lo=start, key=lambda at: piece_of(ids[at].as_py(), n_groups))
        yield number, batch.slice(start, end - start)
        start = end


def _kept(con: duckdb.DuckDBPyConnection, last: GroupsFile, name: str, n_groups: int) -> dict[int, RowGroup]:
    """Return the row groups of the last file in which nothing has changed."""
    if n_groups != _n_groups(name, last.n_rows):
        return {}
    changed = {piece_of(doc_id, n_groups) for (doc_id,) in con.execute("FROM rewritten").fetchall()}
    found = {piece_of(group.lowest.decode(), n_groups): group for group in last.groups}
    return {number: group for number, group in found.items() if number not in changed}
