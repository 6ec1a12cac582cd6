"""What is placed: paragraphs, items, callouts and whole tables, each with what stands around it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from labelpipe.model import Block
from labelpipe.vocabulary import load
from labelpipe.vocabulary.pages import is_faq_heading, is_page_heading

_CELL_EDGE = re.compile(r"[|\t]")
_SEVERAL = re.compile(r"[;,]\s*")
_CODE = re.compile(r"\bNDC[\s:]*\d{4,6}-\d{3,4}")

PLACED_KINDS = ("paragraph", "callout", "list_item", "table_row")
ASIDE_KINDS = ("noise", "disclaimer")

UNITS_A_HEADING = 10
"""A page that has its headings has one for so many units at least."""

LONE_HEADING_REACH = 6
"""For how many units a heading speaks on a page that has lost most of its own."""


class Link(IntEnum):
    """How a unit follows the one before it."""

    PLAIN = 0
    ITEM = 1
    LOST_LIST = 2
    NEW_PART = 3
    NEW_HEADING = 4
    SAME_HEADING = 5
    CALLOUT = 6
    AFTER_ITEM = 7
    TABLE = 8


@dataclass(slots=True)
class Unit:
    """Blocks that share a section: one block, or the rows of a table.

    `part` counts the page's own headings passed so far (0, 1 before and after the questions); `link` says how the unit
    follows the one before; `well_headed` whether the page still has its headings.
    """

    kind: str
    blocks: list[Block]
    heading: Block | None
    part: int
    link: Link
    well_headed: bool = False

    @property
    def text(self) -> str:
        """Its words."""
        return self.blocks[0].text if len(self.blocks) == 1 else " ".join(block.text for block in self.blocks)


def group_units(blocks: Sequence[Block]) -> list[Unit]:
    """Group the blocks that get a section, in document order; the rows of the page's products get none."""
    units: list[Unit] = []
    heading: Block | None = None
    part, fresh, last = 0, Link.NEW_PART, ""
    for block in blocks:
        if block.kind in ASIDE_KINDS:
            continue
        if block.kind == "heading":
            if is_page_heading(block.text):
                heading, fresh = None, Link.NEW_PART
                part = min(1, part + is_faq_heading(block.text))
            else:
                heading, fresh = block, fresh if fresh == Link.NEW_PART else Link.NEW_HEADING
        elif block.kind in PLACED_KINDS:
            if block.kind == last == "table_row" and units and not fresh:
                units[-1].blocks.append(block)
            else:
                link = fresh or _link(units[-1], block, last, heading)
                units.append(Unit(block.kind, [block], heading, part, link))
            fresh = Link.PLAIN
        last = block.kind
    return _judge_headings([unit for unit in units if not _lists_products(unit)])


def _judge_headings(units: list[Unit]) -> list[Unit]:
    """Let a heading speak for all that follows only where headings are the rule; a lone one speaks for what is near."""
    headings = [unit.heading for unit in units if unit.heading]
    well_headed = len({heading.block_no for heading in headings}) * UNITS_A_HEADING >= len(units)
    last, distance = 0, 0
    for unit in units:
        unit.well_headed = well_headed
        if unit.heading and not well_headed:
            distance = distance + 1 if unit.heading.block_no == last else 0
            last = unit.heading.block_no
            if distance >= LONE_HEADING_REACH:
                unit.heading = None
                unit.link = Link.PLAIN if unit.link == Link.SAME_HEADING else unit.link
    return units


def _link(before: Unit, block: Block, last: str, heading: Block | None) -> Link:
    if block.kind == "list_item" and last in ("list_item", "paragraph", "callout"):
        return Link.ITEM
    if heading is not None:
        return Link.SAME_HEADING
    if block.kind == "table_row":
        return Link.TABLE
    if before.blocks[-1].text.endswith(":"):
        return Link.LOST_LIST
    if block.kind == "callout":
        return Link.CALLOUT
    return Link.AFTER_ITEM if before.kind == "list_item" else Link.PLAIN


def _lists_products(unit: Unit) -> bool:
    """Rows of strength, form, route and code are the page's products, not part of a section."""
    if unit.kind != "table_row":
        return False
    if _names_route(unit.blocks[-1]):
        return True
    return any(_CODE.search(block.text) for block in unit.blocks) and any(map(_names_route, unit.blocks))


def _names_route(row: Block) -> bool:
    routes = load("products")["routes"]
    cells = (_SEVERAL.split(cell.strip().upper()) for cell in _CELL_EDGE.split(row.text))
    return any(all(part in routes for part in parts) or "; ".join(parts) in routes for parts in cells)
