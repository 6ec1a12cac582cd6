-- How long a drug stays, in units that compare.

CREATE VIEW half_life_hours AS
SELECT
    d.doc_id, d.generic_name, k.text, k.comparator, k.qualifiers, k.population, k.route,
    round(k.value_low * u.factor, 9) AS low_hours,
    round(k.value_high * u.factor, 9) AS high_hours,
    round(k.value_mean * u.factor, 9) AS mean_hours,
    k.quote, k.block_no, d.source_path
FROM pharmacokinetics AS k
JOIN documents AS d USING (doc_id)
JOIN units AS u ON u.unit = k.unit AND u.standard_unit = 'h'
WHERE k.parameter = 'half_life'
ORDER BY d.generic_name, d.doc_id, k.pk_no;
COMMENT ON VIEW half_life_hours IS 'How long is the half-life? Each value in hours, beside the words it was read from';
COMMENT ON COLUMN half_life_hours.low_hours IS 'Lower end in hours; equal to high_hours for a single value; NULL after < or <=';
COMMENT ON COLUMN half_life_hours.high_hours IS 'Upper end in hours; NULL after > or >=';
COMMENT ON COLUMN half_life_hours.mean_hours IS 'Mean in hours, where one is printed';

CREATE VIEW half_life_by_drug AS
SELECT
    lower(generic_name) AS drug,
    count(DISTINCT doc_id) AS n_labels,
    count(*) AS n_values,
    min(coalesce(low_hours, mean_hours, high_hours)) AS shortest_hours,
    max(coalesce(high_hours, mean_hours, low_hours)) AS longest_hours
FROM half_life_hours
GROUP BY drug
ORDER BY drug;
COMMENT ON VIEW half_life_by_drug IS
    'How long does each drug stay? Its half-lives over all labels, populations and substances measured, in hours';
COMMENT ON COLUMN half_life_by_drug.drug IS 'Generic name, in lower case';
COMMENT ON COLUMN half_life_by_drug.n_labels IS 'Labels that give a half-life';
COMMENT ON COLUMN half_life_by_drug.n_values IS 'Values that they give';
COMMENT ON COLUMN half_life_by_drug.shortest_hours IS 'The shortest half-life that a label gives, in hours';
COMMENT ON COLUMN half_life_by_drug.longest_hours IS 'The longest half-life that a label gives, in hours';
