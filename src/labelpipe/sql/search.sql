-- Search: words of the labels, ranked by BM25 (k1 = 1.2, b = 0.75). The index is filled when a build is published, so that
-- it is never stale; store/search_index.py fills it.

CREATE SCHEMA search_index;

CREATE TABLE search_index.passages (
    passage_no INTEGER, doc_id VARCHAR, block_no INTEGER, text_no INTEGER, n_words INTEGER
);
COMMENT ON TABLE search_index.passages IS 'What can be found: every block but noise and disclaimers';
COMMENT ON COLUMN search_index.passages.passage_no IS 'Passage within the build';
COMMENT ON COLUMN search_index.passages.doc_id IS 'The document it stands in';
COMMENT ON COLUMN search_index.passages.block_no IS 'The block it is';
COMMENT ON COLUMN search_index.passages.text_no IS 'Its text; passages that say the same may share one';
COMMENT ON COLUMN search_index.passages.n_words IS 'Its length in words';

CREATE TABLE search_index.words (word_no INTEGER, word VARCHAR, term VARCHAR);
COMMENT ON TABLE search_index.words IS 'The words of all passages; words of one term find each other';
COMMENT ON COLUMN search_index.words.word_no IS 'Word within the build';
COMMENT ON COLUMN search_index.words.word IS 'The word as printed, in lower case';
COMMENT ON COLUMN search_index.words.term IS 'The word without accents and plural';

CREATE TABLE search_index.postings (word_no INTEGER, text_no INTEGER, n_times SMALLINT);
COMMENT ON TABLE search_index.postings IS 'Which word stands in which text; by word, so that a search reads little';
COMMENT ON COLUMN search_index.postings.word_no IS 'The word';
COMMENT ON COLUMN search_index.postings.text_no IS 'The text';
COMMENT ON COLUMN search_index.postings.n_times IS 'How often it stands there';

CREATE MACRO search_index.words_of(words) AS regexp_extract_all(lower(words), '[\pL\pN]+');
COMMENT ON MACRO search_index.words_of IS 'words_of(text): its runs of letters and digits, in lower case';

CREATE MACRO search_index.without_plural(word) AS
    CASE
        WHEN length(word) < 4 OR regexp_matches(word, '(ss|us|is)$') THEN word
        WHEN regexp_matches(word, '[^aeiou]ies$') THEN left(word, length(word) - 3) || 'y'
        WHEN regexp_matches(word, '(ch|sh|ss|x|zz)es$') THEN left(word, length(word) - 2)
        WHEN ends_with(word, 's') THEN left(word, length(word) - 1)
        ELSE word
    END;
COMMENT ON MACRO search_index.without_plural IS 'without_plural(word): patches is patch, therapies is therapy, doses is dose';

CREATE MACRO search_index.term_of(word) AS search_index.without_plural(strip_accents(word));
COMMENT ON MACRO search_index.term_of IS 'term_of(word): the word without accents and plural';

CREATE MACRO search(query, max_hits := 20, mark_start := '**', mark_end := '**') AS TABLE
WITH
    asked AS (SELECT DISTINCT search_index.term_of(unnest(search_index.words_of(query))) AS term),
    asked_words AS (SELECT w.word_no, w.word, w.term FROM search_index.words AS w JOIN asked USING (term)),
    hits AS (
        SELECT t.term, p.passage_no, t.n_times
        FROM (
            SELECT w.term, o.text_no, sum(o.n_times) AS n_times
            FROM search_index.postings AS o
            JOIN asked_words AS w USING (word_no)
            GROUP BY w.term, o.text_no
        ) AS t
        JOIN search_index.passages AS p USING (text_no)
    ),
    size AS (SELECT count(*) AS n_passages, avg(n_words) AS mean_words FROM search_index.passages),
    rarity AS (
        SELECT h.term, ln(1 + (any_value(size.n_passages) - count(*) + 0.5) / (count(*) + 0.5)) AS weight
        FROM hits AS h CROSS JOIN size
        GROUP BY h.term
    ),
    scored AS (
        SELECT
            h.passage_no,
            sum(r.weight * h.n_times * 2.2 / (h.n_times + 1.2 * (0.25 + 0.75 * p.n_words / size.mean_words))) AS score
        FROM hits AS h
        JOIN rarity AS r USING (term)
        JOIN search_index.passages AS p USING (passage_no)
        CROSS JOIN size
        GROUP BY h.passage_no
        ORDER BY round(score, 6) DESC, any_value((p.doc_id, p.block_no))
        LIMIT max_hits
    ),
    found AS (
        SELECT s.passage_no, s.score, b.doc_id, b.block_no, b.locator, b.kind, b.section, b.text
        FROM scored AS s
        JOIN search_index.passages AS p USING (passage_no)
        JOIN blocks AS b ON b.doc_id = p.doc_id AND b.block_no = p.block_no
    ),
    pieces AS (
        SELECT
            passage_no,
            unnest(regexp_extract_all(text, '[\pL\pN]+|[^\pL\pN]+')) AS piece,
            generate_subscripts(regexp_extract_all(text, '[\pL\pN]+|[^\pL\pN]+'), 1) AS place
        FROM found
    ),
    marked AS (
        SELECT pieces.passage_no, pieces.piece, pieces.place, w.term
        FROM pieces LEFT JOIN asked_words AS w ON w.word = lower(pieces.piece)
    ),
    openings AS (
        SELECT a.passage_no, a.place, count(DISTINCT b.term) AS n_terms
        FROM marked AS a
        JOIN marked AS b ON b.passage_no = a.passage_no AND b.place BETWEEN a.place AND a.place + 40
        WHERE a.term IS NOT NULL
        GROUP BY a.passage_no, a.place
    ),
    windows AS (
        SELECT passage_no, CASE WHEN best <= 24 THEN 1 ELSE best - 12 END AS opening
        FROM (SELECT passage_no, arg_max(place, n_terms * 100000 - place) AS best FROM openings GROUP BY passage_no)
    ),
    snippets AS (
        SELECT
            m.passage_no,
            CASE WHEN any_value(w.opening) > 1 THEN '… ' ELSE '' END
            || trim(string_agg(
                CASE WHEN m.term IS NULL THEN m.piece ELSE mark_start || m.piece || mark_end END, '' ORDER BY m.place
            ) FILTER (WHERE m.place BETWEEN w.opening AND w.opening + 60))
            || CASE WHEN max(m.place) > any_value(w.opening) + 60 THEN ' …' ELSE '' END AS snippet
        FROM marked AS m
        JOIN windows AS w USING (passage_no)
        GROUP BY m.passage_no
    )
SELECT
    round(f.score, 3) AS score, d.brand_name, d.generic_name, f.section, n.snippet, d.source_path, f.locator, f.kind,
    f.doc_id, f.block_no
FROM found AS f
JOIN documents AS d USING (doc_id)
LEFT JOIN snippets AS n USING (passage_no)
ORDER BY round(f.score, 6) DESC, f.doc_id, f.block_no;
COMMENT ON MACRO TABLE search IS
    'search(''alcohol withdrawal'', max_hits := 20): passages that hold the words, best first (BM25), each with a snippet';
