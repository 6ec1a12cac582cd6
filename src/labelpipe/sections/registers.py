"""Who speaks: a consumer page, a professional label, or a package leaflet. Each has an order of its own."""

import re
from collections.abc import Sequence

from labelpipe.model import Block
from labelpipe.sections.units import Unit
from labelpipe.vocabulary.pages import is_page_heading

LEAFLET_SHARE = 0.013
"""So many of a leaflet's words, and of no professional label's, are `you` and `your`."""

VOICE = {"page": "plain", "label": "label", "leaflet": "plain"}
"""Whose words each register speaks: what is written for the public, and what for professionals."""

_ADDRESS = re.compile(r"\byour?\b", re.I)


def register_of(blocks: Sequence[Block], units: Sequence[Unit]) -> str:
    """Return the register of a document."""
    if any(
        block.kind == "field_label" or (block.kind == "heading" and is_page_heading(block.text)) for block in blocks
    ):
        return "page"
    addressed = sum(len(_ADDRESS.findall(unit.text)) for unit in units)
    words = sum(unit.text.count(" ") + 1 for unit in units)
    return "leaflet" if addressed > LEAFLET_SHARE * words else "label"
