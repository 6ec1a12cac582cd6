"""From what is known of single units to the most likely sequence, and how sure of each unit we may be."""

from collections.abc import Mapping
from typing import Any

import numpy as np


class Chain:
    """A small network that scores the sections of each unit by its context, and how sections follow one another."""

    def __init__(self, arrays: Mapping[str, Any], register: str) -> None:
        def load(name: str) -> np.ndarray:
            return np.asarray(arrays[f"{register}_{name}"], dtype=np.float32)

        self._direct, self._out = load("direct"), load("out")
        self._into, self._into_bias = load("into"), load("into_bias")
        self._factors = np.exp(load("jumps"))
        self._sharpness = float(load("sharpness")[0])

    def chances(self, context: np.ndarray, links: np.ndarray) -> np.ndarray:
        """Return the probability of every section for every unit, given all units, shape (units, sections).

        Args:
            context: the features of each unit, shape (units, features).
            links: the link of each unit to the one before, shape (units,); the first is not used.
        """
        inside = np.maximum(context @ self._into + self._into_bias, 0)
        scores = context @ self._direct + inside @ self._out
        chance = marginals(scores, self._factors, links) ** self._sharpness
        return np.asarray(chance / chance.sum(axis=1, keepdims=True))


def marginals(scores: np.ndarray, factors: np.ndarray, links: np.ndarray) -> np.ndarray:
    """Return the probability of every section for every unit (forward-backward).

    Args:
        scores: log scores, shape (units, sections).
        factors: how well a section (column) follows another (row), one matrix a link: (links, sections, sections).
        links: the link of each unit to the one before, shape (units,).
    """
    units = len(scores)
    emission = np.exp(scores - scores.max(axis=1, keepdims=True)) + np.float32(1e-30)
    forward, backward = np.empty_like(emission), np.empty_like(emission)
    steps = factors[links]
    last = forward[0] = emission[0] / emission[0].sum()
    for i in range(1, units):
        last = (last @ steps[i]) * emission[i]
        last /= last.sum()
        forward[i] = last
    last = backward[-1] = np.ones_like(emission[0])
    for i in range(units - 1, 0, -1):
        last = steps[i] @ (emission[i] * last)
        last /= last.sum()
        backward[i - 1] = last
    chance = forward * backward
    return np.asarray(chance / chance.sum(axis=1, keepdims=True))
