"""A text as numbers: its words, the pairs of words side by side, and the words it opens with, hashed to buckets."""

import re
from collections.abc import Sequence
from zlib import crc32

import numpy as np

BUCKET_BITS = 20
OPENING_WORDS = 4
"""How many of a text's first words are also features of their own: openings say what a paragraph is about."""

_TOKEN = re.compile(r"[a-z]+|\d+|\n")
_TELLING_NUMBERS = frozenset(["2", "4", "6", "12", "16", "17", "18", "65", "75"])
"""Ages that tell whom a paragraph is about; every other number is the same to the model."""

_PAIR, _OPENING, _STEP = np.uint32(0x9E3779B1), np.uint32(0x85EBCA6B), np.uint32(0xC2B2AE35)
_BREAK = 0


class _Hashes(dict[str, int]):
    """The hash of each word met so far."""

    def __missing__(self, word: str) -> int:
        if word.isdigit() and word not in _TELLING_NUMBERS:
            value = crc32(b"0")
        else:
            value = _BREAK if word == "\n" else crc32(word.encode())
        if len(self) < 1 << 18:
            self[word] = value
        return value


_hashes = _Hashes()


def buckets(texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Return the buckets of all features of all texts, and for each the index of its text (ascending)."""
    joined = "\n".join(text.replace("\n", " ") for text in texts).lower()
    hashes = np.array([_hashes[token] for token in _TOKEN.findall(joined)], dtype=np.uint32)
    if not len(hashes):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    breaks = hashes == _BREAK
    owner = np.cumsum(breaks)
    index = np.arange(len(hashes))
    start = np.maximum.accumulate(np.where(breaks, index + 1, 0))
    opening = ~breaks & (index - start < OPENING_WORDS)
    pairs = ~breaks[:-1] & ~breaks[1:]
    pair = (hashes[:-1] * _PAIR) ^ (hashes[1:] * _STEP)
    found = np.concatenate([hashes[~breaks], pair[pairs], hashes[opening] * _OPENING + np.uint32(1), pair[pairs & opening[:-1]] * _OPENING])
    owners = np.concatenate([owner[~breaks], owner[:-1][pairs], owner[opening], owner[:-1][pairs & opening[:-1]]])
    order = np.argsort(owners, kind="stable")
    return mix(found[order]), owners[order]


def mix(hashes: np.ndarray) -> np.ndarray:
    """Return the bucket of each hash."""
    mixed = hashes ^ (hashes >> np.uint32(15))
    mixed = mixed * np.uint32(0x2C1B3C6D)
    return np.asarray((mixed ^ (mixed >> np.uint32(12))) & np.uint32((1 << BUCKET_BITS) - 1)).astype(np.int64)
