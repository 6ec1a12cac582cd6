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

HEADER_LABELS = 2
"""A page's header has so many labels at least; one alone (`Revised:`) stands in labels and leaflets too."""

BROAD = ("leaflet",)
"""Registers whose sections are broader than ours: each of the several that one of theirs holds is as good."""

_ADDRESS = re.compile(r"\byour?\b", re.I)


def register_of(blocks: Sequence[Block], units: Sequence[Unit]) -> str:
    """Return the register of a document."""
    labels = sum(block.kind == "field_label" for block in blocks)
    if labels >= HEADER_LABELS or any(block.kind == "heading" and is_page_heading(block.text) for block in blocks):
        return "page"
    text = "\n".join([unit.text for unit in units])
    few = LEAFLET_SHARE * (text.count(" ") + len(units))
    is_addressed = text.lower().count("you") > few and len(_ADDRESS.findall(text)) > few
    return "leaflet" if is_addressed else "label"
