"""The label over time: what changed from one version to the next."""

from labelpipe.contract.columns import (
    Number,
    Table,
    Words,
    doc_id,
    numbered,
    optional,
    optional_number,
    required,
)
from labelpipe.vocabulary import all_sections

CHANGE_LEVELS = ("passage", "fact")
CHANGE_KINDS = ("added", "removed", "changed", "moved", "formatting")


class Changes(Table):
    """What a version says otherwise than the version before it: a sentence, a table's row, a heading, or a fact."""

    doc_id: Words = doc_id()
    change_no: Number = numbered("Change within the version")
    old_doc_id: Words = required("The version before")
    level: Words = required("Of what: a passage (sentence, table row, heading) or a fact", isin=CHANGE_LEVELS)
    kind: Words = required(
        "added, removed, changed, moved (the same words under another section), formatting (the same words and "
        "numbers, printed otherwise)",
        isin=CHANGE_KINDS,
    )
    section: Words = optional("Section of a passage in this version", isin=all_sections())
    old_section: Words = optional("Section of a passage in the version before", isin=all_sections())
    table_name: Words = optional("Table of a fact")
    name: Words = optional("What a fact is about: parameter, population, substance, ...")
    old_text: Words = optional("The words, or the fact's value, in the version before")
    new_text: Words = optional("The words, or the fact's value, in this version")
    old_block_no: Number = optional_number("Where they stand in the version before")
    new_block_no: Number = optional_number("Where they stand in this version")
