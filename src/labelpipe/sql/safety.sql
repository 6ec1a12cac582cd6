-- What labels warn of.

CREATE VIEW boxed_warning_by_route AS
SELECT
    d.doc_id, d.brand_name, d.generic_name, w.scope_route, w.state, w.quote, w.block_no, w.method, w.confidence,
    d.source_path
FROM boxed_warnings AS w
JOIN documents AS d USING (doc_id)
ORDER BY d.source_path, w.boxed_warning_no;
COMMENT ON VIEW boxed_warning_by_route IS
    'Does a label have a boxed warning, and for which route? One row for each statement, with the words that say so';

CREATE VIEW boxed_warning_by_label AS
SELECT
    d.doc_id, d.brand_name, d.generic_name,
    coalesce(
        max(w.state) FILTER (WHERE w.scope_route IS NULL AND w.state <> 'not_stated'),
        CASE WHEN count(w.scope_route) > 0 THEN 'by_route' ELSE 'not_stated' END
    ) AS state,
    coalesce(list(w.scope_route ORDER BY w.scope_route) FILTER (WHERE w.scope_route IS NOT NULL AND w.state = 'present'), [])
        AS present_for_routes,
    coalesce(list(w.scope_route ORDER BY w.scope_route) FILTER (WHERE w.scope_route IS NOT NULL AND w.state = 'absent'), [])
        AS absent_for_routes,
    min_by(w.quote, w.boxed_warning_no) AS quote, d.source_path
FROM documents AS d
LEFT JOIN boxed_warnings AS w USING (doc_id)
GROUP BY d.doc_id, d.brand_name, d.generic_name, d.source_path
ORDER BY d.source_path;
COMMENT ON VIEW boxed_warning_by_label IS 'Does a label have a boxed warning? One row for each label, its state by route';
COMMENT ON COLUMN boxed_warning_by_label.state IS
    'Of the label as a whole: present, absent (it says that there is none), not_stated; by_route where only routes are spoken of';
COMMENT ON COLUMN boxed_warning_by_label.present_for_routes IS 'Routes it is stated for (FDA terms)';
COMMENT ON COLUMN boxed_warning_by_label.absent_for_routes IS 'Routes it is denied for (FDA terms)';
COMMENT ON COLUMN boxed_warning_by_label.quote IS 'The first words that say so';

CREATE VIEW contraindications_by_drug AS
SELECT
    d.doc_id, d.brand_name, d.generic_name, c.item, c.severity, c.quote, c.block_no, c.method, c.confidence,
    d.source_path
FROM contraindications AS c
JOIN documents AS d USING (doc_id)
ORDER BY d.generic_name, d.source_path, c.contraindication_no;
COMMENT ON VIEW contraindications_by_drug IS 'Who must not take the drug? One condition, medicine or history a row';

-- not sorted: there are so many rows that sorting them takes longer than counting them
CREATE VIEW interactions_by_substance AS
SELECT
    lower(i.substance) AS substance_name, d.doc_id, d.brand_name, d.generic_name, i.severity, i.severity_text, i.quote,
    i.block_no, i.method, i.confidence, d.source_path
FROM interactions AS i
JOIN documents AS d USING (doc_id);
COMMENT ON VIEW interactions_by_substance IS 'Which drugs interact with a substance? One row for each label that warns of it';
COMMENT ON COLUMN interactions_by_substance.substance_name IS 'The medicine, class of medicines or food as printed, in lower case';

CREATE VIEW pregnancy AS
SELECT
    d.doc_id, d.brand_name, d.generic_name, c.value AS pregnancy_category, b.section, b.population, b.text,
    b.section_method, b.section_confidence, b.block_no, b.locator, d.source_path
FROM blocks AS b
JOIN documents AS d USING (doc_id)
LEFT JOIN classifications AS c ON c.doc_id = b.doc_id AND c.block_no = b.block_no AND c.kind = 'pregnancy_category'
WHERE (b.section IN ('pregnancy', 'lactation') OR b.population IN ('pregnancy', 'lactation')) AND b.kind <> 'heading'
ORDER BY d.source_path, b.block_no;
COMMENT ON VIEW pregnancy IS 'What is said of pregnancy and breastfeeding? The words, a block a row, whatever section they stand in';
COMMENT ON COLUMN pregnancy.pregnancy_category IS 'Pregnancy category (A, B, C, D, X), where these words give one';

CREATE VIEW controlled_substances AS
SELECT d.doc_id, d.brand_name, d.generic_name, c.value AS schedule, c.quote, c.block_no, c.confidence, d.source_path
FROM classifications AS c
JOIN documents AS d USING (doc_id)
WHERE c.kind = 'controlled_substance_schedule'
ORDER BY d.source_path, c.classification_no;
COMMENT ON VIEW controlled_substances IS 'Is the drug a controlled substance? The schedule, and the sentence that says so';
COMMENT ON COLUMN controlled_substances.schedule IS 'CI to CV; none where the words say that it is not controlled';
