"""What the words of a text say about its section, and which of them say it."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from labelpipe.remembered import Remembered
from labelpipe.sections.words import BUCKET_BITS, Words

MAX_EVIDENCE = 3
SHORTEST_EVIDENCE = 4
"""Shorter words are seldom worth showing."""


class WordsModel:
    """Linear scores of the sections: a weight for each bucket and section, in whole numbers with a scale a section."""

    def __init__(self, arrays: Mapping[str, Any], voice: str) -> None:
        kept = arrays[f"{voice}_word_buckets"].astype(np.int64)
        self._row = np.zeros(1 << BUCKET_BITS, dtype=np.int32)
        self._row[kept] = np.arange(1, len(kept) + 1)
        weights = arrays[f"{voice}_word_weights"]
        self._weights = np.concatenate([np.zeros((1, weights.shape[1]), dtype=weights.dtype), weights])
        rarity = arrays[f"{voice}_word_rarity"].astype(np.float32)
        self._square = np.concatenate([np.zeros(1, dtype=np.float32), rarity**2])
        self._scale = arrays[f"{voice}_word_scale"].astype(np.float32)
        self._bias = arrays[f"{voice}_word_bias"].astype(np.float32)
        self._remembered: Remembered[bytes] = Remembered()

    def chances(self, texts: Sequence[str]) -> np.ndarray:
        """Return the probability of every section for every text, shape (texts, sections)."""
        rows = self._remembered.all(texts, lambda new: map(bytes, self._chances(Words(new), len(new))))
        return np.frombuffer(bytearray(b"".join(rows)), dtype=np.float32).reshape(len(texts), -1)

    def _chances(self, words: Words, texts: int) -> np.ndarray:
        buckets, bucket_owner = words.features()
        rows = self._row[buckets]
        length = np.bincount(bucket_owner, weights=self._square[rows], minlength=texts)
        known = np.flatnonzero(rows)
        owner = bucket_owner[known]
        order = np.argsort(owner, kind="stable")
        weights = self._weights.take(rows[known[order]], axis=0)
        total = np.zeros((texts, self._weights.shape[1]), dtype=np.float32)
        counts = np.bincount(owner, minlength=texts)
        starts = (np.cumsum(counts) - counts)[counts > 0]
        if len(starts):
            total[counts > 0] = np.add.reduceat(weights, starts, axis=0, dtype=np.float32)
        scores = total * self._scale / np.sqrt(np.maximum(length, 1e-6)).astype(np.float32)[:, None] + self._bias
        exponent = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(exponent / exponent.sum(axis=1, keepdims=True))

    def strongest(self, texts: Sequence[str], sections: Sequence[int]) -> list[list[str]]:
        """Return the words of each of the texts that speak most for its section (an index, one a text)."""
        words = Words(texts)
        weights = self._weights[self._row[words.buckets()], np.asarray(sections, np.intp)[words.owner]]
        chosen = np.flatnonzero(weights > 0)
        owner = words.owner[chosen]
        order = np.lexsort((-weights[chosen].astype(np.int64), owner))
        ends = [0, *np.searchsorted(owner, np.arange(len(texts)), side="right").tolist()]
        places = (chosen - words.starts[owner])[order].tolist()
        return [_telling(words.of(text), places[start:end]) for text, (start, end) in enumerate(pairwise(ends))]


def _telling(words: list[bytes], places: list[int]) -> list[str]:
    """Return the first few words at the places that are worth showing, each once."""
    found: list[str] = []
    for place in places:
        word = words[place].decode()
        if len(word) >= SHORTEST_EVIDENCE and word not in found:
            found.append(word)
            if len(found) == MAX_EVIDENCE:
                break
    return found
