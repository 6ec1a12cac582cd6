"""From what is known of single units to the most likely sequence, and how sure of each unit we may be."""

from collections.abc import Mapping
from typing import Any

import numpy as np

NEVER = 1e-30
RESCALED = 16
"""After so many units numbers are brought back to a sum of 1, before they leave what a float can hold."""


class Chain:
    """A small network that scores the sections of each unit by its context, and how sections follow one another."""

    def __init__(self, arrays: Mapping[str, Any], name: str) -> None:
        def load(part: str) -> np.ndarray:
            return np.asarray(arrays[f"{name}_{part}"], dtype=np.float32)

        self._direct, self._out = load("direct"), load("out")
        self._into, self._into_bias = load("into"), load("into_bias")
        self._factors = np.exp(load("jumps").astype(np.float64))
        self._sure = np.eye(len(self._factors[0]))

    def chances(self, context: np.ndarray, links: np.ndarray, stated: np.ndarray) -> np.ndarray:
        """Return the probability of every section for every unit, given all units, shape (units, sections).

        Args:
            context: the features of each unit, shape (units, features).
            links: the link of each unit to the one before, shape (units,); the first is not used.
            stated: the section of each unit that the source states, -1 where it states none, shape (units,).
        """
        asked = _asked(stated)
        context, known = context[asked], stated[asked]
        inside = np.maximum(context @ self._into + self._into_bias, 0)
        scores = context @ self._direct + inside @ self._out
        scores[known >= 0] = np.where(self._sure[known[known >= 0]], 0, -np.inf)
        out: np.ndarray = self._sure[stated]
        out[asked] = marginals(scores, self._factors, links[asked])
        return out


def _asked(stated: np.ndarray) -> np.ndarray:
    """Return the units that no section is stated for, and those beside them: what is further off says nothing more."""
    loose = stated < 0
    asked = loose.copy()
    asked[1:] |= loose[:-1]
    asked[:-1] |= loose[1:]
    return np.flatnonzero(asked)


def marginals(scores: np.ndarray, factors: np.ndarray, links: np.ndarray) -> np.ndarray:
    """Return the probability of every section for every unit (forward-backward).

    Args:
        scores: log scores, shape (units, sections).
        factors: how well a section (column) follows another (row), one matrix a link: (links, sections, sections).
        links: the link of each unit to the one before, shape (units,).
    """
    emission = np.exp(scores - scores.max(axis=1, keepdims=True)).astype(np.float64) + NEVER
    steps = links[1:].tolist()
    forward = _passed(emission, list(factors), steps)
    backward = _passed(emission[::-1], [factor.T for factor in factors], steps[::-1])[::-1]
    chance = forward * backward / emission
    return np.asarray(chance / chance.sum(axis=1, keepdims=True))


def _passed(emission: np.ndarray, factors: list[np.ndarray], steps: list[int]) -> np.ndarray:
    """Return what reaches each unit from the first one on, its own emission included; only ratios in a row count."""
    out = emission.copy()
    last, *rows = out
    reached = np.empty_like(last)  # every step writes over it: these few lines run some hundred times a document
    for number, (row, step) in enumerate(zip(rows, steps, strict=True)):
        np.multiply(row, np.dot(last, factors[step], reached), row)
        if number % RESCALED == 0:
            row /= row.sum()
        last = row
    return out
