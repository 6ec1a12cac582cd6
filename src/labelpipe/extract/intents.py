"""What a question asks, from its words and from those of its answer."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

import numpy as np

from labelpipe.learned import LinearModel, words
from labelpipe.vocabulary import intents, load
from labelpipe.vocabulary.phrases import PhraseBook

WEIGHT = {"topic": 0.8, "strong": 0.4, "weak": 0.08, "asks": 1.5}
"""In nats: what one phrase of each tier says for its intent, before the model has its say."""

MAX_PHRASES = 5
"""Beyond as many phrases of one tier, more of them add nothing."""

ASKED_ALREADY = 0.7
"""In nats: how much less likely a page's question is when a surer answer on it has the same one."""

OPENING_SENTENCES = 2
"""What an answer is about mostly stands in its first sentences: their words count twice."""

OPENING_TOPIC = 2
"""A topic that the first sentences name counts so many times a topic named further down."""

RETURNING_TOPIC = 0.5
"""In nats: what one more sentence that names the topic says for it. An answer keeps coming back to what was asked."""

STEM_LETTERS = 6

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def intent_of(question: str | None, answer: str) -> tuple[str, float]:
    """Return the likeliest intent of a question and answer, or of an answer alone, and how likely it is."""
    return intents_of([(question, answer)])[0]


def intents_of(pairs: Sequence[tuple[str | None, str]]) -> list[tuple[str, float]]:
    """Return the intents of the questions and answers of one page, where few questions are asked twice.

    The surest pair chooses first; what it chose is then less likely for the others.
    """
    if not pairs:
        return []
    scores = np.array([cue_scores(*pair) + _model().scores(features(*pair)) for pair in pairs])
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    found: dict[int, tuple[str, float]] = {}
    open_pairs = np.ones(len(pairs))
    while len(found) < len(pairs):
        chances = weights / weights.sum(axis=1, keepdims=True)
        surest = int((chances.max(axis=1) * open_pairs).argmax())
        intent = int(chances[surest].argmax())
        found[surest] = (intents()[intent], round(float(chances[surest, intent]), 4))
        open_pairs[surest] = 0
        weights[:, intent] *= np.exp(-ASKED_ALREADY)
    return [found[at] for at in range(len(pairs))]


def cue_scores(question: str | None, answer: str) -> np.ndarray:
    """Return each intent's score (nats, in the vocabulary's order) by the vocabulary's phrases alone."""
    index = {intent: number for number, intent in enumerate(intents())}
    scores = np.zeros(len(index))
    counts = Counter((part, _answers().key(hit)) for part, hit in _hits(answer))
    for (part, key), count in counts.items():
        intent, tier = key.split("/")
        times = OPENING_TOPIC if (part, tier) == ("opening", "topic") else 1
        scores[index[intent]] += WEIGHT[tier] * min(count, MAX_PHRASES) * times
    for intent, sentences in _returning(answer).items():
        scores[index[intent]] += RETURNING_TOPIC * (sentences - 1)
    for intent in _asks().keys_in(question or ""):
        scores[index[intent]] += WEIGHT["asks"]
    return scores


def features(question: str | None, answer: str) -> set[str]:
    """Return what the model sees: stems and phrases of the answer, its opening apart, and the question's stems."""
    found = set(_stems(answer))
    found |= {f"opening {stem}" for stem in _stems(_opening(answer))}
    found |= {f"first {word}" for word in words(answer)[:1]}
    found |= {f"{part} phrase {_answers().phrase(hit)}" for part, hit in _hits(answer)}
    return found | {f"asked {stem}" for stem in _stems(question or "")}


def _hits(answer: str) -> Iterator[tuple[str, int]]:
    """Yield the phrases that stand in the whole answer, then those in its opening, each with where it stands."""
    for part, text in (("whole", answer), ("opening", _opening(answer))):
        for hit in _answers().hits(text):
            yield part, hit


def _returning(answer: str) -> Counter[str]:
    """Count the sentences that name each intent's topic."""
    keys = (key for sentence in _SENTENCE_END.split(answer) for key in set(_answers().keys_in(sentence)))
    return Counter(key.removesuffix("/topic") for key in keys if key.endswith("/topic"))


def _opening(answer: str) -> str:
    return " ".join(_SENTENCE_END.split(answer, OPENING_SENTENCES)[:OPENING_SENTENCES])


def _stems(text: str) -> list[str]:
    return [word[:STEM_LETTERS] for word in words(text)]


@cache
def _answers() -> PhraseBook:
    vocabulary = load("intents")
    return PhraseBook(
        {
            f"{intent}/{tier}": entry[tier]
            for intent, entry in vocabulary.items()
            for tier in ("topic", "strong", "weak")
        }
    )


@cache
def _asks() -> PhraseBook:
    return PhraseBook({intent: entry["asks"] for intent, entry in load("intents").items()})


@cache
def _model() -> LinearModel:
    with files(__package__).joinpath("intents.npz").open("rb") as file:
        return LinearModel.from_arrays(np.load(file))
