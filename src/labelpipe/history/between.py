"""Any two versions of a label in a published build, chosen by version, by day or by document."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import duckdb

from labelpipe.errors import QueryError
from labelpipe.history.compare import compare
from labelpipe.history.record import read_version
from labelpipe.history.versions import Change
from labelpipe.store.release import published_database

_LABELS = """
    SELECT DISTINCT label_id FROM documents
    WHERE label_id = $1 OR set_id = $1 OR source_path = $1 OR doc_id = $1 OR lower(brand_name) = lower($1)
"""
_DATED = """
    SELECT label_version, valid_from, doc_id, source_path FROM label_versions WHERE label_id = $1 ORDER BY version_no
"""


class Dated(NamedTuple):
    """A version as it is chosen: its number, the first day it was in force, and the document that stands for it."""

    label_version: str | None
    valid_from: date
    doc_id: str
    source_path: str

    def __str__(self) -> str:
        return f"version {self.label_version or '(none)'} of {self.valid_from} ({self.source_path})"


class Difference(NamedTuple):
    """Two versions of a label, and what changed from the one to the other."""

    label_id: str
    old: Dated
    new: Dated
    changes: tuple[Change, ...]


def difference(output: Path, label: str, old: str | None = None, new: str | None = None) -> Difference:
    """Return what changed in a label between two versions; by default between the last two.

    `label` is a label_id, a set id, a brand name, a source path or a doc_id; a version is named by its number, by a
    day (YYYY-MM-DD: the one in force then) or by a doc_id.

    Raises:
        OutputNotFound: there is no build.
        QueryError: there is no such label or version, or only one version.
    """
    with duckdb.connect(str(published_database(output)), read_only=True) as con:
        label_id = _label(con, label)
        versions = [Dated(*row) for row in con.execute(_DATED, [label_id]).fetchall()]
        after = _chosen(versions, new, label_id) if new else versions[-1] if versions else None
        earlier = versions[: versions.index(after)] if after else []
        before = _chosen(versions, old, label_id) if old else earlier[-1] if earlier else None
        if not before or not after:
            raise QueryError(f"{label_id} has {_told(versions)}; there is nothing to compare it with")
        changes = compare(read_version(con, before.doc_id), read_version(con, after.doc_id))
        return Difference(label_id, before, after, tuple(changes))


def _label(con: duckdb.DuckDBPyConnection, label: str) -> str:
    found = [label_id for (label_id,) in con.execute(_LABELS, [label]).fetchall()]
    if len(found) != 1:
        told = "no label is" if not found else f"{len(found)} labels are ({', '.join(sorted(found)[:5])})"
        raise QueryError(f'{told} called {label!r}; `labelpipe query "FROM label_versions"` lists those with a date')
    return str(found[0])


def _chosen(versions: Sequence[Dated], wanted: str, label_id: str) -> Dated:
    """Return the version of that number or document, or the one in force on that day."""
    named = [version for version in versions if wanted in (version.label_version, version.doc_id)]
    if not named and (day := _day(wanted)):
        named = [version for version in versions if version.valid_from <= day]
    if not named:
        raise QueryError(f"{label_id} has no version {wanted!r}; it has {_told(versions)}")
    return named[-1]


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def _told(versions: Sequence[Dated]) -> str:
    return "; ".join(map(str, versions)) or "no version with a date"
