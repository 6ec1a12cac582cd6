-- Where a fact comes from: every table of facts in one shape, then the file and the words.

CREATE VIEW facts AS
SELECT
    doc_id || '/products/' || product_no AS fact_id, doc_id, 'products' AS fact_table, product_no AS fact_no,
    concat_ws(' ', 'product', name, strength_text, dosage_form, route, 'NDC ' || ndc) AS statement,
    block_no, char_start, char_end, quote, method, confidence
FROM products
UNION ALL
SELECT
    doc_id || '/ingredients/' || product_no || '.' || ingredient_no, doc_id, 'ingredients', ingredient_no,
    concat_ws(' ', CASE WHEN is_active THEN 'active ingredient' ELSE 'inactive ingredient' END, name, strength),
    block_no, char_start, char_end, quote, method, confidence
FROM ingredients
UNION ALL
SELECT
    doc_id || '/boxed_warnings/' || boxed_warning_no, doc_id, 'boxed_warnings', boxed_warning_no,
    concat_ws(' ', 'boxed warning', state, scope_route),
    block_no, char_start, char_end, quote, method, confidence
FROM boxed_warnings
UNION ALL
SELECT
    doc_id || '/contraindications/' || contraindication_no, doc_id, 'contraindications', contraindication_no,
    concat_ws(': ', severity, item), block_no, char_start, char_end, quote, method, confidence
FROM contraindications
UNION ALL
SELECT
    doc_id || '/interactions/' || interaction_no, doc_id, 'interactions', interaction_no,
    concat_ws(': ', coalesce(severity, 'interaction'), substance), block_no, char_start, char_end, quote, method, confidence
FROM interactions
UNION ALL
SELECT
    doc_id || '/classifications/' || classification_no, doc_id, 'classifications', classification_no,
    concat_ws(' ', kind, value), block_no, char_start, char_end, quote, method, confidence
FROM classifications
UNION ALL
SELECT
    doc_id || '/pharmacokinetics/' || pk_no, doc_id, 'pharmacokinetics', pk_no,
    concat_ws(' ', parameter, text), block_no, char_start, char_end, quote, method, confidence
FROM pharmacokinetics
UNION ALL
SELECT
    doc_id || '/doses/' || dose_no, doc_id, 'doses', dose_no,
    concat_ws(' ', kind, 'dose', population, route, nullif(value_low, value_high), value_high, unit, 'per ' || per),
    block_no, char_start, char_end, quote, method, confidence
FROM doses
UNION ALL
SELECT
    doc_id || '/adjustments/' || adjustment_no, doc_id, 'adjustments', adjustment_no,
    concat_ws(' ', organ, 'adjustment', state, condition), block_no, char_start, char_end, quote, method, confidence
FROM adjustments;
COMMENT ON VIEW facts IS
    'What was read, in one shape: every fact with the words it quotes; without them where the source''s own data says it';
COMMENT ON COLUMN facts.fact_id IS 'Names the fact: doc_id/table/number (of an ingredient, product.number); lineage() takes it';
COMMENT ON COLUMN facts.fact_table IS 'The table it is a row of';
COMMENT ON COLUMN facts.fact_no IS 'Its number in that table and document; of an ingredient, in its product';
COMMENT ON COLUMN facts.statement IS 'What the row says, in short';
COMMENT ON COLUMN facts.quote IS 'The words of the source that it was read from';
COMMENT ON COLUMN facts.method IS 'How it was read: list, table, prose, section, header; stated: the source''s own data says so';
COMMENT ON COLUMN facts.confidence IS 'How sure that the row says what the words say (0 to 1)';

CREATE VIEW provenance AS
SELECT
    f.fact_id, f.statement, d.source_path, d.source_format, d.source_sha256, d.source_tier, b.locator, b.section,
    f.char_start, f.char_end, f.quote, f.method, f.confidence, f.doc_id, f.fact_table, f.fact_no, f.block_no
FROM facts AS f
JOIN documents AS d USING (doc_id)
LEFT JOIN blocks AS b ON b.doc_id = f.doc_id AND b.block_no = f.block_no;
COMMENT ON VIEW provenance IS 'Where does a fact come from? Its file, its place there and the words it was read from';
COMMENT ON COLUMN provenance.fact_id IS 'Names the fact: doc_id/table/number (of an ingredient, product.number); lineage() takes it';
COMMENT ON COLUMN provenance.statement IS 'What the row says, in short';
COMMENT ON COLUMN provenance.fact_table IS 'The table it is a row of';
COMMENT ON COLUMN provenance.fact_no IS 'Its number in that table and document; of an ingredient, in its product';

-- what is asked for comes first, so that of each table no more is read than its rows, even where the id is asked for too
CREATE MACRO lineage(fact) AS TABLE
WITH
    asked AS MATERIALIZED (
        SELECT split_part(fact, '/', 1) AS doc_id, split_part(fact, '/', 2) AS fact_table, fact AS fact_id
    ),
    told AS MATERIALIZED (SELECT p.* FROM provenance AS p JOIN asked USING (doc_id, fact_table, fact_id))
SELECT
    p.fact_id, p.statement, p.source_path, p.locator, p.section, p.char_start, p.char_end, p.quote,
    substring(t.text, p.char_start + 1, p.char_end - p.char_start) AS words_at_span,
    CASE WHEN p.char_start >= 0 THEN substring(t.text, greatest(p.char_start - 79, 1), least(p.char_start, 80)) END AS words_before,
    substring(t.text, p.char_end + 1, 80) AS words_behind,
    p.method, p.confidence, p.source_format, p.source_sha256, p.doc_id, p.block_no
FROM told AS p
JOIN texts AS t USING (doc_id);
COMMENT ON MACRO TABLE lineage IS
    'lineage(''doc_id/table/number''): the file a fact comes from, its span, the quoted words, and the words at that span';
