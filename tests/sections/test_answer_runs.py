"""Answers in a row on pages that have lost the heading over them and every question; and pages that have none."""

import os
import subprocess
import sys
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelpipe.model import Block, Source
from labelpipe.pipeline import parse_source
from labelpipe.readers.text import read_text
from labelpipe.sections.answer_runs import OPENING, find_answers, run_chances
from labelpipe.training.damage import STRIPPED, Damage, damaged
from labelpipe.training.held_out import held_out_names
from labelpipe.training.monographs import Monograph, read_monograph
from labelpipe.training.small_models import MONOGRAPHS

SHARED = Path(os.environ.get("LABELPIPE_SHARED", "/nowhere"))
PAGE_HEADINGS = ("Common questions about", "Other drugs with", "Detailed information about")
LAYOUTS = {
    "cut in two": STRIPPED,
    "tabs in another order": Damage(headings=False, lists=False, questions=False, cut_in_two=False, shuffled=True),
    "lists kept": Damage(headings=False, lists=True, questions=False, cut_in_two=True, shuffled=False),
}
RECALL, PRECISION = 0.97, 0.97

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="LABELPIPE_SHARED does not say where the corpora are")


def pages() -> list[Monograph]:
    return [read_monograph(MONOGRAPHS / f"{name}.md") for name in sorted(held_out_names())]


def bare(page: Monograph, layout: str, with_answers: bool = True) -> tuple[str, set[str]]:
    """Return the page without its own headings, and its answers."""
    gold = damaged(page, LAYOUTS[layout], Random(f"{page.name} {layout}"), {}, layout)
    lines = zip(gold.text.split("\n"), gold.lines, strict=True)
    kept = [(text, line.kind) for text, line in lines if not text.startswith(PAGE_HEADINGS)]
    kept = [(text, kind) for text, kind in kept if with_answers or kind != "faq_answer"]
    return "\n".join(text for text, _ in kept), {text for text, kind in kept if kind == "faq_answer"}


def answers_in(text: str) -> set[str]:
    blocks = read_text(text.encode()).blocks
    return {block.text for block in blocks if block.block_no in find_answers(blocks)}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_answers_are_found_among_the_other_paragraphs(layout: str) -> None:
    right = found = there = 0
    for page in pages():
        text, answers = bare(page, layout)
        said = answers_in(text)
        right, found, there = right + len(said & answers), found + len(said), there + len(answers)
    assert right / there >= RECALL
    assert right / found >= PRECISION


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_page_without_answers_gets_none(layout: str) -> None:
    assert {page.name: answers_in(bare(page, layout, with_answers=False)[0]) for page in pages()} == {
        page.name: set() for page in pages()
    }


def test_what_is_inferred_says_so() -> None:
    text, answers = bare(pages()[0], "cut in two")
    label = parse_source(Source("page.txt", text.encode()))
    found = [block for block in label.blocks if block.kind == "faq_answer"]
    assert {block.text for block in found} == answers
    assert {(block.section, block.section_method) for block in found} == {("faq", "inferred")}
    assert all(block.section_confidence is not None and 0.5 <= block.section_confidence < 1 for block in found)
    assert {faq.question for faq in label.facts.faqs} == {None}
    assert "stated" not in {faq.question_method for faq in label.facts.faqs}
    assert [row.section_method for row in label.sections if row.section == "faq"] == ["inferred"]


def test_nothing_is_looked_for_where_a_question_is_left() -> None:
    text, _ = bare(pages()[0], "cut in two")
    blocks = read_text(text.encode()).blocks
    question = Block(len(blocks) + 1, "faq_question", "Is it safe?", 0, 0, "")
    assert find_answers(blocks)
    assert find_answers([*blocks, question]) == {}


@needs_shared
@pytest.mark.slow
@pytest.mark.parametrize(
    ("tool", "corpus", "options"),
    [
        ("strip_spl.py", "spl", ()),
        ("strip_spl.py", "spl", ("--drop-lists",)),
        ("strip_spl.py", "spl", ("--shuffle",)),
        ("strip_leaflet.py", "leaflets", ()),
        ("strip_leaflet.py", "leaflets", ("--shuffle",)),
    ],
)
def test_labels_and_leaflets_have_no_answers(tool: str, corpus: str, options: tuple[str, ...], tmp_path: Path) -> None:
    command = [sys.executable, str(SHARED / "tools" / tool), str(SHARED / "corpus" / corpus), str(tmp_path), *options]
    subprocess.run(command, check=True, capture_output=True)
    texts = sorted(tmp_path.glob("*.txt"))
    assert len(texts) > 20
    assert [path.name for path in texts if answers_in(path.read_text(encoding="utf-8"))] == []


@given(st.lists(st.floats(-20, 20), max_size=8))
def test_chances_are_those_of_all_runs_there_may_be(scores: list[float]) -> None:
    spans = [(a, b) for a in range(len(scores)) for b in range(a, len(scores))]
    weights = {(a, b): np.exp(OPENING + sum(scores[a : b + 1])) for a, b in spans}
    total = 1 + sum(weights.values())
    expected = [sum(w for (a, b), w in weights.items() if a <= at <= b) / total for at in range(len(scores))]
    assert run_chances(scores) == pytest.approx(expected)
