"""From the scores of single units to the most likely sequence, and how sure of each unit we may be."""

import numpy as np


def marginals(scores: np.ndarray, transitions: np.ndarray, links: np.ndarray) -> np.ndarray:
    """Return the probability of every section for every unit, given all units (forward-backward).

    Args:
        scores: log scores, shape (units, sections).
        transitions: how well a section (column) follows another (row), as non-negative factors, one matrix a link:
            shape (links, sections, sections).
        links: the link of each unit to the one before, shape (units,); the first is not used.
    """
    units = len(scores)
    emission = np.exp(scores - scores.max(axis=1, keepdims=True))
    forward, backward = np.empty_like(emission), np.empty_like(emission)
    forward[0] = emission[0] / emission[0].sum()
    for i in range(1, units):
        step = (forward[i - 1] @ transitions[links[i]]) * emission[i]
        forward[i] = step / step.sum()
    backward[-1] = 1.0
    for i in range(units - 2, -1, -1):
        step = transitions[links[i + 1]] @ (emission[i + 1] * backward[i + 1])
        backward[i] = step / step.sum()
    chance = forward * backward
    return np.asarray(chance / chance.sum(axis=1, keepdims=True))
