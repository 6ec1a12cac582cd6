"""An answer that contradicts the label: both speak of the same yes-or-no question, and take opposite sides."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from labelpipe.findings.severity import severity_of
from labelpipe.model import Block, Finding
from labelpipe.vocabulary import load
from labelpipe.vocabulary.phrases import PhraseBook

_SENTENCE = re.compile(r"\S.*?(?:[.!?](?=\s+[A-Z\"'(])|$)", re.S)
_PROSE = ("paragraph", "list_item", "callout")


class _Stance(NamedTuple):
    question: str
    side: str
    block: Block
    start: int
    words: str


def answers_against_sections(blocks: tuple[Block, ...]) -> Iterator[Finding]:
    """Compare what the answers say with what the rest of the document says, question by question.

    Only where the whole document outside the answers is on one side, and the answer alone on the other.
    """
    answers = [stance for block in blocks if block.kind == "faq_answer" for stance in _stances(block)]
    if not answers:
        return
    label = [stance for block in blocks if block.kind in _PROSE for stance in _stances(block)]
    for answer in answers:
        said = [stance for stance in label if stance.question == answer.question]
        if said and all(stance.side != answer.side for stance in said):
            yield _finding(answer, said[0])


def _stances(block: Block) -> Iterator[_Stance]:
    """Yield the side that each sentence takes; one with a condition takes none."""
    if not _sides().hits(block.text):
        return
    for sentence in _SENTENCE.finditer(block.text):
        if not sentence[0].endswith("?") and not _conditions().hits(sentence[0]):
            for question, side in _sides_in(sentence[0]):
                yield _Stance(question, side, block, sentence.start(), sentence[0])


def _sides_in(sentence: str) -> Iterator[tuple[str, str]]:
    """Yield question and side where a sentence is on one side; `never take a double dose` does not say to take one."""
    spans: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for hit in _sides().hits(sentence):
        question, side = _sides().key(hit).split()
        if match := _sides().find(sentence, hit):
            spans[question, side].append(match.span())
    for (question, side), found in spans.items():
        against = spans.get((question, "no" if side == "yes" else "yes"), [])
        denied = any(
            start < other_end and other_start < end for start, end in found for other_start, other_end in against
        )
        if not against or (side == "no" and denied):
            yield question, side


def _finding(answer: _Stance, label: _Stance) -> Finding:
    rule = "answer_against_section"
    asked = load("contradictions")["stances"][answer.question]["asked"]
    told = f"{answer.block.locator}: on {asked}, this answer says the opposite of {label.block.locator}"
    start = answer.block.char_start + answer.start
    span = (answer.block.block_no, start, start + len(answer.words))
    return Finding(rule, severity_of(rule), told, *span, f"{answer.words} | {label.words}")


@cache
def _sides() -> PhraseBook:
    questions = load("contradictions")["stances"]
    return PhraseBook(
        {
            f"{name} {side}": words[side]
            for name, words in questions.items()
            if name != "words"
            for side in ("yes", "no")
        }
    )


@cache
def _conditions() -> PhraseBook:
    return PhraseBook({"unless": load("contradictions")["stances"]["words"]["unless"]})
