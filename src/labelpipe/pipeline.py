"""START HERE: the stages, in their order.

bytes --read--> blocks --place--> sections --extract--> facts --judge--> findings --validate--> --publish--> release

`parse_source` takes one document through them. `build` does it for all that are given: it takes an inventory, has an
engine parse batches of documents into parts, and makes one release of the parts.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

import duckdb

from labelpipe.batches import Manifest, ParseBatch, compose, share_out
from labelpipe.engines import dask, local
from labelpipe.engines.exchange import Exchange
from labelpipe.errors import GateRefused, NothingBuilt
from labelpipe.extract import extract_facts, read_document, tag_answers
from labelpipe.findings import is_about_a_drug, judge
from labelpipe.findings.forms import compare_forms
from labelpipe.findings.other_labels import tell_other_labels
from labelpipe.fingerprint import FORMATS, everything, parser_version
from labelpipe.history import record_changes
from labelpipe.model import Label, Reject, Source
from labelpipe.readers import read
from labelpipe.report.kept_pages import kept_pages
from labelpipe.report.write import write_report
from labelpipe.runs import Summary, run_table, summarise, unchanged
from labelpipe.sections import outline, place, unknown_codes
from labelpipe.settings import Settings
from labelpipe.sources import Given, absolute, check_apart, doc_id_of, find_documents
from labelpipe.store.across import write_across
from labelpipe.store.amend import amend, count_amended, rewritten
from labelpipe.store.carry import Basis, are_rejects_the_same, has_last, plan, settings_of
from labelpipe.store.checksums import hashed_meanwhile
from labelpipe.store.database import assemble, collect_rejects, connect, finish
from labelpipe.store.forms import read_forms
from labelpipe.store.gate import doubts
from labelpipe.store.inventory import counted, duplicates, rows_of, take_inventory
from labelpipe.store.other_labels import read_other_labels
from labelpipe.store.release import Release, last_database
from labelpipe.urls import is_url, without_password
from labelpipe.watching import Watcher

SETTINGS, SILENT = Settings(), Watcher()

__all__ = ["Summary", "build", "parse_source"]


def parse_source(source: Source) -> Label:
    """Run one document through all stages.

    Raises:
        UnreadableSource: the bytes are no document that is read.
    """
    reading = read(source)
    document = read_document(source, reading)._replace(parser_version=parser_version(reading.source_format))
    blocks = place(reading, infer=is_about_a_drug(document, reading.blocks))
    facts = extract_facts(reading, blocks, document)
    blocks = tag_answers(blocks, facts.faqs)
    findings = judge(document, blocks, facts, (*reading.findings, *unknown_codes(reading)))
    sections = outline(reading, blocks)
    return Label(doc_id_of(document.source_sha256), document, reading.text, blocks, sections, facts, findings)


def build(raw: Iterable[Path | str], output: Path, settings: Settings = SETTINGS, watcher: Watcher = SILENT) -> Summary:
    """Parse every document under `raw`, paths and URLs, validate all rows, and publish them as one release.

    What the last release holds of the same documents, made by the same code and words, is carried over; what a build
    had parsed that was killed is taken up. Where nothing has changed, the last release stands; rejects that were tried
    again and are rejected as before are no change.

    Raises:
        ConfigError: the output lies in what is to be read.
        PublishError: the output folder cannot be written, or another build holds it.
        NothingBuilt: no document could be read.
        GateRefused: the build is worse than the settings allow.
        ContractError: a whole table breaks the contract. The last good build stands whatever is raised.
    """
    started = datetime.now(UTC)
    run_id = started.strftime("%Y%m%dT%H%M%S.%fZ")
    roots = [root if is_url(str(root)) else Path(root) for root in raw]
    check_apart(roots, output)
    given = find_documents(roots)
    with (
        Release(output, run_id, settings.keep) as release,
        connect(release.scratch, settings.memory_mb, settings.workers) as con,
    ):
        watcher.stage("scan")
        told = {**_told(roots, settings), "inventory": take_inventory(con, given)}
        _plan(con, release, settings)
        if _is_as_told(con, told) and not (counted(con, "memory.waiting") or counted(con, "memory.resumed")):
            return unchanged(con, output, started)
        _parse_all(con, release, settings, watcher)
        watcher.stage("assemble")
        collect_rejects(con, release)
        is_anything_parsed = release.parts.rows("documents") is not None
        if not is_anything_parsed and _is_as_told(con, told) and are_rejects_the_same(con):
            return unchanged(con, output, started)
        if not (is_anything_parsed or counted(con, "memory.kept")):
            raise NothingBuilt(_why_nothing(con))
        told["n_amended"], broken = _assemble(con, release, told)
        _compare_documents(con)
        record_changes(con)
        found = _doubts(con, settings)
        summary = replace(summarise(con, run_id, output, started, len(broken)), doubts=found)
        changed = rewritten(con)
        finish(con, release, broken, run_table(summary, told, started))
        with hashed_meanwhile(release.database, release.hashes):
            if settings.report:
                watcher.stage("report")
                kept = kept_pages(release.amends / release.report.name, changed) if release.amends else {}
                write_report(release.database, release.report, kept)
        watcher.stage("publish")
        release.publish()
    return summary


def _told(roots: list[Path | str], settings: Settings) -> dict[str, Any]:
    """Return what `runs.settings` says, less the hash of the inventory."""
    return {
        **asdict(settings),
        "parts": settings.parts and without_password(settings.parts),
        "raw": [without_password(root) if isinstance(root, str) else str(root.resolve()) for root in roots],
        "versions": {name: parser_version(name) for name in FORMATS},
        "package": everything(),
    }


def _plan(con: duckdb.DuckDBPyConnection, release: Release, settings: Settings) -> None:
    """Find out what need not be parsed."""
    basis = Basis({name: parser_version(name) for name in FORMATS}, asdict(settings.limits), everything())
    release.parts.adopt(release.left, basis.key)
    plan(con, last_database(release.output), release.parts, basis, settings.retry_rejects)


def _is_as_told(con: duckdb.DuckDBPyConnection, told: dict[str, Any], but: tuple[str, ...] = ()) -> bool:
    """Whether the last release was made of the same documents by the same code; rejects may be tried again."""
    if not has_last(con):
        return False
    last = settings_of(con)
    return all(last.get(name) == told[name] for name in ("package", "inventory", "limits") if name not in but)


def _parse_all(con: duckdb.DuckDBPyConnection, release: Release, settings: Settings, watcher: Watcher) -> None:
    """Have all documents parsed that are waiting."""
    watcher.planned(counted(con, "memory.waiting"), counted(con, "memory.kept"))
    watcher.stage("parse")
    work = ParseBatch(parse_source, release.parts.folder, settings.limits, release.run_id.replace(".", ""))
    waiting = (Given(*row) for row in rows_of(con, "memory.waiting"))
    for manifest in _manifests(work, waiting, release, settings):
        watcher.batch_done(manifest)
    release.parts.prune()


def _manifests(work: ParseBatch, waiting: Iterator[Given], release: Release, settings: Settings) -> Iterator[Manifest]:
    if settings.scheduler is None:
        return local.run(work, compose(waiting), settings.workers)
    place = settings.parts and f"{settings.parts.rstrip('/')}/{release.run_id}"
    exchange = Exchange(place or str(release.folder.absolute() / "exchange"))
    return dask.run(work, share_out(map(absolute, waiting)), settings.scheduler, exchange, release.parts)


def _assemble(con: duckdb.DuckDBPyConnection, release: Release, told: dict[str, Any]) -> tuple[int, list[Reject]]:
    """Make the database: out of the last one where little has changed, else anew. The first is what was amended."""
    if _is_as_told(con, told, but=("inventory",)) and (n_amended := count_amended(con)) is not None:
        return n_amended, amend(con, release)
    return 0, assemble(release, con=con)[1]


def _compare_documents(con: duckdb.DuckDBPyConnection) -> None:
    """Write down the findings that depend on other documents."""
    of_forms = chain.from_iterable(compare_forms(forms) for forms in read_forms(con))
    write_across(con, (duplicates(con), of_forms, tell_other_labels(read_other_labels(con))))


def _doubts(con: duckdb.DuckDBPyConnection, settings: Settings) -> tuple[str, ...]:
    found = tuple(doubts(con, settings.gate, counted(con, "memory.first")))
    if found and not settings.gate.force:
        reasons = "".join(f"\n  {doubt}" for doubt in found)
        raise GateRefused(f"this build was not published, the last one stands:{reasons}\nlook at that, or use --force")
    return found


def _why_nothing(con: duckdb.DuckDBPyConnection) -> str:
    if not counted(con, "memory.given"):
        return "nothing was built, and nothing was published: there are no files to read; look at the step before"
    told = con.execute("SELECT message FROM memory.found_rejects ORDER BY ALL LIMIT 10").fetchall()
    reasons = "".join(f"\n  {message}" for (message,) in told)
    n_rejected = counted(con, "memory.found_rejects")
    return f"nothing was built, and nothing was published: {n_rejected} documents were rejected{reasons}"
