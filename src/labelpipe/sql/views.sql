-- Views that answer what people ask first. Each is explained by its comment.

CREATE VIEW label_overview AS
SELECT
    d.doc_id, d.source_path, d.brand_name, d.generic_name, d.active_ingredients, d.pharm_class, d.language,
    (SELECT count(*) FROM blocks AS b WHERE b.doc_id = d.doc_id) AS n_blocks,
    (SELECT count(*) FROM sections AS s WHERE s.doc_id = d.doc_id) AS n_sections,
    (SELECT count(*) FROM products AS p WHERE p.doc_id = d.doc_id) AS n_products,
    (SELECT count(*) FROM faqs AS f WHERE f.doc_id = d.doc_id) AS n_faqs,
    (SELECT count(*) FROM findings AS f WHERE f.doc_id = d.doc_id AND f.severity <> 'info') AS n_warnings
FROM documents AS d
ORDER BY d.source_path;
COMMENT ON VIEW label_overview IS 'One row for each document: what it is and how much was read from it';

CREATE VIEW boxed_warning_by_route AS
SELECT d.doc_id, d.brand_name, d.generic_name, w.scope_route, w.state, w.quote
FROM boxed_warnings AS w
JOIN documents AS d USING (doc_id)
ORDER BY d.source_path, w.boxed_warning_no;
COMMENT ON VIEW boxed_warning_by_route IS 'Whether each label has a boxed warning, for which route, and the words that say so';

CREATE VIEW half_life_hours AS
SELECT
    d.doc_id, d.generic_name, k.text, k.comparator, k.qualifiers,
    k.value_low * hours AS low_hours, k.value_high * hours AS high_hours, k.value_mean * hours AS mean_hours
FROM pharmacokinetics AS k
JOIN documents AS d USING (doc_id)
JOIN (VALUES ('s', 1 / 3600.0), ('min', 1 / 60.0), ('h', 1.0), ('d', 24.0), ('wk', 168.0)) AS u (unit, hours) USING (unit)
WHERE k.parameter = 'half_life'
ORDER BY d.generic_name, k.pk_no;
COMMENT ON VIEW half_life_hours IS 'Half-lives in hours, beside the words they were read from';

CREATE VIEW loss_ledger AS
SELECT d.source_path, f.rule, f.severity, b.locator, f.message, f.evidence
FROM findings AS f
JOIN documents AS d USING (doc_id)
LEFT JOIN blocks AS b ON b.doc_id = f.doc_id AND b.block_no = f.block_no
ORDER BY d.source_path, f.finding_no;
COMMENT ON VIEW loss_ledger IS 'What the sources had lost and what is doubtful, with the place in the file';
