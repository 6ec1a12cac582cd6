"""What an openFDA record says twice: a section's text holds that of its subsections, and that of its tables.

The parts are compared without their white space, which flattening has changed.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

MIN_CHARACTERS, MIN_PART_CHARACTERS = 20, 12
"""Shorter texts, and shorter tables, stand in others by chance."""


PROBE = 32
"""The first characters of a part: where they do not stand, the rest need not be compared."""


class Span(NamedTuple):
    """A stretch of a text that stands elsewhere too: as the part `of`, an index."""

    start: int
    end: int
    of: int


class Words:
    """A text with its words a single space apart, and the same without spaces."""

    __slots__ = ("_ends", "_words", "dense", "text")

    def __init__(self, text: str) -> None:
        self._words = text.split()
        self.text, self.dense = " ".join(self._words), "".join(self._words)
        self._ends: list[int] = []

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the dense text is in the spaced one."""
        self._ends = self._ends or list(accumulate(map(len, self._words)))
        first, last = bisect_right(self._ends, start), bisect_right(self._ends, end - 1)
        return start + first, end + last


def find_repeats(texts: Sequence[Words], parts: Sequence[Words], is_owner: Sequence[bool]) -> list[list[Span]]:
    """Return for each text the stretches in it that stand as another text or as a part (a table) of its own.

    Of two equal texts the first keeps its words. A text that is no owner keeps only what stands nowhere else.
    """
    out: list[list[Span]] = []
    for index, text in enumerate(texts):
        taken: list[tuple[int, int, int]] = []
        for other, one in enumerate(texts):
            if other != index and is_owner[other] and _yields(text, one, index, other, is_owner[index]):
                taken += _occurrences(text.dense, one.dense, other)
        for number, part in enumerate(parts):
            if part.dense:
                taken += _occurrences(text.dense, part.dense, len(texts) + number)
        out.append([Span(*text.place(start, end), of) for start, end, of in _apart(taken)])
    return out


def _yields(text: Words, one: Words, index: int, other: int, owns: bool) -> bool:
    """Whether the text gives the words of the other one up to it."""
    if len(one.dense) < MIN_CHARACTERS or len(one.dense) > len(text.dense):
        return False
    return len(one.dense) < len(text.dense) or other < index or not owns


def _occurrences(text: str, part: str, of: int) -> list[tuple[int, int, int]]:
    """Return where the part stands; a short one only where it is all there is."""
    if len(part) < MIN_PART_CHARACTERS and len(part) != len(text):
        return []
    start, found = part[:PROBE], []
    at = text.find(start)
    while at >= 0:
        if text.startswith(part, at):
            found.append((at, at + len(part), of))
            at = text.find(start, at + len(part))
        else:
            at = text.find(start, at + 1)
    return found


def _apart(taken: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Keep the longest of stretches that overlap, in order."""
    out: list[tuple[int, int, int]] = []
    for start, end, of in sorted(taken, key=lambda span: (span[0], -span[1])):
        if not out or start >= out[-1][1]:
            out.append((start, end, of))
    return out
