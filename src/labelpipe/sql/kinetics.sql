-- How long a drug stays, in units that compare.

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
