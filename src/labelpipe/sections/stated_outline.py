"""The outline of a source that states its sections: as it nests them, with their codes and titles."""

import re
from collections.abc import Sequence

from labelpipe.model import Block, Reading, Section, StatedSection
from labelpipe.sections.outline import mean_confidence, most_common, outline
from labelpipe.sections.stated import Placed, stated_slugs

ASIDE = ("heading", "noise", "disclaimer", "highlight", "field_label", "field_value")
"""What stands in a section and is no part of its words: titles, furniture, and what is said elsewhere too."""

_LOINC = re.compile(r"\d{4,6}-\d")


def stated_outline(reading: Reading, blocks: Sequence[Block]) -> tuple[Section, ...]:
    """Return the stated sections in document order, and behind them one for each section of the blocks outside them.

    A section with neither a title nor words is left out, unless others stand in it.
    """
    kept = _kept(reading.stated_sections, blocks)
    slugs = stated_slugs(reading.stated_sections)
    numbers = {section.section_no: number for number, section in enumerate(kept, 1)}
    rows = [_section(section, numbers, slugs.get(section.section_no), blocks) for section in kept]
    inside = {number for section in reading.stated_sections for number in section.block_nos}
    outside = [block for block in blocks if block.block_no not in inside]
    return (*rows, *outline(outside, first_no=len(rows) + 1))


def _kept(sections: Sequence[StatedSection], blocks: Sequence[Block]) -> list[StatedSection]:
    """Return the sections that say something, and those around them."""
    needed: set[int | None] = set()
    for section in reversed(sections):
        if section.section_no in needed or section.title or _words(section, blocks):
            needed |= {section.section_no, section.parent_no}
    return [section for section in sections if section.section_no in needed]


def _words(section: StatedSection, blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks that are a section's own words."""
    own = (blocks[number - 1] for number in section.block_nos)
    return [block for block in own if block.kind not in ASIDE]


def _section(stated: StatedSection, numbers: dict[int, int], placed: Placed | None, blocks: Sequence[Block]) -> Section:
    words = _words(stated, blocks)
    slug = placed[0] if placed else most_common(words)
    is_stated = placed or any(block.section == slug and block.section_method == "stated" for block in words)
    return Section(
        section_no=numbers[stated.section_no],
        parent_no=numbers[stated.parent_no] if stated.parent_no else None,
        depth=stated.depth,
        section=slug,
        loinc=stated.code if stated.code and _LOINC.fullmatch(stated.code) else None,
        title=stated.title,
        text="\n".join(block.text for block in words if block.kind != "image"),
        block_nos=tuple(block.block_no for block in words),
        section_method="stated" if is_stated else "inferred" if slug else "none",
        section_confidence=mean_confidence(words),
    )
