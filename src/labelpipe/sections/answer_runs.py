"""Answers in a row, found by how they speak, where neither the heading over them nor a question is left."""

import re
from collections.abc import Sequence
from functools import cache, reduce
from importlib.resources import files
from itertools import accumulate
from math import exp, inf, log1p

import numpy as np

from labelpipe.learned import Features, LinearModel, words
from labelpipe.model import Block

MIN_ANSWERS = 5
"""Fewer paragraphs that sound like answers prove nothing."""

MIN_CHARACTERS = 120
"""Answers that stand for themselves are paragraphs, not remarks."""

TRUST = 0.5
"""How much of what the model says of one paragraph counts: paragraphs by one author are not independent."""

OPENING = -8.0
"""In nats: how unlikely it is that answers without a heading begin at a given paragraph."""

MIN_CHANCE = 0.5
MAX_CHANCE = 0.98
"""As sure as one can be without a heading: about so many of what is found are answers."""

STEM_LETTERS = 6
LENGTH_STEP, LONGEST = 80, 10

ASIDE_KINDS = ("noise", "disclaimer")

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def find_answers(blocks: Sequence[Block]) -> dict[int, float]:
    """Return the chance of each paragraph to be an answer, by number, for one run of them; empty where there is none.

    On a page that still has a question or an answer nothing is looked for.
    """
    if any(block.kind in ("faq_question", "faq_answer") for block in blocks):
        return {}
    runs = map(_run, _stretches(blocks))
    return max(runs, key=lambda run: sum(run.values()), default={})


def _stretches(blocks: Sequence[Block]) -> list[list[Block]]:
    """Return the paragraphs that follow each other with nothing but furniture between."""
    stretches: list[list[Block]] = [[]]
    for block in blocks:
        if block.kind == "paragraph":
            stretches[-1].append(block)
        elif block.kind not in ASIDE_KINDS and stretches[-1]:
            stretches.append([])
    return [stretch for stretch in stretches if sum(map(_is_long, stretch)) >= MIN_ANSWERS]


def _is_long(block: Block) -> bool:
    return len(block.text) >= MIN_CHARACTERS


def _run(stretch: Sequence[Block]) -> dict[int, float]:
    """Return the likeliest run of answers in a stretch of paragraphs, if it is likely and long enough."""
    other, answer = _model().scores([features(block.text) for block in stretch]).T
    scores = np.where([_is_long(block) for block in stretch], TRUST * (answer - other), -inf).tolist()
    chances = run_chances(scores)
    inside = [at for at, chance in enumerate(chances) if chance >= MIN_CHANCE]
    if len(inside) < MIN_ANSWERS:
        return {}
    return {stretch[at].block_no: min(chances[at], MAX_CHANCE) for at in range(inside[0], inside[-1] + 1)}


def run_chances(scores: Sequence[float]) -> list[float]:
    """Return how likely each item belongs to the one run that there may be.

    `scores` are the log-odds of each item to be in a run; a run may begin and end anywhere, or not be there.
    """
    ending = list(accumulate(scores, lambda before, score: _log_sum(before, OPENING) + score, initial=-inf))[1:]
    going_on = list(accumulate(scores[:0:-1], lambda after, score: _log_sum(0.0, after + score), initial=0.0))[::-1]
    total = reduce(_log_sum, ending, 0.0)
    return [exp(before + after - total) for before, after in zip(ending, going_on, strict=bool(scores))]


def _log_sum(one: float, other: float) -> float:
    """Return the logarithm of the sum of two numbers that are given as logarithms."""
    low, high = sorted((one, other))
    return high + log1p(exp(low - high)) if low > -inf else high


def features(text: str) -> Features:
    """Return what the model sees of a paragraph: its words, how it opens, and how long it is."""
    said = words(text)
    sentences = _SENTENCE_END.split(text)
    return {
        "": [word[:STEM_LETTERS] for word in said],
        "opening ": [word[:STEM_LETTERS] for word in words(sentences[0])],
        "first ": [" ".join(said[:count]) for count in (1, 2)],
        "length ": [str(min(len(text) // LENGTH_STEP, LONGEST))],
        "sentences ": [str(min(len(sentences), LONGEST))],
        "end ": [text[-1:]],
    }


@cache
def _model() -> LinearModel:
    with files(__package__).joinpath("answer_runs.npz").open("rb") as file:
        return LinearModel.from_arrays(np.load(file))
