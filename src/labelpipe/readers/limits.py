"""How large a document may be: what no label comes near would only fill memory."""

from labelpipe.errors import TooLarge
from labelpipe.model import Reading

MAX_BLOCKS = 30_000
"""The longest labels of DailyMed have a thousand or two."""

MAX_CELLS = 100_000
"""In all tables of a document; labels that are all tables have a few thousand."""


def check_size(reading: Reading) -> None:
    """Raise where a document is cut into more pieces than a label has.

    Raises:
        TooLarge: too many blocks, or too many table cells.
    """
    if len(reading.blocks) > MAX_BLOCKS:
        last = reading.blocks[MAX_BLOCKS].locator
        raise TooLarge(
            f"it has {len(reading.blocks):,} lines and paragraphs, the {MAX_BLOCKS:,}th at {last}; no label is so "
            "long: cut the file into its documents"
        )
    printed = (block for block in reading.blocks if block.kind == "table_row")
    n_cells = len(reading.table_cells) or sum(block.text.count("|") for block in printed)
    if n_cells > MAX_CELLS:
        raise TooLarge(
            f"its tables have {n_cells:,} cells, and no label has {MAX_CELLS:,}; check the step that made it"
        )
