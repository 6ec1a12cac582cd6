"""START HERE: the stages, in their order.

bytes --read--> blocks --place--> sections --extract--> facts --judge--> findings --validate--> --publish--> release
"""

import json
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa

from labelpipe._version import __version__
from labelpipe.contract import SCHEMA_VERSION, TABLES
from labelpipe.contract.rows import Rows
from labelpipe.contract.spans import check_blocks
from labelpipe.contract.validate import validate_table
from labelpipe.errors import InternalError, NothingBuilt, UnreadableSource
from labelpipe.extract import extract_facts, read_document, tag_answers
from labelpipe.findings import is_about_a_drug, judge
from labelpipe.findings.forms import compare_forms
from labelpipe.history import record_changes
from labelpipe.model import Finding, Label, Reject, Source, Unopened
from labelpipe.readers import read
from labelpipe.sections import outline, place, unknown_codes
from labelpipe.sources import Given, doc_id_of, find_documents, open_documents
from labelpipe.store.database import assemble, finish, insert
from labelpipe.store.forms import finding_rows, read_forms
from labelpipe.store.release import Release

BATCH_SIZE = 500
"""Documents that are validated and written together: few enough for flat memory, enough to hide fixed costs."""

BATCH_BYTES = 8 << 20
"""What waits to be written is some fifteen times as large in memory as its sources are."""


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


def parse_source(source: Source, known: tuple[Finding, ...] = ()) -> Label:
    """Run one document through all stages.

    Raises:
        UnreadableSource: the bytes are no document that is read.
    """
    reading = read(source)
    document = read_document(source, reading)
    blocks = place(reading, infer=is_about_a_drug(document, reading.blocks))
    facts = extract_facts(reading, blocks, document)
    blocks = tag_answers(blocks, facts.faqs)
    findings = judge(document, blocks, facts, (*known, *reading.findings, *unknown_codes(reading)))
    sections = outline(reading, blocks)
    return Label(doc_id_of(document.source_sha256), document, reading.text, blocks, sections, facts, findings)


def build(raw: Iterable[Path], output: Path, on_document: Callable[[], None] = lambda: None) -> Summary:
    """Parse every document under `raw`, validate all rows, and publish them to `output` as one release.

    Raises:
        PublishError: the output folder cannot be written, or another build holds it.
        NothingBuilt: no document could be read.
        ContractError: a whole table breaks the contract. The last good build stands whatever is raised.
    """
    started = datetime.now(UTC)
    run_id = started.strftime("%Y%m%dT%H%M%S.%fZ")
    given = find_documents(raw)
    rejects: list[Reject] = []
    n_parsed = 0
    with Release(output, run_id) as release:
        for rows in _batches(_parse_all(given, rejects, on_document)):
            n_parsed += rows.n_documents
            release.add(_validated(rows, rejects))
        if not n_parsed:
            raise NothingBuilt(_why_nothing(rejects))
        con, rejects = assemble(release, rejects)
        across = finding_rows(con, compare_forms(read_forms(con)))
        insert(con, "findings", validate_table("findings", across).good)
        record_changes(con)
        summary = _summarise(run_id, output, given, rejects)
        finish(con, release, rejects, _run_table(summary, started))
        release.publish()
    return summary


def _batches(labels: Iterable[Label]) -> Iterator[Rows]:
    """Gather the rows of labels into batches: of as many as BATCH_SIZE, or as BATCH_BYTES of sources."""
    rows = Rows()
    for label in labels:
        rows.add(label)
        if rows.n_documents == BATCH_SIZE or rows.source_bytes >= BATCH_BYTES:
            yield rows
            rows = Rows()
    if rows.n_documents:
        yield rows


def _parse_all(given: list[Given], rejects: list[Reject], on_document: Callable[[], None]) -> Iterator[Label]:
    """Yield the labels; what cannot be read becomes a reject, and the others go on."""
    for one, opened in open_documents(given):
        parsed = _parse_given(one, opened)
        if isinstance(parsed, Reject):
            rejects.append(parsed)
        else:
            yield parsed
        on_document()


def _parse_given(given: Given, opened: Source | Unopened) -> Label | Reject:
    if isinstance(opened, Unopened):
        return _rejected_document(given, opened.error)
    try:
        return parse_source(opened, tuple(_duplicate_finding(path) for path in given.other_paths))
    except UnreadableSource as error:
        return _rejected_document(given, error)
    except Exception as error:
        return _rejected_document(given, InternalError(_told(error)))


def _validated(rows: Rows, rejects: list[Reject]) -> dict[str, pa.Table]:
    good: dict[str, pa.Table] = {}
    for name, table in rows.tables().items():
        checked = validate_table(name, table)
        good[name] = checked.good
        rejects.extend(checked.rejects)
    placed = check_blocks(good["blocks"], good["texts"])
    rejects.extend(placed.rejects)
    return {**good, "blocks": placed.good}


def _why_nothing(rejects: list[Reject]) -> str:
    reasons = "".join(f"\n  {reject.message}" for reject in rejects[:10])
    return f"nothing was built, and nothing was published: {len(rejects)} documents were rejected{reasons}"


def _duplicate_finding(path: str) -> Finding:
    return Finding("duplicate_document", "info", f"the same bytes were given as {path} too", evidence=path)


def _told(error: Exception) -> str:
    """Say where our own code failed."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(frame.filename).name}:{frame.lineno}"
    return f"{type(error).__name__} at {where}: {error}; this is a mistake in labelpipe, please report it"


def _rejected_document(given: Given, error: UnreadableSource) -> Reject:
    twice = "".join(f"; the same bytes were given as {path} too" for path in given.other_paths)
    message = f"{given.path}: {error}{twice}"
    return Reject(given.path, given.doc_id, "documents", error.rule, None, None, None, message)


def _summarise(run_id: str, output: Path, given: list[Given], rejects: list[Reject]) -> Summary:
    n_duplicates = sum(len(one.other_paths) for one in given)
    bad_documents = sum(reject.table_name == "documents" for reject in rejects)
    return Summary(
        run_id=run_id,
        output=output,
        n_documents=len(given) + n_duplicates,
        n_parsed=len(given) - bad_documents,
        n_duplicates=n_duplicates,
        n_rejected=bad_documents,
        n_rejected_rows=len(rejects) - bad_documents,
    )


def _run_table(summary: Summary, started: datetime) -> pa.Table:
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
        "settings": json.dumps({"batch_size": BATCH_SIZE}),
    }
    return validate_table("runs", pa.Table.from_pylist([row], schema=TABLES["runs"].arrow)).good
