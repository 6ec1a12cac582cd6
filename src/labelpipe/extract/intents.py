"""What a question asks, from its words and from those of its answer."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from labelpipe.learned import Features, LinearModel, words
from labelpipe.remembered import Remembered
from labelpipe.vocabulary import intents, load
from labelpipe.vocabulary.phrases import PhraseBook

WEIGHT = {"topic": 0.4, "strong": 0.2, "weak": 0.04, "asks": 2.0}
"""In nats: what one phrase of each tier says for its intent, before the model has its say."""

TIERS = ("topic", "strong", "weak")

MAX_PHRASES = 5
"""Beyond as many phrases of one tier, more of them add nothing."""

ASKED_ALREADY = 0.4
"""In nats: how much less likely a page's question is when a surer answer on it has the same one."""

OPENING_SENTENCES = 2
"""What an answer is about mostly stands in its first sentences: their words count twice."""

OPENING_TOPIC = 2
"""A topic that the first sentences name counts so many times a topic named further down."""

STEM_LETTERS, ROOT_LETTERS = 6, 4
"""Words are told apart by so many letters at their beginning: by few, so that rare words lean on their relatives."""

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


class Heard(NamedTuple):
    """A question and an answer with the phrases and words in them, each looked up once."""

    question: str
    words: list[str]
    opening_words: list[str]
    phrases: list[int]
    opening_phrases: list[int]


def intent_of(question: str | None, answer: str) -> tuple[str, float]:
    """Return the likeliest intent of a question and answer, or of an answer alone, and how likely it is."""
    return intents_of([(question, answer)])[0]


def intents_of(pairs: Sequence[tuple[str | None, str]], model: LinearModel | None = None) -> list[tuple[str, float]]:
    """Return the intents of the questions and answers of one page, where few questions are asked twice.

    The surest pair chooses first; what it chose is then less likely for the others. `model`: another than the one
    that ships.
    """
    if not pairs:
        return []
    scores = _scores(pairs, model) if model else _remembered_scores(pairs)
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    found: dict[int, tuple[str, float]] = {}
    open_pairs = np.ones(len(pairs))
    while len(found) < len(pairs):
        totals = weights.sum(axis=1)
        surest = int((weights.max(axis=1) / totals * open_pairs).argmax())
        intent = int(weights[surest].argmax())
        found[surest] = (intents()[intent], round(float(weights[surest, intent] / totals[surest]), 4))
        open_pairs[surest] = 0
        weights[:, intent] *= np.exp(-ASKED_ALREADY)
    return [found[at] for at in range(len(pairs))]


def _scores(pairs: Sequence[tuple[str | None, str]], model: LinearModel) -> np.ndarray:
    """Return the scores of the intents for each pair by itself (nats), shape (pairs, intents)."""
    heard = [hear(*pair) for pair in pairs]
    return np.asarray([cue_scores(pair) for pair in heard] + model.scores([features(pair) for pair in heard]))


def _remembered_scores(pairs: Sequence[tuple[str | None, str]]) -> np.ndarray:
    asked = {f"{question or ''}\n{answer}": (question, answer) for question, answer in pairs}
    keys = [f"{question or ''}\n{answer}" for question, answer in pairs]
    rows = _remembered.all(keys, lambda new: map(bytes, _scores([asked[key] for key in new], _model())))
    return np.frombuffer(b"".join(rows)).reshape(len(pairs), -1)


_remembered: Remembered[bytes] = Remembered()


def hear(question: str | None, answer: str) -> Heard:
    """Look up what the phrases of a question and answer are."""
    *first, rest = [*_SENTENCE_END.split(answer, OPENING_SENTENCES), "", ""][: OPENING_SENTENCES + 1]
    opening = " ".join(first)
    opening_words = words(opening)
    phrases = _answers().hits(answer)
    opening_phrases = _answers().hits(opening) if rest else phrases
    return Heard(question or "", opening_words + words(rest), opening_words, phrases, opening_phrases)


def cue_scores(heard: Heard) -> list[float]:
    """Return each intent's score (nats, in the vocabulary's order) by the vocabulary's phrases alone."""
    scores = [0.0] * len(intents())
    for phrases, topic_counts in ((heard.phrases, 1), (heard.opening_phrases, OPENING_TOPIC)):
        for key, count in Counter(map(_answers().key, phrases)).items():
            place, tier = _tiers()[key]
            scores[place] += WEIGHT[tier] * min(count, MAX_PHRASES) * (topic_counts if tier == "topic" else 1)
    for intent in _asks().keys_in(heard.question) if heard.question else ():
        scores[_place()[intent]] += WEIGHT["asks"]
    return scores


def features(heard: Heard) -> Features:
    """Return what the model sees: the beginnings of the words, the phrases, the opening apart; and the question's."""
    said, asked = heard.words, _stems(words(heard.question))
    return {
        "": _stems(said),
        "opening ": _stems(heard.opening_words),
        "root ": [word[:ROOT_LETTERS] for word in said if len(word) > ROOT_LETTERS],
        "first ": said[:1],
        "first two ": [" ".join(said[:2])],
        "whole phrase ": map(_answers().phrase, heard.phrases),
        "opening phrase ": map(_answers().phrase, heard.opening_phrases),
        "asked ": asked,
        "asked pair ": map(" ".join, pairwise(asked)),
        "asked first ": [" ".join(asked[:2])] if asked else [],
    }


def _stems(said: list[str]) -> list[str]:
    return [word[:STEM_LETTERS] for word in said]


@cache
def _place() -> dict[str, int]:
    return {intent: number for number, intent in enumerate(intents())}


@cache
def _tiers() -> dict[str, tuple[int, str]]:
    """Return the intent's place and the tier of each key of the answers' phrases."""
    return {f"{intent}/{tier}": (place, tier) for intent, place in _place().items() for tier in TIERS}


@cache
def _answers() -> PhraseBook:
    vocabulary = load("intents")
    return PhraseBook({f"{intent}/{tier}": entry[tier] for intent, entry in vocabulary.items() for tier in TIERS})


@cache
def _asks() -> PhraseBook:
    return PhraseBook({intent: entry["asks"] for intent, entry in load("intents").items()})


@cache
def _model() -> LinearModel:
    with files(__package__).joinpath("intents.npz").open("rb") as file:
        return LinearModel.from_arrays(np.load(file))
