-- Amounts in units that compare.

-- so much of one unit in another, to ten digits (factors are kept to twelve); NULL where that would be a guess
CREATE MACRO in_unit(amount, unit_from, unit_to) AS (
    SELECT format('{:.10g}', amount * a.factor / b.factor)::DOUBLE
    FROM units AS a JOIN units AS b USING (standard_unit)
    WHERE a.unit = unit_from AND b.unit = unit_to
);
COMMENT ON MACRO in_unit IS 'in_unit(90, ''min'', ''h''): so much of one unit in another; NULL where that would be a guess';

CREATE VIEW comparable_strengths AS
SELECT
    d.doc_id, d.brand_name, d.generic_name, p.product_no, p.strength_text,
    p.strength_value / coalesce(p.strength_per_value, 1) * u.factor AS strength, u.standard_unit AS unit, d.source_path
FROM products AS p
JOIN documents AS d USING (doc_id)
JOIN units AS u ON u.unit = p.strength_unit || coalesce('/' || p.strength_per_unit, '')
WHERE p.strength_value IS NOT NULL AND u.factor IS NOT NULL
ORDER BY d.generic_name, d.doc_id, p.product_no;
COMMENT ON VIEW comparable_strengths IS 'Strengths in units that compare across labels (mg, mg/1, mg/mL, mg/d, ...), beside the words';
COMMENT ON COLUMN comparable_strengths.strength IS 'The strength in unit';
COMMENT ON COLUMN comparable_strengths.unit IS 'Unit that compares across labels (UCUM)';
