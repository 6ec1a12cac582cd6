"""Small linear models of text: hashed words, weights in a numpy file, no network and no training library needed."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any
from zlib import crc32

import numpy as np

_TOKEN = re.compile(r"[a-z]+|\d+")


def words(text: str) -> list[str]:
    """Return the words of a text as a model sees them: no case, every number the same."""
    return ["0" if token.isdigit() else token for token in _TOKEN.findall(text.lower())]


@lru_cache(maxsize=1 << 18)
def _hash(feature: str) -> int:
    return crc32(feature.encode())


class LinearModel:
    """Scores of classes as a sum of feature weights.

    `weights` has the shape (buckets, classes); a feature's bucket is its CRC-32 modulo the number of buckets.
    """

    def __init__(self, classes: Iterable[str], weights: np.ndarray, bias: np.ndarray) -> None:
        self.classes = tuple(classes)
        self.weights = weights
        self.bias = bias.astype(np.float64)

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Any], prefix: str = "") -> "LinearModel":
        """Build a model from the arrays of an .npz file, whose names start with `prefix`."""
        return cls(map(str, arrays[prefix + "classes"]), arrays[prefix + "weights"], arrays[prefix + "bias"])

    def buckets(self, features: Iterable[str]) -> np.ndarray:
        """Return the buckets of the features, each once."""
        size = len(self.weights)
        return np.fromiter({_hash(feature) % size for feature in features}, dtype=np.int64)

    def scores(self, features: Iterable[str]) -> np.ndarray:
        """Return the log-odds scores of the classes; features are scaled to unit length."""
        found = self.buckets(features)
        if not len(found):
            return self.bias.copy()
        total = self.weights[found].astype(np.float64).sum(axis=0) / np.sqrt(len(found))
        return np.asarray(total + self.bias)
