-- What the sources had lost, what is doubtful, and what was not placed.

CREATE VIEW loss_ledger AS
SELECT d.source_path, f.rule, f.severity, b.locator, f.message, f.evidence
FROM findings AS f
JOIN documents AS d USING (doc_id)
LEFT JOIN blocks AS b ON b.doc_id = f.doc_id AND b.block_no = f.block_no
ORDER BY d.source_path, f.finding_no;
COMMENT ON VIEW loss_ledger IS 'What had the sources lost, and what is doubtful? With the place in the file';

CREATE VIEW findings_by_severity AS
SELECT severity, rule, count(*) AS n_findings, count(DISTINCT doc_id) AS n_labels
FROM findings
GROUP BY severity, rule
ORDER BY CASE severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END, n_findings DESC, rule;
COMMENT ON VIEW findings_by_severity IS 'What should be looked at first? Findings by severity and rule, the worst first';
COMMENT ON COLUMN findings_by_severity.n_findings IS 'Findings of this rule';
COMMENT ON COLUMN findings_by_severity.n_labels IS 'Documents that have one';

CREATE VIEW abstained_blocks AS
SELECT
    d.doc_id, d.source_path, b.block_no, b.locator, b.kind, b.text, b.section_candidate, b.section_confidence,
    b.section_evidence
FROM blocks AS b
JOIN documents AS d USING (doc_id)
WHERE b.section IS NULL AND b.section_candidate IS NOT NULL
ORDER BY d.source_path, b.block_no;
COMMENT ON VIEW abstained_blocks IS 'Which words have no section, because none was sure enough? With the best guess';
