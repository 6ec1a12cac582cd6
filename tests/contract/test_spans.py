"""A block that is not its text's words is a reject, and the others stay."""

import pyarrow as pa
from samples import make_label

from labelpipe.contract.rows import to_tables
from labelpipe.contract.spans import check_blocks

GOOD = to_tables([make_label("Lorvel"), make_label("Tarvel")])


def test_blocks_that_are_their_texts_words_pass() -> None:
    checked = check_blocks(GOOD["blocks"], GOOD["texts"])
    assert (checked.good, checked.rejects) == (GOOD["blocks"], [])


def test_a_block_with_other_words_is_a_reject() -> None:
    rows = GOOD["blocks"].to_pylist()
    rows[9]["text"] += "!"
    blocks = pa.Table.from_pylist(rows, schema=GOOD["blocks"].schema)
    checked = check_blocks(blocks, GOOD["texts"])
    [reject] = checked.rejects
    assert (reject.table_name, reject.rule, reject.doc_id) == ("blocks", "quote_in_text", rows[9]["doc_id"])
    assert reject.value == f"{rows[9]['char_start']}, {rows[9]['char_end']}"
    assert len(checked.good) == len(GOOD["blocks"]) - 1


def test_blocks_of_a_text_that_is_not_there_are_rejects() -> None:
    checked = check_blocks(GOOD["blocks"], GOOD["texts"].slice(1))
    assert {reject.doc_id for reject in checked.rejects} == {GOOD["texts"]["doc_id"][0].as_py()}
