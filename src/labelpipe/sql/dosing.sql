-- How much a day, for whom; what cannot be compared is refused, and says why.

CREATE VIEW maximum_doses AS
SELECT
    d.doc_id, d.brand_name, d.generic_name, m.population, m.route, m.value_high, m.unit, m.per,
    m.age_low_years, m.age_high_years, m.hepatic_class, m.crcl_low_ml_min, m.crcl_high_ml_min,
    CASE WHEN m.per = 'd' OR m.per LIKE '%/d' THEN round(m.value_high * u.factor, 9) END AS maximum_a_day,
    CASE WHEN m.per = 'd' OR m.per LIKE '%/d' THEN u.standard_unit END AS maximum_a_day_unit,
    CASE
        WHEN m.per IS NULL THEN 'the words do not say what it is per'
        WHEN m.per <> 'd' AND m.per NOT LIKE '%/d' THEN 'it is not an amount a day'
        WHEN u.factor IS NULL THEN 'its unit cannot be converted'
    END AS not_comparable_because,
    m.quote, m.dose_no, m.block_no, d.source_path
FROM doses AS m
JOIN documents AS d USING (doc_id)
LEFT JOIN units AS u ON u.unit = m.unit || '/' || m.per
WHERE m.kind = 'maximum' AND m.value_high IS NOT NULL
ORDER BY d.generic_name, d.source_path, m.dose_no;
COMMENT ON VIEW maximum_doses IS 'How much is too much? Every stated maximum, a day where the words say so, else why it cannot be compared';
COMMENT ON COLUMN maximum_doses.value_high IS 'The maximum as printed, in unit per per';
COMMENT ON COLUMN maximum_doses.maximum_a_day IS 'The maximum in maximum_a_day_unit; NULL where it cannot be compared';
COMMENT ON COLUMN maximum_doses.maximum_a_day_unit IS 'Unit that compares across labels (UCUM): mg/d, mg/kg/d, [iU]/d, ...';
COMMENT ON COLUMN maximum_doses.not_comparable_because IS 'Why there is no maximum a day; NULL where there is one';

CREATE VIEW maximum_daily_dose AS
SELECT
    doc_id, brand_name, generic_name, coalesce(population, 'not stated') AS population,
    coalesce(route, 'not stated') AS route, max(maximum_a_day) AS maximum_a_day, maximum_a_day_unit,
    max_by(quote, maximum_a_day) AS quote, source_path
FROM maximum_doses
WHERE not_comparable_because IS NULL
GROUP BY ALL
ORDER BY generic_name, brand_name, doc_id, population, route, maximum_a_day_unit;
COMMENT ON VIEW maximum_daily_dose IS
    'What is the maximum daily dose, by population? The highest of each label, population and route, for amounts a day only';
COMMENT ON COLUMN maximum_daily_dose.population IS 'For whom; `not stated` where the words do not say';
COMMENT ON COLUMN maximum_daily_dose.route IS 'Route (FDA term); `not stated` where the words do not say';
COMMENT ON COLUMN maximum_daily_dose.maximum_a_day IS 'The maximum in maximum_a_day_unit';
COMMENT ON COLUMN maximum_daily_dose.maximum_a_day_unit IS 'Unit that compares across labels (UCUM): mg/d, mg/kg/d, ...; two units are two rows';
COMMENT ON COLUMN maximum_daily_dose.quote IS 'The words that give the highest';

CREATE VIEW adjustment_by_organ AS
SELECT
    d.doc_id, d.brand_name, d.generic_name, o.organ,
    coalesce(a.adjustment, 'not stated') AS adjustment, coalesce(a.states, []) AS states,
    a.condition, a.quote, a.block_no, d.source_path
FROM documents AS d
CROSS JOIN (VALUES ('renal'), ('hepatic')) AS o (organ)
LEFT JOIN (
    SELECT
        doc_id, organ,
        CASE WHEN bool_or(state <> 'not_required') THEN 'yes' ELSE 'no' END AS adjustment,
        list(DISTINCT state ORDER BY state) AS states,
        arg_min(condition, rank) AS condition, arg_min(quote, rank) AS quote, arg_min(block_no, rank) AS block_no
    FROM (SELECT *, (state = 'not_required')::INTEGER * 100000 + adjustment_no AS rank FROM adjustments)
    WHERE state <> 'not_stated'
    GROUP BY doc_id, organ
) AS a ON a.doc_id = d.doc_id AND a.organ = o.organ
ORDER BY d.source_path, o.organ DESC;
COMMENT ON VIEW adjustment_by_organ IS
    'Does the dose change where kidneys or liver are weak? A row for each label and organ: yes, no or not stated, and the sentence';
COMMENT ON COLUMN adjustment_by_organ.organ IS 'renal or hepatic';
COMMENT ON COLUMN adjustment_by_organ.adjustment IS
    'yes (for some at least the dose changes, or the drug is not to be used), no (the words say that it does not), not stated';
COMMENT ON COLUMN adjustment_by_organ.states IS 'All that is said: required, not_recommended, not_required';
COMMENT ON COLUMN adjustment_by_organ.condition IS 'How weak the organ is, as printed in the quote';
COMMENT ON COLUMN adjustment_by_organ.quote IS 'The first sentence that says so';
COMMENT ON COLUMN adjustment_by_organ.block_no IS 'The block it stands in';

CREATE VIEW renal_adjustment AS
SELECT * EXCLUDE (organ) FROM adjustment_by_organ WHERE organ = 'renal';
COMMENT ON VIEW renal_adjustment IS
    'Does the dose change where the kidneys are weak? One row for each label: yes, no or not stated, and the sentence';

CREATE VIEW hepatic_adjustment AS
SELECT * EXCLUDE (organ) FROM adjustment_by_organ WHERE organ = 'hepatic';
COMMENT ON VIEW hepatic_adjustment IS
    'Does the dose change where the liver is weak? One row for each label: yes, no or not stated, and the sentence';
