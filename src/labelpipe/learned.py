"""Small linear models of text: hashed words, weights in a numpy file, no network and no training library needed."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any
from zlib import crc32

import numpy as np

Features = Mapping[str, Iterable[str]]
"""What a model sees, by kind; kind and value together are a feature's name."""

MAX_REMEMBERED = 1 << 18
"""So many words are looked up once and then remembered."""

_WORD = re.compile(r"[a-z]+|\d+")
_BUCKET = np.dtype("<u4")
_SPACED = bytes(ord(chr(code).lower()) if chr(code).isalnum() and code < 128 else ord(" ") for code in range(256))
"""What becomes of each byte: letters lose their case, digits stay, all else parts words."""


def words(text: str) -> list[str]:
    """Return the words of a text as a model sees them: no case, every number the same.

    >>> words("Give 25mg, then 50.")
    ['give', '0', 'mg', 'then', '0']
    """
    return [*chain.from_iterable(map(_words_of.__getitem__, runs_of(text)))]


def runs_of(text: str) -> list[bytes]:
    """Return the runs of ASCII letters and digits in a text, without case."""
    return text.encode("ascii", "replace").translate(_SPACED).split()


class _WordsOf(dict[bytes, tuple[str, ...]]):
    """The words in each run of letters and digits met so far: `25mg` holds two."""

    def __missing__(self, run: bytes) -> tuple[str, ...]:
        found = tuple("0" if word.isdigit() else word for word in _WORD.findall(run.decode()))
        if len(self) < MAX_REMEMBERED:
            self[run] = found
        return found


_words_of = _WordsOf()


class _Buckets(dict[str, bytes]):
    """The bucket of each value of one kind of feature: the CRC-32 of kind and value, modulo the number of buckets."""

    def __init__(self, kind: str, size: int) -> None:
        self._seed, self._size = crc32(kind.encode()), size

    def __missing__(self, value: str) -> bytes:
        bucket = (crc32(value.encode(), self._seed) % self._size).to_bytes(_BUCKET.itemsize, "little")
        if len(self) < MAX_REMEMBERED:
            self[value] = bucket
        return bucket


class LinearModel:
    """Scores of classes as a sum of feature weights.

    `weights` has the shape (buckets, classes). `importance`, one number a bucket, says how much its features count
    within a text before the text is brought to unit length: rare ones more than those that stand in every text.
    """

    def __init__(
        self, classes: Iterable[str], weights: np.ndarray, bias: np.ndarray, importance: np.ndarray | None = None
    ) -> None:
        self.classes = tuple(classes)
        counts = np.ones((len(weights), 1)) if importance is None else importance.astype(np.float64)[:, None]
        self._weights = np.hstack([weights.astype(np.float32) * counts, counts**2]).astype(np.float32)
        self._bias = bias.astype(np.float64)
        self._kinds: dict[str, _Buckets] = {}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Any]) -> "LinearModel":
        """Build a model from the arrays of an .npz file."""
        return cls(map(str, arrays["classes"]), arrays["weights"], arrays["bias"], arrays.get("importance"))

    def buckets(self, texts: Sequence[Features]) -> tuple[np.ndarray, np.ndarray]:
        """Return the buckets of the texts' features, each once a text, and the text each belongs to, ascending."""
        found = [b"".join(self._found(features)) for features in texts]
        owner = np.repeat(np.arange(len(texts)), [len(buckets) // _BUCKET.itemsize for buckets in found])
        size = len(self._weights)
        all_found = np.sort(owner * size + np.frombuffer(b"".join(found), dtype=_BUCKET))
        once = all_found[np.append(True, all_found[1:] != all_found[:-1])[: len(all_found)]]
        return once % size, once // size

    def scores(self, texts: Sequence[Features]) -> np.ndarray:
        """Return the log-odds scores of the classes, shape (texts, classes); a text's features are of unit length."""
        buckets, owner = self.buckets(texts)
        sizes = np.bincount(owner, minlength=len(texts))
        known = sizes > 0
        scores = np.tile(self._bias, (len(texts), 1))
        if known.any():
            totals = np.add.reduceat(self._weights.take(buckets, axis=0), (np.cumsum(sizes) - sizes)[known])
            scores[known] += totals[:, :-1] / np.sqrt(totals[:, -1:])
        return scores

    def _found(self, features: Features) -> Iterator[bytes]:
        for kind, values in features.items():
            known = self._kinds.get(kind) or self._kinds.setdefault(kind, _Buckets(kind, len(self._weights)))
            yield b"".join(map(known.__getitem__, values))
