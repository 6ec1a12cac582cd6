"""The gate before a build is published: what says that it is worse than the last one, and where to look."""

from collections.abc import Iterator

import duckdb

from labelpipe.contract import DOCUMENT_TABLES, TABLES
from labelpipe.settings import Gate, Share
from labelpipe.store.carry import has_last

NAMED = 5
"""Labels and paths that a message names."""


def doubts(con: duckdb.DuckDBPyConnection, gate: Gate, n_documents: int) -> Iterator[str]:
    """Yield what is wrong with a build that is loaded, held against the last one, which is attached as `last`.

    Args:
        con: the build's connection.
        gate: what is let through.
        n_documents: documents that were given, each once.
    """
    yield from _rejects(con, gate.max_rejects, n_documents)
    if has_last(con):
        yield from _vanished(con, gate.max_vanished)
        if gate.max_emptied is not None:
            for name in DOCUMENT_TABLES:
                yield from _emptied(con, name, gate.max_emptied)


def _rejects(con: duckdb.DuckDBPyConnection, most: Share | None, n_documents: int) -> Iterator[str]:
    found = con.execute(
        "SELECT source_path FROM memory.found_rejects WHERE table_name = 'documents' ORDER BY ALL"
    ).fetchall()
    if most is not None and most.is_less_than(len(found), n_documents):
        yield f"{len(found)} of {n_documents} documents were rejected, {most} may be: {_named(found)}"


def _vanished(con: duckdb.DuckDBPyConnection, most: Share | None) -> Iterator[str]:
    if most is None:
        return
    found = con.execute(
        "SELECT DISTINCT label_id FROM last.documents WHERE label_id NOT IN (SELECT label_id FROM documents) ORDER BY 1"
    ).fetchall()
    ((n_before,),) = con.execute("SELECT count(DISTINCT label_id) FROM last.documents").fetchall()
    if most.is_less_than(len(found), n_before):
        yield f"{len(found)} of {n_before} labels are gone since the last build, {most} may be: {_named(found)}"


def _emptied(con: duckdb.DuckDBPyConnection, name: str, most: float) -> Iterator[str]:
    """Yield columns whose share of rows with a value has fallen, in percentage points."""
    columns = [field.name for field in TABLES[name].arrow if field.nullable]
    if not columns:
        return
    shares = ", ".join(f"100.0 * count({column}) / count(*)" for column in columns)
    (now,) = con.execute(f"SELECT {shares} FROM {name}").fetchall()
    (before,) = con.execute(f"SELECT {shares} FROM last.{name}").fetchall()
    for column, share, was in zip(columns, now, before, strict=True):
        if was is not None and was - (share or 0) > most:
            yield f"{name}.{column} has a value in {share or 0:.1f} % of rows; it had one in {was:.1f} %"


def _named(found: list[tuple[str]]) -> str:
    more = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
    return ", ".join(str(name) for (name,) in found[:NAMED]) + more
