"""The label's outline: its sections, tables and FAQ pairs."""

from labelpipe.contract.columns import (
    Flag,
    Number,
    NumberList,
    Table,
    Value,
    WordList,
    Words,
    confidence,
    doc_id,
    numbered,
    optional,
    optional_number,
    required,
)
from labelpipe.contract.source_tables import SECTION_METHODS
from labelpipe.vocabulary import all_sections, intents

QUESTION_METHODS = ("stated", "inferred", "none")


class Sections(Table):
    """The outline. Without headings, the blocks of one section are one row, however far apart they stand."""

    doc_id: Words = doc_id()
    section_no: Number = numbered("Section within the document")
    parent_no: Number = optional_number("The section this one belongs under")
    depth: Number = numbered("Level in the outline")
    section: Words = optional("Section slug; NULL where neither code, title nor words tell it", isin=all_sections())
    loinc: Words = optional(
        "LOINC code of the SPL section: the source's own, else that of the slug",
        str_matches=r"^\d{4,6}-\d$",
    )
    title: Words = optional("The heading as the source states it; NULL where it was lost")
    text: Words = required("The words of its blocks, a newline between blocks")
    block_nos: NumberList = required("Its blocks, in document order")
    section_method: Words = required("stated: a heading or code says so; inferred", isin=SECTION_METHODS)
    section_confidence: Value = confidence("Mean probability that its blocks belong here")


class Tables(Table):
    """A table's shape; its cells are in table_cells."""

    doc_id: Words = doc_id()
    table_no: Number = numbered("Table within the document")
    section: Words = optional("Section slug the table stands in", isin=all_sections())
    caption: Words = optional("The caption, where it has one")
    n_rows: Number = required("Rows, header rows included", ge=1)
    n_columns: Number = required("Columns of the logical grid", ge=1)
    n_header_rows: Number = required("Leading rows that are headers", ge=0)


class TableCells(Table):
    """One row for each cell as printed, at its place in the logical grid."""

    doc_id: Words = doc_id()
    table_no: Number = numbered("Table within the document")
    row_no: Number = numbered("Row within the table")
    column_no: Number = numbered("Column within the table")
    text: Words = required("The cell's words; empty for an empty cell")
    block_no: Number = numbered("The block the cell was read from")
    is_header: Flag = required("Whether it is a header cell")
    header_path: WordList = required("The headers above it, outermost first")
    row_span: Number = required("Rows it covers", ge=1)
    column_span: Number = required("Columns it covers", ge=1)
    footnotes: WordList = required("Footnotes its marks point at")


class Faqs(Table):
    """An answer with its question: the source's, or one inferred and marked so."""

    doc_id: Words = doc_id()
    faq_no: Number = numbered("FAQ pair within the document")
    question: Words = optional("The question in the words of the source; NULL where it was lost")
    inferred_question: Words = optional("A question the answer would fit; NULL where the source's is there")
    question_method: Words = required("Where the question comes from", isin=QUESTION_METHODS)
    intent: Words = required("What is asked, from a closed vocabulary", isin=intents())
    intent_confidence: Value = confidence("Probability that the intent is right")
    answer: Words = required("The answer in the words of the source")
    block_no: Number = numbered("The block the answer stands in")
    char_start: Number = required("First code point of the answer in texts.text", ge=0)
    char_end: Number = required("One past its last code point", ge=1)
    section: Words = optional("The section the answer is about", isin=all_sections())
