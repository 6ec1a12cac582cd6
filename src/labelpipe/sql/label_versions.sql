-- The versions of each label, in their order. Made before the changes between them are told.

CREATE VIEW label_versions AS
WITH given AS (
    SELECT
        label_id, label_version, effective_date, doc_id, source_path, source_format,
        row_number() OVER (
            PARTITION BY label_id, effective_date, label_version
            ORDER BY
                CASE source_format WHEN 'spl' THEN 1 WHEN 'openfda' THEN 2 WHEN 'html' THEN 3 ELSE 4 END, doc_id
        ) AS preference,
        count(*) OVER (PARTITION BY label_id, effective_date, label_version) AS n_documents
    FROM documents
    WHERE effective_date IS NOT NULL
),
ordered AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY label_id ORDER BY effective_date, TRY_CAST(label_version AS BIGINT), label_version
        ) AS version_no
    FROM given
    WHERE preference = 1
)
SELECT
    label_id, version_no, label_version, doc_id, source_path, source_format, n_documents,
    effective_date AS valid_from,
    lead(effective_date) OVER label AS valid_until,
    lag(doc_id) OVER label AS old_doc_id
FROM ordered
WINDOW label AS (PARTITION BY label_id ORDER BY version_no)
ORDER BY label_id, version_no;
COMMENT ON VIEW label_versions IS 'Every dated version of a label, and the days it was in force: from valid_from to the day before valid_until. One document stands for a version given in several formats';
COMMENT ON COLUMN label_versions.version_no IS 'Version within the label, the oldest first (from 1)';
COMMENT ON COLUMN label_versions.n_documents IS 'Documents of this version in the build: formats and files';
COMMENT ON COLUMN label_versions.valid_from IS 'First day the version was in force: its effective date';
COMMENT ON COLUMN label_versions.valid_until IS 'First day the next version was in force; NULL for the newest';
COMMENT ON COLUMN label_versions.old_doc_id IS 'The document of the version before';
