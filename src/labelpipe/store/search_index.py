"""The search index: words and where they stand, as tables of the database itself, filled before a build is published.

DuckDB's own full-text search is an extension that is installed from the network; these tables need none, and every
DuckDB that opens the file can search it. sql/search.sql holds the tables and the ranking.
"""

import duckdb

from labelpipe.vocabulary import load

CHUNK_TEXTS = 200_000
"""Texts that are counted and sorted together: flat memory, and still few places where a word's postings are."""

_FORGET = """
CREATE OR REPLACE TEMP TABLE gone_texts AS
SELECT text_no FROM search_index.passages ANTI JOIN documents USING (doc_id)
EXCEPT SELECT text_no FROM search_index.passages SEMI JOIN documents USING (doc_id);
DELETE FROM search_index.postings WHERE text_no IN (FROM gone_texts);
DELETE FROM search_index.passages WHERE doc_id NOT IN (SELECT doc_id FROM documents);
"""
_PLACES = """
CREATE OR REPLACE TEMP TABLE places AS
SELECT doc_id, block_no, hash(text) AS text_hash, length(text) AS text_length
FROM blocks SEMI JOIN (SELECT doc_id FROM documents ANTI JOIN search_index.passages USING (doc_id)) USING (doc_id)
WHERE kind NOT IN ('noise', 'disclaimer')
"""
_TEXTS = """
CREATE OR REPLACE TEMP TABLE texts_met AS
SELECT
    row_number() OVER (ORDER BY place) + (SELECT coalesce(max(text_no), 0) FROM search_index.passages) AS text_no,
    text_hash, text_length, place.doc_id AS doc_id, place.block_no AS block_no, 0 AS n_words
FROM (
    SELECT text_hash, text_length, min({doc_id: doc_id, block_no: block_no}) AS place
    FROM places GROUP BY text_hash, text_length
)
"""
_CHUNKS = "SELECT min(text_no), max(text_no), min(doc_id), max(doc_id) FROM texts_met GROUP BY text_no // $1 ORDER BY 1"
_COUNT = """
CREATE OR REPLACE TEMP TABLE counted AS
SELECT text_no, list_histogram(search_index.words_of(text)) AS counts
FROM blocks JOIN texts_met USING (doc_id, block_no)
WHERE text_no BETWEEN $1 AND $2 AND blocks.doc_id BETWEEN $3 AND $4
"""
_LENGTHS = """
UPDATE texts_met SET n_words = coalesce(list_sum(map_values(counts)), 0) FROM counted
WHERE counted.text_no = texts_met.text_no
"""
_ENTRIES = """
CREATE OR REPLACE TEMP TABLE entries AS
SELECT text_no, entry.key AS word, entry.value AS n_times
FROM (SELECT text_no, unnest(map_entries(counts)) AS entry FROM counted)
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
SELECT w.word_no, e.text_no, least(e.n_times, 9999)
FROM entries AS e JOIN search_index.words AS w USING (word)
ORDER BY w.word_no, e.text_no
"""
_PASSAGES = """
INSERT INTO search_index.passages
SELECT
    row_number() OVER (ORDER BY p.doc_id, p.block_no)
    + (SELECT coalesce(max(passage_no), 0) FROM search_index.passages) AS passage_no,
    p.doc_id, p.block_no, t.text_no, t.n_words
FROM places AS p JOIN texts_met AS t USING (text_hash, text_length)
ORDER BY passage_no
"""


def fill_search_index(con: duckdb.DuckDBPyConnection) -> None:
    """Index the words of all blocks but noise and disclaimers; those that are indexed stay, those that are gone go.

    Labels say many things in the same words: the words of a text are counted once, however often it stands there.
    The views must have been created.
    """
    for statement in (_FORGET, _PLACES, _TEXTS):
        con.execute(statement)
    function_words = load("search")["function_words"]
    for chunk in con.execute(_CHUNKS, [CHUNK_TEXTS]).fetchall():
        con.execute(_COUNT, chunk)
        con.execute(_LENGTHS)
        con.execute(_ENTRIES, [function_words])
        con.execute(_WORDS)
        con.execute(_POSTINGS)
    con.execute(_PASSAGES)
    for name in ("gone_texts", "places", "texts_met", "counted", "entries"):
        con.execute(f"DROP TABLE IF EXISTS temp.{name}")
