"""What a label warns of: boxed warnings, contraindications, interacting substances, regulators' classes."""

from labelpipe.contract.columns import (
    Number,
    Table,
    Value,
    Words,
    confidence,
    doc_id,
    numbered,
    optional,
    optional_number,
    required,
)

BOXED_WARNING_STATES = ("present", "absent", "not_stated")
BOXED_WARNING_METHODS = ("prose", "section")
SEVERITIES = ("contraindicated", "avoid", "adjust_dose", "caution")
ADJUSTMENT_STATES = ("required", "not_required", "not_recommended", "not_stated")
CLASSIFICATIONS = ("pregnancy_category", "controlled_substance_schedule")
SAFETY_METHODS = ("list", "table", "prose")


class BoxedWarnings(Table):
    """Whether there is a boxed warning. One `not_stated` row where the document says nothing."""

    doc_id: Words = doc_id()
    boxed_warning_no: Number = numbered("Statement within the document")
    scope_route: Words = optional("Route the statement is about (FDA term); NULL: the whole label")
    state: Words = required("present, absent (the document says there is none), not_stated", isin=BOXED_WARNING_STATES)
    block_no: Number = optional_number("The block that says so")
    char_start: Number = optional("First code point of the quote in texts.text", ge=0)
    char_end: Number = optional("One past its last code point", ge=1)
    quote: Words = optional("The words that say so")
    method: Words = optional(
        "How it was read: prose (a sentence says so), section (the first words under its heading)",
        isin=BOXED_WARNING_METHODS,
    )
    confidence: Value = confidence("How sure that the words say so")


class Adjustments(Table):
    """Whether the dose changes where kidneys or liver are weak. One `not_stated` row for an organ not spoken of."""

    doc_id: Words = doc_id()
    adjustment_no: Number = numbered("Statement within the document")
    organ: Words = required("renal, hepatic", isin=("renal", "hepatic"))
    state: Words = required(
        "required (the dose changes), not_required, not_recommended (the drug is not to be used), not_stated",
        isin=ADJUSTMENT_STATES,
    )
    condition: Words = optional("How weak the organ is, as printed, where the words say: severe, CrCl < 30 mL/min")
    block_no: Number = optional_number("The block that says so")
    char_start: Number = optional("First code point of the quote in texts.text", ge=0)
    char_end: Number = optional("One past its last code point", ge=1)
    quote: Words = optional("The sentence that says so")
    method: Words = optional(
        "How it was read: prose (the words name the organ), section (only their section does), dose (a dose is given)",
        isin=("prose", "section", "dose"),
    )
    confidence: Value = confidence("How sure that the words say so")


class Contraindications(Table):
    """What forbids the drug, or calls for weighing it: one condition, medicine or history a row."""

    doc_id: Words = doc_id()
    contraindication_no: Number = numbered("Item within the document")
    item: Words = required("The item as printed")
    severity: Words = required(
        "contraindicated, or caution where the words above the list only weigh it", isin=("contraindicated", "caution")
    )
    block_no: Number = numbered("The block it was read from")
    char_start: Number = required("First code point of the quote in texts.text", ge=0)
    char_end: Number = required("One past its last code point", ge=1)
    quote: Words = required("The words it was read from: a list item, a sentence")
    method: Words = required("How it was read: list, prose", isin=SAFETY_METHODS)
    confidence: Value = confidence("How sure that the row says what the words say")


class Interactions(Table):
    """Other substances that sections on interactions name, one a row; once for each way they are warned of."""

    doc_id: Words = doc_id()
    interaction_no: Number = numbered("Interaction within the document")
    substance: Words = required("The medicine, class of medicines or food as printed")
    severity: Words = optional("How strongly the words warn, where they do", isin=SEVERITIES)
    severity_text: Words = optional("The words that warn, as printed")
    block_no: Number = numbered("The block it was read from")
    char_start: Number = required("First code point of the quote in texts.text", ge=0)
    char_end: Number = required("One past its last code point", ge=1)
    quote: Words = required("The words it was read from: a list item, a row, a sentence")
    method: Words = required("How it was read: list, table, prose", isin=SAFETY_METHODS)
    confidence: Value = confidence("How sure that the row says what the words say")


class Classifications(Table):
    """Classes that regulators put the drug in: `C` of the pregnancy categories, `CIV` of the controlled substances."""

    doc_id: Words = doc_id()
    classification_no: Number = numbered("Class within the document")
    kind: Words = required("What it is a class of", isin=CLASSIFICATIONS)
    value: Words = required(
        "A, B, C, D, X; CI to CV, or none where the words say that it is not controlled",
        str_matches=r"^([ABCDX]|CI{1,3}|CIV|CV|none)$",
    )
    block_no: Number = numbered("The block it was read from")
    char_start: Number = required("First code point of the quote in texts.text", ge=0)
    char_end: Number = required("One past its last code point", ge=1)
    quote: Words = required("The sentence that says so")
    method: Words = required("How it was read: prose", isin=SAFETY_METHODS)
    confidence: Value = confidence("How sure that the row says what the words say")
