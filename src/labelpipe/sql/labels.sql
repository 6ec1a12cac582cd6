-- What was read: one row for each label.

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
