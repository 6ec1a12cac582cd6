"""Texts as numbers: the words of each, pairs of words side by side, and the words it opens with, hashed to buckets."""

import re
from collections.abc import Sequence
from zlib import crc32

import numpy as np

from labelpipe.learned import MAX_REMEMBERED, runs_of

BUCKET_BITS = 20
OPENING_WORDS = 4
"""How many of a text's first words are also features of their own: openings say what a paragraph is about."""

_WORD = re.compile(rb"[a-z]+|\d+")
_TELLING_NUMBERS = frozenset([b"2", b"4", b"6", b"12", b"16", b"17", b"18", b"65", b"75"])
"""Ages that tell whom a paragraph is about; every other number is the same to the model."""

_PAIR, _OPENING, _STEP = np.uint32(0x9E3779B1), np.uint32(0x85EBCA6B), np.uint32(0xC2B2AE35)
_HASH = np.dtype("<u4")


class _Hashes(dict[bytes, bytes]):
    """The hashes of the words in each run of letters and digits met so far, four bytes a word: `25mg` has two."""

    def __missing__(self, run: bytes) -> bytes:
        value = b"".join(_hash(word) for word in _WORD.findall(run))
        if len(self) < MAX_REMEMBERED:
            self[run] = value
        return value


def _hash(word: bytes) -> bytes:
    any_number = word.isdigit() and word not in _TELLING_NUMBERS
    return crc32(b"0" if any_number else word).to_bytes(_HASH.itemsize, "little")


_hashes = _Hashes()


class Words:
    """The words of several texts, one behind the other: the text each belongs to (`owner`), and where texts start."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._runs = [runs_of(text) for text in texts]
        hashed = [b"".join(map(_hashes.__getitem__, runs)) for runs in self._runs]
        self._sizes = sizes = np.array([len(found) for found in hashed], dtype=np.int64) // _HASH.itemsize
        self._hashes = np.frombuffer(b"".join(hashed), dtype=_HASH)
        self.starts = np.cumsum(sizes) - sizes
        self.owner = np.repeat(np.arange(len(texts)), sizes)

    def buckets(self) -> np.ndarray:
        """Return the bucket of each single word."""
        return _bucket(self._hashes)

    def features(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the buckets of all features of all texts, and the text each belongs to."""
        hashes, owner = self._hashes, self.owner
        first = np.arange(len(hashes)) - self.starts[owner] < OPENING_WORDS
        pair = owner[:-1] == owner[1:]
        first_pair = pair & first[:-1]
        pairs = (hashes[:-1] * _PAIR) ^ (hashes[1:] * _STEP)
        opening = (hashes[first] * _OPENING + np.uint32(1), pairs[first_pair] * _OPENING)
        buckets = _bucket(np.concatenate([hashes, pairs[pair], *opening]))
        return buckets, np.concatenate([owner, owner[:-1][pair], owner[first], owner[:-1][first_pair]])

    def of(self, text: int) -> list[bytes]:
        """Return the words of one of the texts."""
        runs = self._runs[text]
        return runs if len(runs) == self._sizes[text] else [word for run in runs for word in _WORD.findall(run)]


def _bucket(hashes: np.ndarray) -> np.ndarray:
    mixed = (hashes ^ (hashes >> np.uint32(15))) * np.uint32(0x2C1B3C6D)
    return np.asarray((mixed ^ (mixed >> np.uint32(12))) & np.uint32((1 << BUCKET_BITS) - 1)).astype(np.int64)
