"""What need not be parsed again: documents of the last release, and those that a build parsed before it was killed.

memory.kept (doc_id)       carried over from the last release, attached as `last`
memory.resumed (doc_id)    in parts that an interrupted build has left
memory.waiting             documents, as in memory.first, that have to be parsed
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from labelpipe.contract import DOCUMENT_TABLES
from labelpipe.contract.ddl import create_table
from labelpipe.sql import quoted
from labelpipe.store.parts import Parts

ACROSS = (
    "duplicate_document",
    "other_version",
    "formats_disagree",
    "other_label_boxed_warning",
    "other_label_half_life",
    "other_label_maximum",
)
"""Rules of findings that depend on other documents: they are found anew in every build."""

TRANSIENT = ("unreadable_file", "time_limit", "killed_worker")
"""Rules of rejects that may be gone the next time though nothing of ours has changed."""

SAME_BYTES = "; the same bytes were given as "
"""What is added to the message of a reject for each other path."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What rows depend on besides their documents; what was made on another basis is made anew."""

    versions: Mapping[str, str]
    """Parser version by source format."""
    limits: Mapping[str, Any]
    """What one document may cost."""
    package: str = ""
    """Hash of all our code and words: a release that it has made has our tables."""

    @property
    def key(self) -> str:
        """All of it, to be compared."""
        return json.dumps([dict(self.versions), dict(self.limits)], sort_keys=True)


def plan(con: duckdb.DuckDBPyConnection, database: Path | None, parts: Parts, basis: Basis, retry: bool) -> None:
    """Share the documents that were given out into carried over, resumed and waiting.

    Args:
        con: the build's connection; `database` (the last release, or None) is attached to it.
        database: carried over is only what it holds under the same path and parser version.
        parts: what an interrupted build has left; batches with a document that is not wanted are thrown away.
        basis: what rows depend on now.
        retry: whether rejected documents are parsed again though nothing has changed.
    """
    con.execute("CREATE TABLE memory.kept (doc_id VARCHAR)")
    con.execute("CREATE TABLE memory.kept_rejects AS SELECT NULL::VARCHAR AS doc_id, NULL::VARCHAR AS path LIMIT 0")
    _resume(con, parts, retry)
    if database and _attach(con, database, basis.package) and settings_of(con).get("limits") == basis.limits:
        _keep(con, basis.versions)
        if not retry and settings_of(con).get("versions") == basis.versions:
            _keep_rejects(con)
    con.execute("""
        CREATE TABLE memory.waiting AS FROM memory.first
        WHERE doc_id IS NULL
        OR doc_id NOT IN (
            FROM memory.kept UNION ALL FROM memory.resumed UNION ALL SELECT doc_id FROM memory.kept_rejects
        )
    """)


def carried_rows(con: duckdb.DuckDBPyConnection, name: str) -> str:
    """Return the rows of a table that are carried over, as a FROM clause to put behind other rows; empty for none."""
    if not has_last(con):
        return ""
    across = f" AND rule NOT IN {ACROSS}" if name == "findings" else ""
    return f"UNION ALL BY NAME (FROM last.{name} WHERE doc_id IN (FROM memory.kept){across})"


def carried_rejects(con: duckdb.DuckDBPyConnection) -> str:
    """Return the rejects that are carried over, as a FROM clause to put behind others; empty for none."""
    if not has_last(con):
        return ""
    return f"""UNION ALL BY NAME (
        SELECT * EXCLUDE (reject_no) REPLACE (split_part(message, {quoted(SAME_BYTES)}, 1) AS message)
        FROM last.rejects
        WHERE (row_json IS NOT NULL AND doc_id IN (FROM memory.kept))
        OR (row_json IS NULL AND doc_id IN (SELECT doc_id FROM memory.kept_rejects))
    )"""


def are_rejects_the_same(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether the rejects that were found, and those carried over, are those of the last release."""
    now, before = "(FROM memory.found_rejects)", "(SELECT * EXCLUDE (reject_no) FROM last.rejects)"
    others = f"FROM (({now} EXCEPT ALL {before}) UNION ALL ({before} EXCEPT ALL {now}))"
    return not con.execute(f"{others} LIMIT 1").fetchall()


def has_last(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether there is a last release to carry over from."""
    return bool(con.execute("SELECT 1 FROM duckdb_databases() WHERE database_name = 'last'").fetchall())


def settings_of(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Return the settings that the last release was built with."""
    ((settings,),) = con.execute("SELECT settings FROM last.runs").fetchall()
    found: dict[str, Any] = json.loads(settings)
    return found


def _attach(con: duckdb.DuckDBPyConnection, database: Path, package: str) -> bool:
    """Attach the last release, unless it cannot be read or its tables are of another version of the contract."""
    try:
        con.execute(f"ATTACH {quoted(str(database))} AS last (READ_ONLY)")
        if settings_of(con).get("package") == package:
            return True
        wanted, held = _columns(con, "wanted"), _columns(con, "last")
    except duckdb.Error:
        con.execute("DETACH DATABASE IF EXISTS last")
        return False
    if {name: held.get(name) for name in wanted} == wanted:
        return True
    con.execute("DETACH last")
    return False


def _columns(con: duckdb.DuckDBPyConnection, database: str) -> dict[str, list[tuple[str, str]]]:
    if database == "wanted":
        with duckdb.connect() as scratch:
            scratch.execute("".join(create_table(name) for name in (*DOCUMENT_TABLES, "rejects", "runs")))
            return _columns(scratch, "memory")
    columns: dict[str, list[tuple[str, str]]] = {}
    for table, *column in con.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() "
        "WHERE database_name = ? AND NOT internal ORDER BY column_index",
        [database],
    ).fetchall():
        columns.setdefault(table, []).append((column[0], column[1]))
    return columns


def _keep(con: duckdb.DuckDBPyConnection, versions: Mapping[str, str]) -> None:
    current = ", ".join(f"({quoted(name)}, {quoted(version)})" for name, version in versions.items())
    con.execute(f"""
        INSERT INTO memory.kept
        SELECT first.doc_id FROM memory.first
        JOIN last.documents AS d ON d.doc_id = first.doc_id AND d.source_path = first.path
        WHERE (d.source_format, d.parser_version) IN (VALUES {current})
        AND first.doc_id NOT IN (FROM memory.resumed)
    """)


def _keep_rejects(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(f"""
        INSERT INTO memory.kept_rejects
        SELECT first.doc_id, first.path FROM memory.first
        JOIN last.rejects AS r ON r.doc_id = first.doc_id AND r.source_path = first.path
        WHERE r.table_name = 'documents' AND r.row_json IS NULL AND r.rule NOT IN {TRANSIENT}
        AND first.doc_id NOT IN (FROM memory.resumed)
    """)


def _resume(con: duckdb.DuckDBPyConnection, parts: Parts, retry: bool) -> None:
    """Keep the batches of which every document is wanted, at the path it had; throw the others away."""
    documents, rejects = (parts.rows(name, with_batch=True) for name in ("documents", "rejects"))
    con.execute("CREATE TABLE memory.left_over (doc_id VARCHAR, path VARCHAR, batch VARCHAR, retried BOOLEAN)")
    if documents:
        con.execute(f"INSERT INTO memory.left_over SELECT doc_id, source_path, batch, false FROM {documents}")
    if rejects:
        transient = "true" if retry else f"rule IN {TRANSIENT} OR doc_id IS NULL"
        con.execute(
            f"INSERT INTO memory.left_over SELECT doc_id, source_path, batch, {transient} FROM {rejects} "
            "WHERE table_name = 'documents' AND row_json IS NULL"
        )
    unwanted = con.execute("""
        SELECT DISTINCT batch FROM memory.left_over AS l
        WHERE retried OR NOT EXISTS (SELECT 1 FROM memory.first AS f WHERE f.doc_id = l.doc_id AND f.path = l.path)
    """).fetchall()
    parts.forget({name for (name,) in unwanted})
    con.execute(
        """
        CREATE TABLE memory.resumed AS SELECT DISTINCT doc_id FROM memory.left_over
        WHERE batch NOT IN (SELECT unnest(?))
    """,
        [[name for (name,) in unwanted]],
    )
