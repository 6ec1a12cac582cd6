-- What the sources had lost.

CREATE VIEW loss_ledger AS
SELECT d.source_path, f.rule, f.severity, b.locator, f.message, f.evidence
FROM findings AS f
JOIN documents AS d USING (doc_id)
LEFT JOIN blocks AS b ON b.doc_id = f.doc_id AND b.block_no = f.block_no
ORDER BY d.source_path, f.finding_no;
COMMENT ON VIEW loss_ledger IS 'What the sources had lost and what is doubtful, with the place in the file';
