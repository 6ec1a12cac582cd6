"""Texts as numbers: the words of each, pairs of words side by side, and the words it opens with, hashed to buckets."""

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
_MAX_REMEMBERED = 1 << 18


class _Hashes(dict[str, int]):
    """The hash of each word met so far."""

    def __missing__(self, word: str) -> int:
        value = crc32(b"0") if word.isdigit() and word not in _TELLING_NUMBERS else crc32(word.encode())
        if len(self) < _MAX_REMEMBERED:
            self[word] = value
        return value


_hashes = _Hashes({"\n": _BREAK})


class Words:
    """The words of several texts: `tokens`, the text each belongs to (`owner`), and the buckets of all features.

    `buckets` and `bucket_owner` run along all features of all texts; the first `len(tokens)` of them are the single
    words, in their order.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        found = _TOKEN.findall("\n".join(text.replace("\n", " ") for text in texts).lower())
        hashes = np.fromiter(map(_hashes.__getitem__, found), dtype=np.uint32, count=len(found))
        breaks = hashes == _BREAK
        owner = np.cumsum(breaks)
        index = np.arange(len(hashes))
        start = np.maximum.accumulate(np.where(breaks, index + 1, 0)) if len(hashes) else index
        word = ~breaks
        first = word & (index - start < OPENING_WORDS)
        pair = word[:-1] & word[1:]
        first_pair = pair & first[:-1]
        pairs = (hashes[:-1] * _PAIR) ^ (hashes[1:] * _STEP)
        self.tokens = [token for token in found if token != "\n"]
        self.owner = owner[word]
        self.buckets = _bucket(
            np.concatenate(
                [hashes[word], pairs[pair], hashes[first] * _OPENING + np.uint32(1), pairs[first_pair] * _OPENING]
            )
        )
        self.bucket_owner = np.concatenate([self.owner, owner[:-1][pair], owner[first], owner[:-1][first_pair]])


def _bucket(hashes: np.ndarray) -> np.ndarray:
    mixed = (hashes ^ (hashes >> np.uint32(15))) * np.uint32(0x2C1B3C6D)
    return np.asarray((mixed ^ (mixed >> np.uint32(12))) & np.uint32((1 << BUCKET_BITS) - 1)).astype(np.int64)
