"""Topics and populations of 300 blocks of our own monographs, as a reader of them would say."""

from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from labelpipe.extract.faqs import read_faqs, tag_answers
from labelpipe.model import Block
from labelpipe.sections.marks import marks_of
from labelpipe.sections.tags import population_of, topic_of
from labelpipe.training.monographs import Item, Monograph, read_monograph
from labelpipe.vocabulary import populations, topics

LABELS = Path(__file__).with_name("tagged_blocks.txt")
MONOGRAPHS = Path(__file__).parents[1] / "training" / "monographs"
FLOORS = {"topic": (0.9, 0.92), "population": (0.9, 0.88)}
"""Precision and recall."""


class Tagged(NamedTuple):
    """A block with what was found, and all that counts as right; `-` is none."""

    where: str
    found: str
    right: list[str]


def test_tags_are_as_a_reader_would_say() -> None:
    for kind, (precision, recall) in FLOORS.items():
        found = shares(tagged(kind))
        assert found[0] >= precision, (kind, found, wrong(kind))
        assert found[1] >= recall, (kind, found, wrong(kind))


def test_a_dose_that_was_missed_in_a_trial_is_no_advice() -> None:
    words = "One in four missed a dose in the trial; a missed dose was not made up for."
    assert topic_of(words, "dosage_and_administration", marks_of(words)) == "missed_dose"
    assert topic_of(words, "adverse_reactions", marks_of(words)) is None


def test_the_labels_name_what_the_vocabulary_knows() -> None:
    known = {"topic": {*topics(), "-"}, "population": {*populations(), "-"}}
    for kind, names in known.items():
        assert {name for block in tagged(kind) for name in block.right} <= names
    assert len(LABELS.read_text(encoding="utf-8").splitlines()) > 300


def shares(blocks: list[Tagged]) -> tuple[float, float]:
    """Return how many of the tags given are right, and how many of the blocks that must have one have a right one."""
    given = [block for block in blocks if block.found != "-"]
    needed = [block for block in blocks if "-" not in block.right]
    right = [block.found in block.right for block in given], [block.found in block.right for block in needed]
    return sum(right[0]) / len(given), sum(right[1]) / len(needed)


def wrong(kind: str) -> list[str]:
    return [f"{b.where}: {b.found}, not {'/'.join(b.right)}" for b in tagged(kind) if b.found not in b.right]


@cache
def tagged(kind: str) -> list[Tagged]:
    """Tag every labelled block in the section it stands in; answers without their questions, the page's together."""
    pages = {path.stem: tagged_page(read_monograph(path)) for path in MONOGRAPHS.glob("*.md")}
    blocks = []
    for line in LABELS.read_text(encoding="utf-8").splitlines()[1:]:
        name, tab, number, topic, population = line.split()
        accepted = topic if kind == "topic" else population
        if accepted != "*":
            found = getattr(pages[name][tab, int(number)], kind) or "-"
            blocks.append(Tagged(f"{name} {tab} {number}", found, accepted.split("/")))
    return blocks


def tagged_page(page: Monograph) -> dict[tuple[str, int], Block]:
    items = [(tab, number, item) for tab in page.tabs for number, item in enumerate(page.tabs[tab], 1)]
    blocks = tuple(block_of(place, item) for place, (_, _, item) in enumerate(items, 1))
    answers = tuple(block for block in blocks if block.kind == "faq_answer")
    tagged = tag_answers(blocks, read_faqs(answers, page.header["brand"]))
    return {(tab, number): block for (tab, number, _), block in zip(items, tagged, strict=True)}


def block_of(number: int, item: Item) -> Block:
    block = Block(number, item.kind, item.text, 0, 0, "")
    if not item.sections:
        return block
    section, marks = item.sections[0], marks_of(item.text)
    tags = population_of(item.text, section, marks), topic_of(item.text, section, marks)
    return block.placed(section, section, "stated", 1.0, None, *tags)


@pytest.mark.parametrize("kind", ["topic", "population"])
def test_most_tags_are_used(kind: str) -> None:
    assert len(Counter(block.found for block in tagged(kind))) >= len(topics() if kind == "topic" else populations())
