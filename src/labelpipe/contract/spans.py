"""Blocks are their text's words, character by character: what every quote of the build is held against."""

import json
from collections.abc import Mapping

import pyarrow as pa

from labelpipe.contract.validate import Checked
from labelpipe.model import Reject


def check_blocks(blocks: pa.Table, texts: pa.Table) -> Checked:
    """Return the blocks whose words stand at their place in the text of their document, and the others as rejects.

    In Python, where a slice of a text costs the same wherever it starts; in SQL it costs what stands before it.
    """
    said: Mapping[str, str] = dict(zip(texts["doc_id"].to_pylist(), texts["text"].to_pylist(), strict=True))
    columns = (blocks[name].to_pylist() for name in ("doc_id", "char_start", "char_end", "text"))
    is_good = [said.get(doc_id, "")[start:end] == words for doc_id, start, end, words in zip(*columns, strict=True)]
    if all(is_good):
        return Checked(blocks, [])
    bad = blocks.take([at for at, good in enumerate(is_good) if not good]).to_pylist()
    return Checked(blocks.filter(pa.array(is_good)), [_reject(row) for row in bad])


def _reject(row: dict[str, object]) -> Reject:
    span = f"{row['char_start']}, {row['char_end']}"
    return Reject(
        source_path=None,
        doc_id=str(row["doc_id"]),
        table_name="blocks",
        rule="quote_in_text",
        column_name="char_start, char_end, text",
        value=span,
        row_json=json.dumps(row, default=str, sort_keys=True, ensure_ascii=False),
        message=f"blocks: block {row['block_no']}: the text of its document does not hold its words at ({span}); "
        "this is a mistake in labelpipe, please report it",
    )
