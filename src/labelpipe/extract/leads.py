"""What stands over a block: its heading, and the lead-in of its list, table or paragraph."""

from collections.abc import Iterator
from typing import NamedTuple

from labelpipe.model import Block

HANGING = ("list_item", "table_row")


class Led(NamedTuple):
    """A block, the heading over it, and the words that announce it: a paragraph that ends in a colon.

    `opens`: the block is the first behind the lead-in. `adrift`: what announces its list stands in another section.
    """

    block: Block
    heading: str
    lead_in: str
    opens: bool
    adrift: bool


def led(blocks: tuple[Block, ...], sections: tuple[str, ...]) -> Iterator[Led]:
    """Yield the blocks of some sections with what stands over them, in document order."""
    heading = lead_in = ""
    opens = adrift = False
    for block in blocks:
        if block.kind == "heading":
            heading, lead_in, adrift = block.text, "", False
        elif block.section not in sections:
            adrift = adrift or block.text.rstrip().endswith(":")
        else:
            hangs = block.kind in HANGING
            adrift = adrift and hangs
            yield Led(block, heading, lead_in if opens or hangs else "", opens, adrift)
            opens = False
            if not hangs:
                lead_in = block.text if block.text.rstrip().endswith(":") else ""
                opens = bool(lead_in)
