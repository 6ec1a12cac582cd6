"""The Parquet file of each table: rows in the order of its key, in row groups that depend on the rows and nothing else.

A row group holds the documents whose ids begin alike. Where none of them has changed, it is that of the last release,
copied: byte for byte what writing it anew would give.
"""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from labelpipe.contract import DOCUMENT_TABLES, TABLES
from labelpipe.store.inventory import counted
from labelpipe.store.row_groups import GroupsFile, GroupsWriter

BY_DOCUMENT = (*DOCUMENT_TABLES, "changes")
"""Tables whose rows are the documents', one document after the other; the others are small, and written anew."""

GROUP_ROWS = 20_000
"""So many rows a row group has at most, about."""

LONG_ROWS = {"texts": 200, "sections": 4_000}
"""The same for tables whose rows are long."""

MAX_GROUPS = 1 << 12
_PREFIX_DIGITS = 3
"""Hex digits of a doc_id that tell MAX_GROUPS groups apart."""


def write_parquet(con: duckdb.DuckDBPyConnection, name: str, path: Path, last: Path | None) -> None:
    """Write a table; `last` is its file in the last release, which holds the same rows but those of `rewritten`.

    Args:
        con: the build's connection, with the table, and `rewritten` (doc_id) where there is a last file.
        name: the table.
        path: where to write it.
        last: None for a table that is written anew.
    """
    n_groups = _n_groups(name, counted(con, name))
    kept = dict(_kept(con, name, last, n_groups)) if last else {}
    file = GroupsFile(last) if last and kept else None
    with GroupsWriter(path, TABLES[name].arrow) as writer:
        for number in range(n_groups):
            if file and number in kept:
                writer.copy(file, file.groups[kept[number]])
            else:
                rows = con.sql(f"FROM {name} {_of_group(number, n_groups)} ORDER BY {', '.join(TABLES[name].key)}")
                writer.write(rows.to_arrow_table().cast(TABLES[name].arrow))
    if file:
        file.close()


def _n_groups(name: str, n_rows: int) -> int:
    """Return into how many row groups a table is cut: a power of two, so that few rows more leave them as they are."""
    if name not in BY_DOCUMENT:
        return 1
    n_groups = 1
    while n_groups < MAX_GROUPS and n_groups * LONG_ROWS.get(name, GROUP_ROWS) < n_rows:
        n_groups *= 2
    return n_groups


def _group_of(doc_id: str, n_groups: int) -> int:
    return int(doc_id[:_PREFIX_DIGITS], 16) * n_groups // MAX_GROUPS


def _of_group(number: int, n_groups: int) -> str:
    """Return the condition that a row belongs to a row group."""
    if n_groups == 1:
        return ""
    first, beyond = (f"{at * MAX_GROUPS // n_groups:0{_PREFIX_DIGITS}x}" for at in (number, number + 1))
    return f"WHERE doc_id >= '{first}'" + (f" AND doc_id < '{beyond}'" if number + 1 < n_groups else "")


def _kept(con: duckdb.DuckDBPyConnection, name: str, last: Path, n_groups: int) -> Iterator[tuple[int, int]]:
    """Yield (group, its number in the last file) of the row groups in which nothing has changed."""
    footer = pq.read_metadata(last)
    if name not in BY_DOCUMENT or n_groups != _n_groups(name, footer.num_rows):
        return
    changed = {_group_of(doc_id, n_groups) for (doc_id,) in con.execute("FROM rewritten").fetchall()}
    for at in range(footer.num_row_groups):
        group = _group_of(footer.row_group(at).column(0).statistics.min, n_groups)
        if group not in changed:
            yield group, at
