"""What the reader should know about the data: findings, rejects, and the run itself."""

from labelpipe.contract.columns import (
    Moment,
    Number,
    Table,
    Words,
    doc_id,
    numbered,
    optional,
    optional_number,
    required,
)
from labelpipe.vocabulary import finding_rules

SEVERITIES = ("info", "warning", "error")


class Findings(Table):
    """What is missing, doubtful or contradictory in a document."""

    doc_id: Words = doc_id()
    finding_no: Number = numbered("Finding within the document")
    rule: Words = required("The rule that found it", isin=finding_rules())
    severity: Words = required("How much it matters", isin=SEVERITIES)
    block_no: Number = optional_number("The block it is about")
    char_start: Number = optional("First code point it is about", ge=0)
    char_end: Number = optional("One past the last", ge=0)
    quote: Words = optional("The words there, where they stand in a block")
    message: Words = required("What a person should know")
    evidence: Words = optional("What the rule saw")


class Rejects(Table):
    """A document or a row that was not loaded, and why."""

    reject_no: Number = numbered("Reject within the build")
    source_path: Words = optional("The file it came from")
    doc_id: Words = optional("The document, where it has an id")
    table_name: Words = required("The table the row was meant for; `documents` for a whole file")
    rule: Words = required("The check that failed")
    column_name: Words = optional("The column, where one is to blame")
    value: Words = optional("The value that failed, as text")
    row_json: Words = optional("The whole row as JSON")
    message: Words = required("What is wrong, where, and what to do next")


class Runs(Table):
    """This build. Times stand here and in no other table."""

    run_id: Words = required("Identifies the build")
    started_at: Moment = required("When it started (UTC)")
    finished_at: Moment = required("When its tables were complete (UTC)")
    labelpipe_version: Words = required("Version of labelpipe")
    schema_version: Words = required("Version of this contract")
    n_documents: Number = required("Documents given: parsed + reused + rejected + given twice", ge=0)
    n_parsed: Number = required("Documents parsed and loaded", ge=0)
    n_reused: Number = required("Documents carried over from the build before", ge=0)
    n_duplicates: Number = required("Documents that were given a second time", ge=0)
    n_rejected: Number = required("Documents not loaded", ge=0)
    settings: Words = required("The settings used, as JSON")
