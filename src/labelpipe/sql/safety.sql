-- What labels warn of.

CREATE VIEW boxed_warning_by_route AS
SELECT d.doc_id, d.brand_name, d.generic_name, w.scope_route, w.state, w.quote
FROM boxed_warnings AS w
JOIN documents AS d USING (doc_id)
ORDER BY d.source_path, w.boxed_warning_no;
COMMENT ON VIEW boxed_warning_by_route IS 'Whether each label has a boxed warning, for which route, and the words that say so';
