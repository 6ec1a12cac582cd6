"""One document for a page: its source line by line, and what was made of it, each fact with a way to its words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import duckdb

from labelpipe.report.facts import FACT_TABLES, facts_sql
from labelpipe.report.marks import SHOWN_CHARACTERS, Piece, Span, cut
from labelpipe.report.rows import WANTED, Row, select_by_document

LINES_SHOWN = 4_000
"""Lines of one document that a page shows."""

DOCUMENT = f"SELECT * EXCLUDE (source_sha256, parser_version) FROM documents WHERE {WANTED}"
BLOCKS = f"""
SELECT
    doc_id, block_no, kind, text, char_start, locator, section, section_candidate, section_method, section_confidence,
    section_evidence, population, topic
FROM blocks WHERE {WANTED} ORDER BY block_no
"""
FINDINGS = f"""
SELECT doc_id, finding_no AS no, rule, severity, message, block_no, char_start, char_end
FROM findings WHERE {WANTED} ORDER BY finding_no
"""
IN_NO_SECTION = ("noise", "disclaimer", "field_label", "field_value")


@dataclass(frozen=True, slots=True)
class Line:
    """A block as a page shows it. `opens` is the section whose run begins here."""

    block: Row
    anchor: str
    pieces: list[Piece]
    n_left_out: int
    findings: list[Row]
    opens: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one table of facts."""

    name: str
    title: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Page:
    """All that a page shows of a document. `anchor` comes first in every id of it."""

    anchor: str
    document: Row
    lines: list[Line]
    n_lines_left_out: int
    groups: list[Group]
    findings: list[Row]
    outline: list[tuple[str, str]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What a person calls the document."""
        return str(self.document["brand_name"] or self.document["generic_name"] or self.document["label_id"])


def read_page(con: duckdb.DuckDBPyConnection, doc_id: str) -> Page | None:
    """Return a document's page, or None where the build has no such document."""
    return next(read_pages(con, [doc_id]), None)


def read_pages(con: duckdb.DuckDBPyConnection, doc_ids: list[str]) -> Iterator[Page]:
    """Yield the pages of documents in the order asked for; every table is read once for all of them."""
    documents, blocks, findings = (select_by_document(con, sql, doc_ids) for sql in (DOCUMENT, BLOCKS, FINDINGS))
    facts = {name: select_by_document(con, facts_sql(name), doc_ids) for name in FACT_TABLES}
    for doc_id in doc_ids:
        for document in documents[doc_id]:
            groups = [Group(name, table.title, facts[name].pop(doc_id, [])) for name, table in FACT_TABLES.items()]
            yield _page(document, blocks.pop(doc_id, []), findings.pop(doc_id, []), groups)


def _page(document: Row, blocks: list[Row], findings: list[Row], groups: list[Group]) -> Page:
    anchor = f"d{document['doc_id']}"
    shown = blocks[:LINES_SHOWN]
    spans = _link(anchor, shown, [("findings", findings), *((group.name, group.rows) for group in groups)])
    lines = list(_lines(anchor, shown, spans, findings))
    outline = [(line.anchor, line.opens) for line in lines if line.opens]
    left_out = len(blocks) - len(shown)
    return Page(anchor, document, lines, left_out, [g for g in groups if g.rows], findings, outline)


def _link(anchor: str, blocks: list[Row], tables: Iterable[tuple[str, list[Row]]]) -> dict[int, list[Span]]:
    """Give every fact and finding its id and the id of its words; return the spans of those words by block."""
    by_no = {block["block_no"]: block for block in blocks}
    spans: dict[int, list[Span]] = defaultdict(list)
    for name, rows in tables:
        for row in rows:
            row["short"] = f"{name}-{row['no']}"
            row["id"] = f"{anchor}-{row['short']}"
            block = by_no.get(row["block_no"])
            row["words"] = None if block is None else f"{anchor}-b{row['block_no']}"
            span = None if block is None else _span(row, block)
            if span:
                row["words"] = f"{row['id']}-words"
                spans[row["block_no"]].append(span)
    return spans


def _span(row: Row, block: Row) -> Span | None:
    """Return where a row's words are in its block; None where it has none that are shown."""
    if row["char_start"] is None:
        return None
    start = max(row["char_start"] - block["char_start"], 0)
    end = min(row["char_end"] - block["char_start"], len(block["text"]))
    return Span(row["short"], start, end) if start < min(end, SHOWN_CHARACTERS) else None


def _lines(anchor: str, blocks: list[Row], spans: dict[int, list[Span]], findings: list[Row]) -> Iterator[Line]:
    under: dict[Any, list[Row]] = defaultdict(list)
    for finding in findings:
        under[finding["block_no"]].append(finding)
    before: str | None = None
    for block in blocks:
        now = _run(block)
        opens = now if now != before and now is not None else None
        before = now or before
        yield Line(
            block,
            f"{anchor}-b{block['block_no']}",
            cut(block["text"], spans.get(block["block_no"], ())),
            max(len(block["text"]) - SHOWN_CHARACTERS, 0),
            under.get(block["block_no"], []),
            opens,
        )


def _run(block: Row) -> str | None:
    """Return the run of lines that a block belongs to; None where it says nothing about that (noise between two)."""
    if block["kind"] in ("noise", "disclaimer"):
        return None
    if block["kind"] in IN_NO_SECTION:
        return "header"
    return block["section"] or "not_placed"
