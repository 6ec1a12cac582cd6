"""Blocks to sections: by heading or code where the source has them, else by words and neighbours."""

from collections.abc import Sequence
from dataclasses import replace

from labelpipe.model import Block, Reading
from labelpipe.sections.outline import outline
from labelpipe.sections.placer import place_blocks
from labelpipe.sections.tags import population_of, topic_of
from labelpipe.sections.units import PLACED_KINDS

__all__ = ["outline", "place"]

PLACED_LANGUAGES = (None, "en")
FAQ_KINDS = ("faq_question", "faq_answer")


def place(reading: Reading) -> tuple[Block, ...]:
    """Return all blocks of a reading, in order, each with its section, population and topic where it has one.

    A text in a language the words are not known of is left as it is.
    """
    if reading.language not in PLACED_LANGUAGES:
        return reading.blocks
    placed = place_blocks(reading.blocks)
    return tuple(_finished(placed.get(block.block_no, block)) for block in reading.blocks)


def _finished(block: Block) -> Block:
    if block.kind in FAQ_KINDS:
        block = replace(
            block,
            section="faq",
            section_candidate="faq",
            section_method="stated",
            section_confidence=0.99,
            section_evidence="heading: questions and answers",
        )
    elif block.kind not in PLACED_KINDS:
        return block
    return replace(block, population=population_of(block.text, block.section), topic=topic_of(block.text))
