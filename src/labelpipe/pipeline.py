"""START HERE: the stages, in their order.

bytes --read--> blocks --place--> sections --extract--> facts --judge--> findings --validate--> --publish--> release

`parse_source` takes one document through them. `build` does it for all that are given: it takes an inventory, has an
engine parse batches of documents into parts, and makes one release of the parts.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

import duckdb
import pyarrow as pa

from labelpipe._version import __version__
from labelpipe.batches import Manifest, ParseBatch, compose
from labelpipe.contract import SCHEMA_VERSION, TABLES
from labelpipe.contract.validate import validate_table
from labelpipe.engines import local
from labelpipe.errors import NothingBuilt
from labelpipe.extract import extract_facts, read_document, tag_answers
from labelpipe.findings import is_about_a_drug, judge
from labelpipe.findings.forms import compare_forms
from labelpipe.findings.other_labels import tell_other_labels
from labelpipe.history import record_changes
from labelpipe.model import Label, Source
from labelpipe.readers import read
from labelpipe.sections import outline, place, unknown_codes
from labelpipe.settings import Settings
from labelpipe.sources import Given, doc_id_of, find_documents
from labelpipe.store.database import assemble, connect, finish, insert, rejects_of_parts
from labelpipe.store.forms import finding_rows, read_forms
from labelpipe.store.inventory import counted, duplicates, rows_of, take_inventory
from labelpipe.store.other_labels import read_other_labels
from labelpipe.store.release import Release
from labelpipe.watching import Watcher

SETTINGS, SILENT = Settings(), Watcher()


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did, for people and for exit codes."""

    run_id: str
    output: Path
    n_documents: int
    n_parsed: int
    n_duplicates: int
    n_rejected: int
    n_rejected_rows: int


def parse_source(source: Source) -> Label:
    """Run one document through all stages.

    Raises:
        UnreadableSource: the bytes are no document that is read.
    """
    reading = read(source)
    document = read_document(source, reading)
    blocks = place(reading, infer=is_about_a_drug(document, reading.blocks))
    facts = extract_facts(reading, blocks, document)
    blocks = tag_answers(blocks, facts.faqs)
    findings = judge(document, blocks, facts, (*reading.findings, *unknown_codes(reading)))
    sections = outline(reading, blocks)
    return Label(doc_id_of(document.source_sha256), document, reading.text, blocks, sections, facts, findings)


def build(raw: Iterable[Path], output: Path, settings: Settings = SETTINGS, watcher: Watcher = SILENT) -> Summary:
    """Parse every document under `raw`, validate all rows, and publish them to `output` as one release.

    Raises:
        PublishError: the output folder cannot be written, or another build holds it.
        NothingBuilt: no document could be read.
        ContractError: a whole table breaks the contract. The last good build stands whatever is raised.
    """
    started = datetime.now(UTC)
    run_id = started.strftime("%Y%m%dT%H%M%S.%fZ")
    given = find_documents(raw)
    with Release(output, run_id) as release:
        con = connect(release.scratch, settings.memory_mb, max(settings.workers, 1))
        watcher.stage("scan")
        take_inventory(con, given)
        done = _parse_all(con, release, settings, watcher)
        if not done.n_parsed:
            raise NothingBuilt(_why_nothing(con, release))
        watcher.stage("assemble")
        _, broken = assemble(release, con=con)
        of_forms = compare_forms(read_forms(con))
        across = finding_rows(con, chain(duplicates(con), of_forms, tell_other_labels(read_other_labels(con))))
        insert(con, "findings", validate_table("findings", across).good)
        record_changes(con)
        summary = _summarise(run_id, output, con, done, len(broken))
        finish(con, release, broken, _run_table(summary, settings, started))
        watcher.stage("publish")
        release.publish()
    return summary


def _parse_all(con: duckdb.DuckDBPyConnection, release: Release, settings: Settings, watcher: Watcher) -> Manifest:
    """Have all documents parsed, and return the sum of what that gave."""
    watcher.planned(counted(con, "memory.first"))
    watcher.stage("parse")
    work = ParseBatch(parse_source, release.parts.folder, settings.limits)
    total = Manifest("all", 0, 0, 0, 0, 0.0, 0.0)
    for manifest in local.run(work, compose(Given(*row) for row in rows_of(con)), settings.workers):
        watcher.batch_done(manifest)
        total += manifest
    return total


def _why_nothing(con: duckdb.DuckDBPyConnection, release: Release) -> str:
    if not release.parts.has("rejects"):
        return "nothing was built, and nothing was published: there is no document in what was given"
    told = [
        message for (message,) in con.execute(f"SELECT message FROM {rejects_of_parts(release)} LIMIT 10").fetchall()
    ]
    reasons = "".join(f"\n  {message}" for message in told)
    return (
        f"nothing was built, and nothing was published: {counted(con, 'memory.first')} documents were rejected{reasons}"
    )


def _summarise(run_id: str, output: Path, con: duckdb.DuckDBPyConnection, done: Manifest, n_broken: int) -> Summary:
    n_documents = counted(con, "memory.given")
    return Summary(
        run_id=run_id,
        output=output,
        n_documents=n_documents,
        n_parsed=done.n_parsed,
        n_duplicates=n_documents - counted(con, "memory.first"),
        n_rejected=done.n_rejected,
        n_rejected_rows=done.n_rejected_rows + n_broken,
    )


def _run_table(summary: Summary, settings: Settings, started: datetime) -> pa.Table:
    row = {
        "run_id": summary.run_id,
        "started_at": started,
        "finished_at": datetime.now(UTC),
        "labelpipe_version": __version__,
        "schema_version": SCHEMA_VERSION,
        "n_documents": summary.n_documents,
        "n_parsed": summary.n_parsed,
        "n_reused": 0,
        "n_duplicates": summary.n_duplicates,
        "n_rejected": summary.n_rejected,
        "settings": json.dumps(asdict(settings)),
    }
    return validate_table("runs", pa.Table.from_pylist([row], schema=TABLES["runs"].arrow)).good
