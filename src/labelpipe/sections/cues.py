"""What a paragraph says about its section when nothing else does: words that one section uses and others do not."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from labelpipe.sections.marks import Marks, mark_book, mark_keys, marks_of
from labelpipe.vocabulary import sections

STRONG, WEAK = 2.2, 0.6
"""Weights, in nats, of one more cue of each strength."""

OPENING_BONUS = 0.8
"""A strong cue in a paragraph's first words says more than one further down."""

OPENING_CHARACTERS = 90
MAX_CUES = 4
"""Beyond as many cues of one section and strength, more of them add nothing."""


@dataclass(frozen=True, slots=True)
class Cued:
    """The score of each section (nats, in the vocabulary's order) and everything that was found in the text."""

    text: str
    scores: np.ndarray
    marks: Marks

    def words(self, section: str) -> list[str]:
        """Return the words of the text that are strong cues of the section, each once."""
        book, cues = mark_book(), _cues()
        strong = (hit for hit in self.marks if cues[hit] == (section, True))
        return list(dict.fromkeys(book.words(self.text, hit) for hit in strong))


def cue_scores(text: str) -> Cued:
    """Score a text against every section's cues."""
    book, cues, index = mark_book(), _cues(), _section_index()
    scores = np.zeros(len(index))
    counts: dict[tuple[str, bool], int] = {}
    found, opening = marks_of(text), text[:OPENING_CHARACTERS]
    for hit in found:
        if (cue := cues[hit]) is None:
            continue
        counts[cue] = counts.get(cue, 0) + 1
        if counts[cue] <= MAX_CUES:
            section, strong = cue
            opens = strong and len(text) > OPENING_CHARACTERS and book.find(opening, hit)
            scores[index[section]] += (STRONG if strong else WEAK) + (OPENING_BONUS if opens else 0)
    return Cued(text, scores, found)


@cache
def _cues() -> list[tuple[str, bool] | None]:
    """Return the section of each phrase and whether it is strong, None where the phrase is no cue."""
    keys = (key.split("/") for key in mark_keys())
    return [(key[1], key[2] == "strong") if key[0] == "cue" else None for key in keys]


@cache
def _section_index() -> dict[str, int]:
    return {section: index for index, section in enumerate(sections())}
