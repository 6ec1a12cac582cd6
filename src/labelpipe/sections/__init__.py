"""Blocks to sections: by heading or code where the source has them, else by words and neighbours."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from labelpipe.model import Block, Reading, Section
from labelpipe.sections.answer_runs import find_answers
from labelpipe.sections.outline import outline as headed_outline
from labelpipe.sections.placer import place_blocks
from labelpipe.sections.stated import Placed, stated_sections, unknown_codes
from labelpipe.sections.stated_outline import stated_outline
from labelpipe.sections.tags import population_and_topic, tags_of
from labelpipe.sections.units import PLACED_KINDS
from labelpipe.sections.votes import settle

__all__ = ["outline", "place", "unknown_codes"]

PLACED_LANGUAGES = (None, "en")
FAQ_KINDS = ("faq_question", "faq_answer")
HANGING_KINDS = ("caption", "footnote", "image")
"""What hangs on other blocks: it is where a stated section says, and nowhere else."""

STATED_KINDS = frozenset(PLACED_KINDS + FAQ_KINDS + HANGING_KINDS)
FAQ = ("faq", "heading: questions and answers")
ANSWERS_IN_A_ROW = "words: answers in a row, without heading or questions"

STATED_CONFIDENCE = 0.99
"""How often the source's own code, or a heading over questions, tells the truth."""


def place(reading: Reading, infer: bool = True) -> tuple[Block, ...]:
    """Return all blocks of a reading, in order, each with its section, population and topic where it has one.

    What the source states with codes holds for any text, and its headings say nothing of what stands outside. The rest
    is left where nothing is to be inferred, and in a language that the words are not known of.
    """
    stated = stated_sections(reading)
    known = infer and reading.language in PLACED_LANGUAGES
    answers = find_answers(reading.blocks) if known and reading.source_format == "text" else {}
    if answers:
        reading = replace(reading, blocks=tuple(_as_answer(block, answers) for block in reading.blocks))
    placed = _inferred(reading, stated) if known else {}
    placed |= _told(reading.blocks, stated, known, answers)
    return tuple([placed.get(block.block_no, block) for block in reading.blocks])


def _as_answer(block: Block, answers: Mapping[int, float]) -> Block:
    return block._replace(kind="faq_answer") if block.block_no in answers else block


def _inferred(reading: Reading, stated: Mapping[int, Placed]) -> dict[int, Block]:
    """Place the blocks whose section the source does not state, between those where it does."""
    if all(block.kind not in PLACED_KINDS or block.block_no in stated for block in reading.blocks):
        return {}
    spoken = [block for block in reading.blocks if block.kind != "heading" or block.block_no not in stated]
    placed = place_blocks(spoken, {number: slug for number, (slug, _) in stated.items()})
    loose = [one for one in reading.stated_sections if not stated.keys() & one.block_nos]
    return settle(loose, placed) if placed and loose else placed


def outline(reading: Reading, blocks: Sequence[Block]) -> tuple[Section, ...]:
    """Return the label's outline: the source's own where it states one."""
    return stated_outline(reading, blocks) if reading.stated_sections else headed_outline(blocks)


def _told(
    blocks: Sequence[Block], stated: Mapping[int, Placed], known: bool, answers: Mapping[int, float]
) -> dict[int, Block]:
    """Return, by number, the blocks whose section the source states, and the questions and answers where it is known.

    `answers`: the chances of those that no heading stands over.
    """
    told = [block for block in blocks if block.kind in (STATED_KINDS if block.block_no in stated else FAQ_KINDS)]
    return {
        block.block_no: _in_section(block, *stated.get(block.block_no, FAQ), answers.get(block.block_no))
        for block in told
        if known or block.block_no in stated
    }


def _in_section(block: Block, section: str, evidence: str, chance: float | None) -> Block:
    population, topic = population_and_topic(block.text, section, tags_of(block.text))
    if chance is not None:
        return block.placed(section, section, "inferred", round(chance, 4), ANSWERS_IN_A_ROW, population, topic)
    return block.placed(section, section, "stated", STATED_CONFIDENCE, evidence, population, topic)
