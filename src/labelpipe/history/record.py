"""Versions out of the database that is being built, and the changes between them back into it."""

from collections.abc import Iterator
from itertools import groupby, islice
from typing import NamedTuple

import duckdb
import pyarrow as pa

from labelpipe.contract import TABLES
from labelpipe.contract.validate import validate_table
from labelpipe.extract.sentences import sentences
from labelpipe.history.compare import compare
from labelpipe.history.fact_queries import facts_query
from labelpipe.history.versions import Change, Fact, Passage, Version
from labelpipe.store.database import insert

BATCH_ROWS = 20_000
"""Changes that are written together."""

_NEITHER_SAID = ("noise", "disclaimer")
_WHOLE = ("table_row", "heading")
_TOUCHED = "label_id IN (SELECT label_id FROM touched)"


class _Pair(NamedTuple):
    doc_id: str
    old_doc_id: str


def record_changes(con: duckdb.DuckDBPyConnection) -> None:
    """Compare every version of the labels in `touched` with the one before it, and write down what changed."""
    con.execute(f"INSERT INTO rewritten SELECT doc_id FROM documents WHERE {_TOUCHED}")
    con.execute(f"DELETE FROM changes WHERE doc_id IN (SELECT doc_id FROM documents WHERE {_TOUCHED})")
    rows = _rows(con)
    while batch := list(islice(rows, BATCH_ROWS)):
        table = pa.Table.from_pylist(batch, schema=TABLES["changes"].arrow)
        insert(con, "changes", validate_table("changes", table).good)


def read_version(con: duckdb.DuckDBPyConnection, doc_id: str) -> Version:
    """Return what a document says."""
    blocks = con.execute(
        "SELECT section, block_no, kind, text FROM blocks WHERE doc_id = ? AND kind NOT IN ? ORDER BY block_no",
        [doc_id, _NEITHER_SAID],
    ).fetchall()
    facts = con.execute(facts_query(), {"doc_id": doc_id}).fetchall()
    return Version(doc_id, tuple(_passages(blocks)), tuple(Fact(*fact) for fact in facts))


def _rows(con: duckdb.DuckDBPyConnection) -> Iterator[dict[str, object]]:
    for (new_id, old_id), changes in groupby(_changes(con), key=lambda found: found[0]):
        for number, (_, change) in enumerate(changes, 1):
            yield {"doc_id": new_id, "change_no": number, "old_doc_id": old_id, **change._asdict()}


def _changes(con: duckdb.DuckDBPyConnection) -> Iterator[tuple[_Pair, Change]]:
    """Yield the changes of all labels; a version is read once and kept until the next has been compared with it."""
    pairs = con.execute(
        f"SELECT doc_id, old_doc_id FROM label_versions WHERE old_doc_id IS NOT NULL AND {_TOUCHED} "
        "ORDER BY label_id, version_no"
    ).fetchall()
    last: Version | None = None
    for pair in (_Pair(*row) for row in pairs):
        old = last if last and last.doc_id == pair.old_doc_id else read_version(con, pair.old_doc_id)
        last = read_version(con, pair.doc_id)
        yield from ((pair, change) for change in compare(old, last))


def _passages(blocks: list[tuple[str | None, int, str, str]]) -> Iterator[Passage]:
    """Cut blocks into sentences; a heading stands under the section of what follows it."""
    below: str | None = None
    placed = []
    for section, block_no, kind, text in reversed(blocks):
        below = section or below if kind == "heading" else section
        placed.append((below, block_no, kind, text))
    for section, block_no, kind, text in reversed(placed):
        cut = (text,) if kind in _WHOLE else (sentence.text for sentence in sentences(text))
        yield from (Passage(section, block_no, words) for words in cut)
