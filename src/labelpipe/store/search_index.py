"""The search index: words and where they stand, as tables of the database itself, filled before a build is published.

DuckDB's own full-text search is an extension that is installed from the network; these tables need none, and every
DuckDB that opens the file can search it. sql/search.sql holds the tables and the ranking.
"""

import duckdb

from labelpipe.vocabulary import load

CHUNK_BLOCKS = 200_000
"""Blocks that are counted and sorted together: flat memory, and still few places where a word's postings are."""

_CHUNKS = """
SELECT min(doc_id), max(doc_id)
FROM (SELECT doc_id, sum(count(*)) OVER (ORDER BY doc_id) // $1 AS chunk FROM unindexed JOIN blocks USING (doc_id)
    GROUP BY doc_id)
GROUP BY chunk ORDER BY chunk
"""
_GONE = """
CREATE OR REPLACE TEMP TABLE gone_passages AS
SELECT passage_no FROM search_index.passages ANTI JOIN documents USING (doc_id);
DELETE FROM search_index.postings WHERE passage_no IN (FROM gone_passages);
DELETE FROM search_index.passages WHERE passage_no IN (FROM gone_passages);
CREATE OR REPLACE TEMP TABLE unindexed AS
SELECT doc_id FROM documents ANTI JOIN search_index.passages USING (doc_id)
"""
_COUNT = """
CREATE OR REPLACE TEMP TABLE counted AS
SELECT
    row_number() OVER (ORDER BY doc_id, block_no) + (SELECT coalesce(max(passage_no), 0) FROM search_index.passages)
        AS passage_no,
    doc_id, block_no, list_histogram(search_index.words_of(text)) AS counts
FROM blocks SEMI JOIN unindexed USING (doc_id)
WHERE doc_id BETWEEN $1 AND $2 AND kind NOT IN ('noise', 'disclaimer')
"""
_PASSAGES = """
INSERT INTO search_index.passages
SELECT passage_no, doc_id, block_no, coalesce(list_sum(map_values(counts)), 0) FROM counted ORDER BY passage_no
"""
_ENTRIES = """
CREATE OR REPLACE TEMP TABLE entries AS
SELECT passage_no, entry.key AS word, entry.value AS n_times
FROM (SELECT passage_no, unnest(map_entries(counts)) AS entry FROM counted)
WHERE NOT list_contains($1, entry.key)
"""
_WORDS = """
INSERT INTO search_index.words
SELECT (SELECT count(*) FROM search_index.words) + row_number() OVER (ORDER BY word), word, search_index.term_of(word)
FROM (SELECT DISTINCT word FROM entries ANTI JOIN search_index.words USING (word))
ORDER BY word
"""
_POSTINGS = """
INSERT INTO search_index.postings
SELECT w.word_no, e.passage_no, least(e.n_times, 9999)
FROM entries AS e JOIN search_index.words AS w USING (word)
ORDER BY w.word_no, e.passage_no
"""


def fill_search_index(con: duckdb.DuckDBPyConnection) -> None:
    """Index the words of all blocks but noise and disclaimers; those that are indexed stay, those that are gone go.

    The views must have been created.
    """
    con.execute(_GONE)
    function_words = load("search")["function_words"]
    for first, last in _chunks(con):
        con.execute(_COUNT, [first, last])
        con.execute(_PASSAGES)
        con.execute(_ENTRIES, [function_words])
        con.execute(_WORDS)
        con.execute(_POSTINGS)
    con.execute("DROP TABLE IF EXISTS temp.counted; DROP TABLE IF EXISTS temp.entries")


def _chunks(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Return the first and last doc_id of runs of documents that have about CHUNK_BLOCKS blocks together."""
    return con.execute(_CHUNKS, [CHUNK_BLOCKS]).fetchall()
