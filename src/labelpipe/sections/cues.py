"""What a paragraph says about its section when nothing else does: words that one section uses and others do not."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

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


class Cue(NamedTuple):
    """A phrase's section, as its place in the vocabulary, and whether it is strong."""

    section: int
    strong: bool


class Cues:
    """What several texts say: the `marks` of each, and the `scores` of the sections (nats), shape (texts, sections)."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self.marks = [marks_of(text) for text in texts]
        at: list[int] = []
        values: list[float] = []
        for row, (text, marks) in enumerate(zip(texts, self.marks, strict=True)):
            for section, value in _scored(text, marks):
                at.append(row * len(sections()) + section)
                values.append(value)
        size = len(texts) * len(sections())
        self.scores = np.bincount(at, weights=values, minlength=size).reshape(len(texts), -1)

    def words(self, text: int, section: int) -> list[str]:
        """Return the words of a text that are strong cues of a section, each once."""
        strong = (hit for hit in self.marks[text] if _cues()[hit] == (section, True))
        return list(dict.fromkeys(mark_book().words(self._texts[text], hit) for hit in strong))


def _scored(text: str, marks: Marks) -> list[tuple[int, float]]:
    """Return a section and a score for each cue that counts."""
    known = _cues()
    found = [(hit, cue) for hit in marks if (cue := known[hit])]
    opens = _opening(text) if any(cue.strong for _, cue in found) else ()
    counts: dict[Cue, int] = {}
    out: list[tuple[int, float]] = []
    for hit, cue in found:
        counts[cue] = counts.get(cue, 0) + 1
        if counts[cue] <= MAX_CUES:
            bonus = OPENING_BONUS if cue.strong and hit in opens else 0
            out.append((cue.section, (STRONG if cue.strong else WEAK) + bonus))
    return out


def _opening(text: str) -> Marks:
    """Return what stands in a text's first words, where it goes on behind them."""
    return marks_of(text[:OPENING_CHARACTERS]) if len(text) > OPENING_CHARACTERS else ()


@cache
def _cues() -> list[Cue | None]:
    """Return the cue that each phrase is, None where it is none."""
    places = {section: place for place, section in enumerate(sections())}
    keys = (key.split("/") for key in mark_keys())
    return [Cue(places[key[1]], key[2] == "strong") if key[0] == "cue" else None for key in keys]
