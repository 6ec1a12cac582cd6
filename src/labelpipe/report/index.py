"""The documents of a build, those first that need a reviewer's look, and which of them get a page in the report."""

from collections.abc import Iterable

import duckdb

from labelpipe.report.rows import Row, select

DOCUMENTS_LISTED = 10_000
"""Documents that the report lists; `labelpipe explore` lists them all."""

PAGES_CHARACTERS = 4_000_000
"""Characters of source that get a page in the report: a file of some 10 to 25 MB, which a browser opens in seconds."""

PAGE_CHARACTERS = 250_000
"""A document longer than this has no page in the report: it would crowd out the others."""

INDEX = """
WITH found AS (
    SELECT
        doc_id,
        count(*) FILTER (WHERE severity = 'error') AS n_errors,
        count(*) FILTER (WHERE severity = 'warning') AS n_warnings,
        count(*) FILTER (WHERE severity = 'info') AS n_notes,
        list(DISTINCT rule ORDER BY rule) AS rules
    FROM findings
    GROUP BY doc_id
), placed AS (
    SELECT doc_id, count(*) AS n_blocks, avg(section_confidence) FILTER (WHERE section_method <> 'stated') AS confidence
    FROM blocks
    GROUP BY doc_id
)
SELECT
    d.doc_id, d.source_path, coalesce(d.brand_name, d.generic_name, d.label_id) AS name, d.source_format, d.language,
    coalesce(p.n_blocks, 0) AS n_blocks, p.confidence,
    coalesce(f.n_errors, 0) AS n_errors, coalesce(f.n_warnings, 0) AS n_warnings, coalesce(f.n_notes, 0) AS n_notes,
    coalesce(f.rules, []) AS rules
FROM documents AS d
LEFT JOIN found AS f USING (doc_id)
LEFT JOIN placed AS p USING (doc_id)
"""

NEED = "n_errors DESC, n_warnings DESC, confidence NULLS LAST, source_path, doc_id"
"""The order in which documents need a look: most warnings first, then those whose places are least sure."""


def read_index(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Return the documents that the report lists."""
    return select(con, f"{INDEX} ORDER BY {NEED} LIMIT {DOCUMENTS_LISTED}")


def choose_pages(con: duckdb.DuckDBPyConnection, index: list[Row]) -> list[str]:
    """Return the doc_ids that get a page in the report: one for every rule, then whatever needs a look most."""
    sizes = dict(con.execute("SELECT doc_id, length(text) FROM texts").fetchall())
    left, chosen = PAGES_CHARACTERS, set()
    for row in _by_turn(index):
        size = sizes.get(row["doc_id"], 0)
        if size <= min(left, PAGE_CHARACTERS):
            chosen.add(row["doc_id"])
            left -= size
    return [row["doc_id"] for row in index if row["doc_id"] in chosen]


def _by_turn(index: list[Row]) -> Iterable[Row]:
    """Yield the first document of every rule, then all the others."""
    seen: set[str] = set()
    later = []
    for row in index:
        if seen.issuperset(row["rules"]):
            later.append(row)
        else:
            seen.update(row["rules"])
            yield row
    yield from later
