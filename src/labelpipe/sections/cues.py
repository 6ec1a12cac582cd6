"""What a paragraph says about its section when nothing else does: words that one section uses and others do not."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from labelpipe.vocabulary import load, sections
from labelpipe.vocabulary.phrases import PhraseBook

STRONG, WEAK = 2.2, 0.6
"""Weights, in nats, of one more cue of each strength."""

OPENING_BONUS = 0.8
"""A strong cue in a paragraph's first words says more than one further down."""

OPENING_CHARACTERS = 90
MAX_CUES = 4
"""Beyond as many cues of one section and strength, more of them add nothing."""


@dataclass(frozen=True, slots=True)
class Cued:
    """The score of each section (nats, in the vocabulary's order) and the cues that gave it."""

    text: str
    scores: np.ndarray
    hits: tuple[int, ...]

    def words(self, section: str) -> list[str]:
        """Return the words of the text that are strong cues of the section, each once."""
        book, key = _book(), f"{section}/strong"
        return list(dict.fromkeys(book.words(self.text, hit) for hit in self.hits if book.key(hit) == key))


def cue_scores(text: str) -> Cued:
    """Score a text against every section's cues."""
    book, index = _book(), _section_index()
    scores = np.zeros(len(index))
    counts: dict[str, int] = {}
    found = book.hits(text)
    opening = set(book.hits(text[:OPENING_CHARACTERS])) if found and len(text) > OPENING_CHARACTERS else set()
    for hit in found:
        key = book.key(hit)
        counts[key] = counts.get(key, 0) + 1
        if counts[key] > MAX_CUES:
            continue
        section, strength = key.split("/")
        weight = STRONG if strength == "strong" else WEAK
        scores[index[section]] += weight + (OPENING_BONUS if hit in opening and strength == "strong" else 0)
    return Cued(text, scores, tuple(found))


@cache
def _book() -> PhraseBook:
    return PhraseBook(
        {f"{section}/{strength}": cues for section, tiers in load("cues").items() for strength, cues in tiers.items()}
    )


@cache
def _section_index() -> dict[str, int]:
    return {section: index for index, section in enumerate(sections())}
