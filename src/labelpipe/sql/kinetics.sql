-- How long a drug stays, in units that compare.

CREATE VIEW half_life_hours AS
SELECT
    d.doc_id, d.generic_name, k.text, k.comparator, k.qualifiers,
    in_unit(k.value_low, k.unit, 'h') AS low_hours,
    in_unit(k.value_high, k.unit, 'h') AS high_hours,
    in_unit(k.value_mean, k.unit, 'h') AS mean_hours
FROM pharmacokinetics AS k
JOIN documents AS d USING (doc_id)
WHERE k.parameter = 'half_life' AND in_unit(1, k.unit, 'h') IS NOT NULL
ORDER BY d.generic_name, k.pk_no;
COMMENT ON VIEW half_life_hours IS 'Half-lives in hours, beside the words they were read from';
