"""How large a document may be: what no label comes near would only fill memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from labelpipe.errors import TableLimit, TooLarge
from labelpipe.model import Reading
from labelpipe.settings import Limits

MAX_BLOCKS = 30_000
"""The longest labels of DailyMed have a thousand or two."""

_max_cells = ContextVar("max_cells", default=Limits().table_cells)
"""In all tables of a document; a build may say otherwise."""


@contextmanager
def cell_limit(n_cells: int) -> Iterator[None]:
    """Let documents that are read within have so many table cells and no more."""
    before = _max_cells.set(n_cells)
    try:
        yield
    finally:
        _max_cells.reset(before)


def check_size(reading: Reading) -> None:
    """Raise where a document is cut into more pieces than a label has.

    Raises:
        TooLarge: too many blocks.
        TableLimit: too many table cells.
    """
    if len(reading.blocks) > MAX_BLOCKS:
        last = reading.blocks[MAX_BLOCKS].locator
        raise TooLarge(
            f"it has {len(reading.blocks):,} lines and paragraphs, the {MAX_BLOCKS:,}th at {last}; no label is so "
            "long: cut the file into its documents"
        )
    printed = (block for block in reading.blocks if block.kind == "table_row")
    n_cells = len(reading.table_cells) or sum(_cells_printed(block.text) for block in printed)
    if n_cells > _max_cells.get():
        raise TableLimit(
            f"its tables have {n_cells:,} cells; {_max_cells.get():,} are the limit: check the step that made it, or "
            "give --max-cells"
        )


def _cells_printed(line: str) -> int:
    """Return how many cells the line of a table has, empty ones too; the bars at its ends are its frame."""
    return line.strip().removeprefix("|").removesuffix("|").count("|") + 1
