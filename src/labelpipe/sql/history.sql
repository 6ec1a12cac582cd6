-- What changed between versions, and what a label said on a day.

CREATE VIEW label_changes AS
SELECT
    v.label_id, o.label_version AS old_version, v.label_version AS new_version, v.valid_from,
    c.level, c.kind, coalesce(c.section, c.old_section) AS section, c.table_name, c.name, c.old_text, c.new_text,
    c.doc_id, c.new_block_no, c.old_doc_id, c.old_block_no, c.change_no
FROM changes AS c
JOIN label_versions AS v USING (doc_id)
JOIN label_versions AS o ON o.doc_id = c.old_doc_id
ORDER BY v.label_id, v.version_no, c.change_no;
COMMENT ON VIEW label_changes IS 'What each version of a label says otherwise than the one before it; kind formatting: the same words, printed otherwise';

CREATE VIEW section_changes AS
SELECT
    label_id, old_version, new_version, valid_from, section,
    count(*) FILTER (kind = 'added') AS n_added,
    count(*) FILTER (kind = 'removed') AS n_removed,
    count(*) FILTER (kind = 'changed') AS n_changed,
    count(*) FILTER (kind = 'moved') AS n_moved,
    count(*) FILTER (kind = 'formatting') AS n_formatting,
    doc_id
FROM label_changes
WHERE level = 'passage'
GROUP BY ALL
ORDER BY label_id, valid_from, section;
COMMENT ON VIEW section_changes IS 'How many passages of each section were added, removed, changed, moved or only printed otherwise, version by version';

CREATE MACRO label_as_of(label, day) AS TABLE
SELECT * FROM label_versions
WHERE label_id = label AND valid_from <= CAST(day AS DATE) AND (valid_until IS NULL OR valid_until > CAST(day AS DATE))
ORDER BY version_no DESC
LIMIT 1;
COMMENT ON MACRO TABLE label_as_of IS 'The version of a label that was in force on a day: FROM label_as_of(label_id, ''2021-06-30'')';
COMMENT ON COLUMN label_changes.old_version IS 'The version before';
COMMENT ON COLUMN label_changes.new_version IS 'The version that says otherwise';
COMMENT ON COLUMN label_changes.valid_from IS 'First day the new version was in force';
COMMENT ON COLUMN section_changes.old_version IS 'The version before';
COMMENT ON COLUMN section_changes.new_version IS 'The version that says otherwise';
COMMENT ON COLUMN section_changes.valid_from IS 'First day the new version was in force';
COMMENT ON COLUMN section_changes.n_added IS 'Passages that came';
COMMENT ON COLUMN section_changes.n_removed IS 'Passages that went';
COMMENT ON COLUMN section_changes.n_changed IS 'Passages that have other words';
COMMENT ON COLUMN section_changes.n_moved IS 'Passages that stand under another section';
COMMENT ON COLUMN section_changes.n_formatting IS 'Passages that are only printed otherwise';
