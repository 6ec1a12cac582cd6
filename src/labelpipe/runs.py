"""What a run did: the summary that people and scripts read, and the row of the table `runs`."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from labelpipe._version import __version__
from labelpipe.contract import SCHEMA_VERSION, TABLES
from labelpipe.contract.validate import validate_table
from labelpipe.store.carry import has_last
from labelpipe.store.inventory import counted


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did, for people and for exit codes.

    n_documents = n_parsed + n_reused + n_duplicates + n_rejected. `n_removed` were in the last build and are not given
    any more. `is_published` is false where nothing has changed: the last release stands, and `run_id` is its own.
    `doubts` are what the gate said, where it was forced.
    """

    run_id: str
    output: Path
    n_documents: int
    n_parsed: int
    n_duplicates: int
    n_rejected: int
    n_rejected_rows: int
    n_reused: int = 0
    n_removed: int = 0
    seconds: float = 0.0
    is_published: bool = True
    doubts: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it for machines."""
        return {**asdict(self), "output": str(self.output), "doubts": list(self.doubts)}


def summarise(con: duckdb.DuckDBPyConnection, run_id: str, output: Path, started: datetime, n_broken: int) -> Summary:
    """Count what is loaded, what was given, and what is neither. `n_broken` rows were rejected while loading."""
    n_given, n_first, n_loaded = (counted(con, what) for what in ("memory.given", "memory.first", "documents"))
    n_reused = counted(con, "documents WHERE doc_id IN (FROM memory.kept)")
    return Summary(
        run_id=run_id,
        output=output,
        n_documents=n_given,
        n_parsed=n_loaded - n_reused,
        n_duplicates=n_given - n_first,
        n_rejected=n_first - n_loaded,
        n_rejected_rows=counted(con, "memory.found_rejects WHERE row_json IS NOT NULL") + n_broken,
        n_reused=n_reused,
        n_removed=count_removed(con),
        seconds=round((datetime.now(UTC) - started).total_seconds(), 1),
    )


def unchanged(con: duckdb.DuckDBPyConnection, output: Path, started: datetime) -> Summary:
    """Return the summary of a build that found everything as it was."""
    n_given, n_first, n_kept = (counted(con, what) for what in ("memory.given", "memory.first", "memory.kept"))
    ((run_id,),) = con.execute("SELECT run_id FROM last.runs").fetchall()
    return Summary(
        run_id=run_id,
        output=output,
        n_documents=n_given,
        n_parsed=0,
        n_duplicates=n_given - n_first,
        n_rejected=n_first - n_kept,
        n_rejected_rows=counted(con, "last.rejects WHERE row_json IS NOT NULL"),
        n_reused=n_kept,
        seconds=round((datetime.now(UTC) - started).total_seconds(), 1),
        is_published=False,
    )


def count_removed(con: duckdb.DuckDBPyConnection) -> int:
    """Return how many documents of the last release are not given any more."""
    gone = "last.documents WHERE source_path NOT IN (SELECT path FROM memory.given)"
    return counted(con, gone) if has_last(con) else 0


def run_table(summary: Summary, settings: dict[str, Any], started: datetime) -> pa.Table:
    """Return the row of `runs`."""
    row = {
        "run_id": summary.run_id,
        "started_at": started,
        "finished_at": datetime.now(UTC),
        "labelpipe_version": __version__,
        "schema_version": SCHEMA_VERSION,
        "n_documents": summary.n_documents,
        "n_parsed": summary.n_parsed,
        "n_reused": summary.n_reused,
        "n_duplicates": summary.n_duplicates,
        "n_rejected": summary.n_rejected,
        "settings": json.dumps(settings),
    }
    return validate_table("runs", pa.Table.from_pylist([row], schema=TABLES["runs"].arrow)).good
