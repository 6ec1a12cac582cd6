"""Where little has changed: the last release's database, copied, less the documents that went, with those that came.

memory.gone (doc_id, label_id, set_id)    documents of the last release that this build does not carry over
touched (label_id, set_id)                labels of documents that went or came: what compares documents looks at them
rewritten (doc_id)                        documents of which some table has other rows than in the last release
"""

import shutil

import duckdb

from labelpipe.contract import DOCUMENT_TABLES
from labelpipe.model import Reject
from labelpipe.store.carry import settings_of
from labelpipe.store.database import attach, load
from labelpipe.store.inventory import counted
from labelpipe.store.pieces import key_of
from labelpipe.store.release import Release

MAX_AMENDED = 0.1
"""So much of a database may have been amended, by this build and those before it; then it is written anew, in order."""

_TOUCHED = """
CREATE TEMP TABLE touched AS
SELECT label_id, set_id FROM memory.gone UNION SELECT label_id, set_id FROM memory.fresh.documents
"""

_REWRITTEN = """
CREATE TEMP TABLE rewritten AS SELECT doc_id FROM memory.gone UNION ALL SELECT doc_id FROM memory.fresh.documents
"""


def count_amended(con: duckdb.DuckDBPyConnection) -> int | None:
    """Return how many documents went or came since the database was last written anew; None where that is too many.

    The last release must have been made by the same code, for its views and comments stay.
    """
    con.execute("""
        CREATE TABLE memory.gone AS
        SELECT doc_id, label_id, set_id FROM last.documents WHERE doc_id NOT IN (FROM memory.kept)
    """)
    n_changed = sum(counted(con, f"memory.{what}") for what in ("gone", "waiting", "resumed"))
    n_amended = int(settings_of(con).get("n_amended", 0)) + n_changed
    return n_amended if n_amended <= MAX_AMENDED * counted(con, "memory.kept") else None


def amend(con: duckdb.DuckDBPyConnection, release: Release) -> list[Reject]:
    """Make the release's database out of the last one, and return the rejects of the checks across tables."""
    con.execute("CREATE SCHEMA memory.fresh; USE memory.fresh")
    broken = load(con, release, [""] * len(DOCUMENT_TABLES))
    release.amends = (release.output / "current").resolve()
    shutil.copyfile(release.amends / release.database.name, release.database)
    attach(con, release)
    con.execute(_TOUCHED)
    con.execute(_REWRITTEN)
    con.execute("DELETE FROM changes WHERE doc_id IN (SELECT doc_id FROM memory.gone)")
    for name in DOCUMENT_TABLES:
        con.execute(f"DELETE FROM {name} WHERE doc_id IN (SELECT doc_id FROM memory.gone)")
        con.execute(f"INSERT INTO {name} FROM memory.fresh.{name} ORDER BY {key_of(name)}")
    for name in ("units", "rejects", "runs"):
        con.execute(f"DELETE FROM {name}")
    return broken


def rewritten(con: duckdb.DuckDBPyConnection) -> set[str]:
    """Return the documents of which some table has other rows than in the release that is amended."""
    return {doc_id for (doc_id,) in con.execute("FROM temp.rewritten").fetchall()}
