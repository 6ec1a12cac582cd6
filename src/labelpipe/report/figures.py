"""The figures of a build: each is one statement, which the page shows beside what it gave."""

from dataclasses import dataclass

import duckdb

from labelpipe.report.rows import Row, select

REJECTS_SHOWN = 200
"""Rejects that the report quotes; all of them are in the database."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A statement and its rows."""

    sql: str
    rows: list[Row]


RUN = """
SELECT * EXCLUDE (started_at, finished_at), strftime(timezone('UTC', started_at), '%Y-%m-%d %H:%M') AS started_at
FROM runs
"""

FORMATS = """
SELECT source_format, source_tier, count(*) AS n_documents, sum(source_bytes)::BIGINT AS n_bytes
FROM documents
GROUP BY ALL
ORDER BY n_documents DESC, source_format
"""

WORDS = """
SELECT
    source_format,
    CASE
        WHEN kind IN ('noise', 'disclaimer') THEN 'noise'
        WHEN kind IN ('field_label', 'field_value') THEN 'header'
        WHEN section IS NULL THEN 'not placed'
        ELSE section_method
    END AS became,
    sum(char_end - char_start)::BIGINT AS n_characters
FROM blocks JOIN documents USING (doc_id)
GROUP BY ALL
ORDER BY ALL
"""

CONFIDENCE = """
SELECT
    least(floor(section_confidence * 20), 19)::INTEGER * 5 AS from_percent,
    count(*) FILTER (WHERE section IS NOT NULL) AS n_placed,
    count(*) FILTER (WHERE section IS NULL) AS n_abstained
FROM blocks
WHERE section_confidence IS NOT NULL AND section_method <> 'stated'
GROUP BY ALL
ORDER BY ALL
"""

SECTIONS = """
SELECT
    section,
    count(DISTINCT doc_id) FILTER (WHERE section_method = 'stated') AS n_documents_stated,
    count(DISTINCT doc_id) AS n_documents,
    count(*) AS n_blocks
FROM blocks
WHERE section IS NOT NULL
GROUP BY section
ORDER BY n_documents DESC, section
"""

FINDINGS = """
WITH places AS (
    SELECT f.rule, f.severity, coalesce(b.section, b.kind, 'the whole document') AS place,
        count(*) AS n, count(DISTINCT f.doc_id) AS n_documents
    FROM findings AS f LEFT JOIN blocks AS b USING (doc_id, block_no)
    GROUP BY ALL
), ranked AS (
    SELECT *, row_number() OVER (PARTITION BY rule, severity ORDER BY n DESC, place) AS rank FROM places
)
SELECT
    rule, severity, sum(n)::BIGINT AS n_findings,
    (SELECT count(DISTINCT doc_id) FROM findings AS f WHERE f.rule = r.rule AND f.severity = r.severity) AS n_documents,
    list({place: place, n: n} ORDER BY rank) FILTER (WHERE rank <= 3) AS places
FROM ranked AS r
GROUP BY rule, severity
ORDER BY severity = 'info', n_findings DESC, rule
"""

REJECTS_BY_RULE = """
SELECT table_name, rule, count(*) AS n_rejects, count(DISTINCT source_path) AS n_sources
FROM rejects
GROUP BY ALL
ORDER BY n_rejects DESC, table_name, rule
"""

REJECTS = f"""
SELECT reject_no, source_path, doc_id, table_name, rule, column_name, value, message
FROM rejects
ORDER BY reject_no
LIMIT {REJECTS_SHOWN}
"""

STATEMENTS = {
    "run": RUN,
    "formats": FORMATS,
    "words": WORDS,
    "confidence": CONFIDENCE,
    "sections": SECTIONS,
    "findings": FINDINGS,
    "rejects_by_rule": REJECTS_BY_RULE,
    "rejects": REJECTS,
}


def read_figures(con: duckdb.DuckDBPyConnection) -> dict[str, Figure]:
    """Return every figure of a build by its name."""
    return {name: Figure(sql.strip(), select(con, sql)) for name, sql in STATEMENTS.items()}
