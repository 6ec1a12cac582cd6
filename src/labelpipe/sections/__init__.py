"""Blocks to sections: by heading or code where the source has them, else by words and neighbours."""

from collections.abc import Mapping
from dataclasses import replace

from labelpipe.model import Block, Reading
from labelpipe.sections.outline import outline
from labelpipe.sections.placer import place_blocks
from labelpipe.sections.stated import stated_sections
from labelpipe.sections.tags import population_of, topic_of
from labelpipe.sections.units import PLACED_KINDS

__all__ = ["outline", "place"]

PLACED_LANGUAGES = (None, "en")
FAQ_KINDS = ("faq_question", "faq_answer")
STATED_CONFIDENCE = 0.99
"""How often the source's own code, or a heading over questions, tells the truth."""


def place(reading: Reading) -> tuple[Block, ...]:
    """Return all blocks of a reading, in order, each with its section, population and topic where it has one.

    A text in a language the words are not known of is left as it is.
    """
    if reading.language not in PLACED_LANGUAGES:
        return reading.blocks
    stated = stated_sections(reading)
    loose = any(block.kind in PLACED_KINDS and block.block_no not in stated for block in reading.blocks)
    placed = place_blocks(reading.blocks) if loose else {}
    return tuple(
        _stated(block, *stated[block.block_no]) if block.block_no in stated else _placed(block, placed)
        for block in reading.blocks
    )


def _stated(block: Block, section: str, evidence: str) -> Block:
    """Return a block with the section that the source states for it."""
    if block.kind not in PLACED_KINDS + FAQ_KINDS:
        return block
    return replace(
        block,
        section=section,
        section_candidate=section,
        section_method="stated",
        section_confidence=STATED_CONFIDENCE,
        section_evidence=evidence,
        population=population_of(block.text, section),
        topic=topic_of(block.text),
    )


def _placed(block: Block, placed: Mapping[int, Block]) -> Block:
    if block.kind not in FAQ_KINDS:
        return placed.get(block.block_no, block)
    return replace(
        block,
        section="faq",
        section_candidate="faq",
        section_method="stated",
        section_confidence=STATED_CONFIDENCE,
        section_evidence="heading: questions and answers",
        population=population_of(block.text, None),
        topic=topic_of(block.text),
    )
