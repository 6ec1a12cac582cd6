"""The source itself: documents, their text, and the blocks it is cut into."""

from labelpipe.contract.columns import (
    Bytes,
    Day,
    Number,
    Table,
    Value,
    WordList,
    Words,
    confidence,
    doc_id,
    numbered,
    optional,
    required,
)
from labelpipe.vocabulary import all_sections, kinds, populations, topics

SHA256_PATTERN = r"^[0-9a-f]{64}$"
SECTION_METHODS = ("stated", "inferred", "none")


class Documents(Table):
    """One label as it was given: a file, a member of a zip, or one record of a JSON file that holds many."""

    doc_id: Words = doc_id()
    label_id: Words = required("The label across its versions: SPL set id, openFDA set_id, else the file's stem")
    source_path: Words = required("Where it was, relative to the folder that was built")
    source_format: Words = required("What it was read as", isin=("text", "html", "spl", "openfda"))
    source_sha256: Words = required("SHA-256 of the document's bytes", str_matches=SHA256_PATTERN)
    source_bytes: Bytes = required("Size of the document in bytes", ge=0)
    source_tier: Words = required(
        "Who vouches for the words: regulator (SPL, openFDA) or secondary (everything else)",
        isin=("regulator", "secondary"),
    )
    brand_name: Words = optional("Brand name, as the header states it")
    generic_name: Words = optional("Generic name, as the header states it")
    active_ingredients: WordList = required("Active ingredients, as the header states them; empty where it does not")
    pharm_class: Words = optional("Pharmacologic class, as the header states it, less the type in brackets")
    pharm_class_type: Words = optional("Kind of class: EPC, MoA, PE, CS")
    labeler: Words = optional("Labeler, as the header states it")
    document_type: Words = optional("Kind of label, as an SPL document or an openFDA record states it")
    set_id: Words = optional("SPL set id")
    label_version: Words = optional("Version of the label, where it has one")
    effective_date: Day = optional("Date the label took effect")
    declared_products: Number = optional("How many products the page says there are", ge=0)
    language: Words = optional("Language of the text (ISO 639-1); NULL where there are too few words to tell")
    parser_version: Words = required(
        "Version of labelpipe that parsed it, with a hash of the code, words and models that its format depends on"
    )


class Texts(Table):
    """The document's words, as every offset counts them (code points)."""

    doc_id: Words = doc_id()
    text: Words = required("For text input the decoded file as it is; for other formats the blocks' words in order")


class Blocks(Table):
    """The source, cut up: every non-space character of it is in exactly one block."""

    doc_id: Words = doc_id()
    block_no: Number = numbered("Block within the document")
    kind: Words = required("What it is", isin=kinds())
    text: Words = required("The block's words, markers included")
    char_start: Number = required("First code point in texts.text", ge=0)
    char_end: Number = required("One past the last code point in texts.text", ge=1)
    locator: Words = required("Where it is in the original: `line N`, an XPath, a JSON pointer")
    field: Words = optional("The header field that a field_label or field_value belongs to")
    section: Words = optional("Section slug, or NULL where the pipeline abstains", isin=all_sections())
    section_candidate: Words = optional("The best guess, even where the pipeline abstains", isin=all_sections())
    section_method: Words = required("stated: a heading or code says so; inferred; none", isin=SECTION_METHODS)
    section_confidence: Value = confidence("Probability that the candidate is right")
    section_evidence: Words = optional("The words or the rule that decided the section")
    population: Words = optional("Whom the block is about, where its words say so", isin=populations())
    topic: Words = optional("What it is about within its section, where its words say so", isin=topics())
