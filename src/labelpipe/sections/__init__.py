"""Blocks to sections: by heading or code where the source has them, else by words and neighbours."""

from collections.abc import Mapping, Sequence

from labelpipe.model import Block, Reading, Section
from labelpipe.sections.marks import marks_of
from labelpipe.sections.outline import outline as headed_outline
from labelpipe.sections.placer import place_blocks
from labelpipe.sections.stated import stated_sections, unknown_codes
from labelpipe.sections.stated_outline import stated_outline
from labelpipe.sections.tags import population_of, topic_of
from labelpipe.sections.units import PLACED_KINDS
from labelpipe.sections.votes import settle

__all__ = ["outline", "place", "unknown_codes"]

PLACED_LANGUAGES = (None, "en")
FAQ_KINDS = ("faq_question", "faq_answer")
HANGING_KINDS = ("caption", "footnote", "image")
"""What hangs on other blocks: it is where a stated section says, and nowhere else."""

STATED_CONFIDENCE = 0.99
"""How often the source's own code, or a heading over questions, tells the truth."""


def place(reading: Reading, infer: bool = True) -> tuple[Block, ...]:
    """Return all blocks of a reading, in order, each with its section, population and topic where it has one.

    What the source states with codes holds for any text, and its headings say nothing of what stands outside. The rest
    is left where nothing is to be inferred, and in a language that the words are not known of.
    """
    stated = stated_sections(reading)
    known = infer and reading.language in PLACED_LANGUAGES
    loose = any(block.kind in PLACED_KINDS and block.block_no not in stated for block in reading.blocks)
    spoken = [block for block in reading.blocks if block.kind != "heading" or block.block_no not in stated]
    placed = place_blocks(spoken) if loose and known else {}
    if placed and reading.stated_sections:
        placed = settle([one for one in reading.stated_sections if not stated.keys() & one.block_nos], placed)
    return tuple(
        _stated(block, *stated[block.block_no])
        if block.block_no in stated
        else _placed(block, placed)
        if known
        else block
        for block in reading.blocks
    )


def outline(reading: Reading, blocks: Sequence[Block]) -> tuple[Section, ...]:
    """Return the label's outline: the source's own where it states one."""
    return stated_outline(reading, blocks) if reading.stated_sections else headed_outline(blocks)


def _stated(block: Block, section: str, evidence: str) -> Block:
    """Return a block with the section that the source states for it."""
    if block.kind not in PLACED_KINDS + FAQ_KINDS + HANGING_KINDS:
        return block
    marks = marks_of(block.text)
    population, topic = population_of(block.text, section, marks), topic_of(block.text, marks)
    return block.placed(section, section, "stated", STATED_CONFIDENCE, evidence, population, topic)


def _placed(block: Block, placed: Mapping[int, Block]) -> Block:
    if block.kind not in FAQ_KINDS:
        return placed.get(block.block_no, block)
    return _stated(block, "faq", "heading: questions and answers")
