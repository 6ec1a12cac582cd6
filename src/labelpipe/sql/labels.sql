-- What was read: one row for each label, its names and its versions.

CREATE VIEW label_overview AS
SELECT
    d.doc_id, d.source_path, d.brand_name, d.generic_name, d.active_ingredients, d.pharm_class, d.language,
    coalesce(b.n_blocks, 0) AS n_blocks, coalesce(s.n_sections, 0) AS n_sections, coalesce(p.n_products, 0) AS n_products,
    coalesce(q.n_faqs, 0) AS n_faqs, coalesce(f.n_warnings, 0) AS n_warnings
FROM documents AS d
LEFT JOIN (SELECT doc_id, count(*) AS n_blocks FROM blocks GROUP BY doc_id) AS b USING (doc_id)
LEFT JOIN (SELECT doc_id, count(*) AS n_sections FROM sections GROUP BY doc_id) AS s USING (doc_id)
LEFT JOIN (SELECT doc_id, count(*) AS n_products FROM products GROUP BY doc_id) AS p USING (doc_id)
LEFT JOIN (SELECT doc_id, count(*) AS n_faqs FROM faqs GROUP BY doc_id) AS q USING (doc_id)
LEFT JOIN (SELECT doc_id, count(*) AS n_warnings FROM findings WHERE severity <> 'info' GROUP BY doc_id) AS f USING (doc_id)
ORDER BY d.source_path;
COMMENT ON VIEW label_overview IS 'Which labels are there? One row for each document: what it is and how much was read from it';
COMMENT ON COLUMN label_overview.n_blocks IS 'Blocks its source was cut up into';
COMMENT ON COLUMN label_overview.n_sections IS 'Sections of its outline';
COMMENT ON COLUMN label_overview.n_products IS 'Products that were read';
COMMENT ON COLUMN label_overview.n_faqs IS 'Answers, with or without their question';
COMMENT ON COLUMN label_overview.n_warnings IS 'Findings of severity warning or error';

CREATE VIEW drug_names AS
SELECT doc_id, 'brand' AS name_kind, brand_name AS name FROM documents WHERE brand_name IS NOT NULL
UNION
SELECT doc_id, 'generic', generic_name FROM documents WHERE generic_name IS NOT NULL
UNION
SELECT doc_id, 'ingredient', unnest(active_ingredients) FROM documents
UNION
SELECT doc_id, 'ingredient', name FROM ingredients WHERE is_active
UNION
SELECT doc_id, 'brand', name FROM products WHERE name IS NOT NULL;
COMMENT ON VIEW drug_names IS 'What is a label''s drug called? Every brand, generic and active ingredient name that the source states';
COMMENT ON COLUMN drug_names.name_kind IS 'brand, generic or ingredient (active ones only)';
COMMENT ON COLUMN drug_names.name IS 'The name as the source states it';

CREATE VIEW storage AS
SELECT d.doc_id, d.brand_name, d.generic_name, b.text, b.section_method, b.section_confidence, b.block_no, b.locator,
    d.source_path
FROM blocks AS b
JOIN documents AS d USING (doc_id)
WHERE b.section = 'storage_and_handling' AND b.kind <> 'heading'
ORDER BY d.source_path, b.block_no;
COMMENT ON VIEW storage IS 'How is the drug kept? The words on storage and handling, a block a row';

CREATE VIEW missed_dose AS
SELECT
    d.doc_id, d.brand_name, d.generic_name, b.section, b.kind, b.text, b.section_method, b.section_confidence,
    b.block_no, b.locator, d.source_path
FROM blocks AS b
JOIN documents AS d USING (doc_id)
WHERE (
    b.section = 'missed_dose'
    OR (
        b.topic = 'missed_dose' AND len(b.text) > 40
        AND regexp_matches(b.text, '(?i)miss|forg[eo]t|skip|omit|overlook|slip|late|doubl|remember|mak(e|ing) up')
    )
) AND b.kind NOT IN ('heading', 'caption')
ORDER BY d.source_path, b.block_no;
COMMENT ON VIEW missed_dose IS 'What is done about a missed dose? Advice to those who missed one, whatever section it stands in';
