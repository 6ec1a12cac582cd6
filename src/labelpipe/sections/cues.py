"""What a paragraph says about its section when nothing else does: words that one section uses and others do not."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain

import numpy as np

from labelpipe.remembered import Remembered
from labelpipe.sections.marks import Marks, mark_book, mark_keys, marks_of
from labelpipe.vocabulary import sections

STRONG, WEAK = 2.2, 0.6
"""Weights, in nats, of one more cue of each strength."""

OPENING_BONUS = 0.8
"""A strong cue in a paragraph's first words says more than one further down."""

OPENING_CHARACTERS = 90
MAX_CUES = 4
"""Beyond as many cues of one section and strength, more of them add nothing."""


class Cues:
    """What several texts say: the `marks` of each, and the `scores` of the sections (nats), shape (texts, sections)."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        known = _remembered.all(texts, _marks_and_scores)
        self.marks = [marks for marks, _ in known]
        self.scores = np.frombuffer(b"".join([scores for _, scores in known])).reshape(len(texts), -1)

    def words(self, text: int, section: int) -> list[str]:
        """Return the words of a text that are strong cues of a section, each once."""
        strong = _strong_cues(section)
        found = (mark_book().words(self._texts[text], hit) for hit in self.marks[text] if hit in strong)
        return list(dict.fromkeys(found))


_remembered: Remembered[tuple[Marks, bytes]] = Remembered()


def _marks_and_scores(texts: Sequence[str]) -> Iterator[tuple[Marks, bytes]]:
    """Yield the marks of each text, and the bytes of its row of scores."""
    marks = [marks_of(text) for text in texts]
    sections_of, strong_of = _phrases()
    owner, hits = _flat(marks)
    is_cue = sections_of[hits] >= 0
    owner, hits = owner[is_cue], hits[is_cue]
    section, strong = sections_of[hits], strong_of[hits]
    values = np.where(strong, STRONG, WEAK) + OPENING_BONUS * _opens(texts, owner, hits, strong)
    counted = _place_in_run((owner * len(sections()) + section) * 2 + strong) < MAX_CUES
    at = (owner * len(sections()) + section)[counted]
    size = len(texts) * len(sections())
    scores = np.bincount(at, weights=values[counted], minlength=size).reshape(len(texts), -1)
    yield from zip(marks, map(bytes, scores), strict=True)


def _opens(texts: Sequence[str], owner: np.ndarray, hits: np.ndarray, strong: np.ndarray) -> np.ndarray:
    """Return which hits are strong cues among the first words of a text that goes on behind them."""
    long = [text for text in np.unique(owner[strong]).tolist() if len(texts[text]) > OPENING_CHARACTERS]
    place, opening = _flat([marks_of(texts[text][:OPENING_CHARACTERS]) for text in long])
    size = len(mark_keys())
    return strong & np.isin(owner * size + hits, np.array(long, dtype=np.int64)[place] * size + opening)


def _flat(marks: Sequence[Marks]) -> tuple[np.ndarray, np.ndarray]:
    """Return the number of the text and of the phrase of each mark."""
    sizes = [len(found) for found in marks]
    return np.repeat(np.arange(len(marks)), sizes), np.fromiter(chain.from_iterable(marks), np.int64, sum(sizes))


def _place_in_run(values: np.ndarray) -> np.ndarray:
    """Return for each value how many equal ones stand right before it."""
    index = np.arange(len(values))
    first = np.append(True, values[1:] != values[:-1])[: len(values)]
    return np.asarray(index - np.maximum.accumulate(np.where(first, index, 0)))


@cache
def _phrases() -> tuple[np.ndarray, np.ndarray]:
    """Return the section of each phrase, as its place in the vocabulary (-1: no cue), and whether it is strong."""
    places = {section: place for place, section in enumerate(sections())}
    keys = [key.split("/") for key in mark_keys()]
    section = [places[key[1]] if key[0] == "cue" else -1 for key in keys]
    return np.array(section), np.array([key[0] == "cue" and key[2] == "strong" for key in keys])


@cache
def _strong_cues(section: int) -> frozenset[int]:
    """Return the numbers of a section's strong cues."""
    sections_of, strong_of = _phrases()
    return frozenset(np.flatnonzero((sections_of == section) & strong_of).tolist())
