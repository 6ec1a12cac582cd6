"""From the scores of single paragraphs to the most likely sequence, and how sure of each paragraph we may be."""

import numpy as np


def posteriors(scores: np.ndarray, transitions: np.ndarray) -> np.ndarray:
    """Return the probability of every section for every unit, given all units (forward-backward).

    Args:
        scores: log scores, shape (units, sections).
        transitions: log probability of going from one section (row) to the next (column), shape (units - 1, sections,
            sections): one matrix for each boundary between units.
    """
    units = len(scores)
    forward, backward = np.zeros_like(scores), np.zeros_like(scores)
    forward[0] = scores[0]
    for i in range(1, units):
        forward[i] = scores[i] + _logsumexp(forward[i - 1][:, None] + transitions[i - 1], axis=0)
    for i in range(units - 2, -1, -1):
        backward[i] = _logsumexp(transitions[i] + (scores[i + 1] + backward[i + 1])[None, :], axis=1)
    total = forward + backward
    total -= total.max(axis=1, keepdims=True)
    weights = np.exp(total)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def _logsumexp(values: np.ndarray, axis: int) -> np.ndarray:
    top = values.max(axis=axis, keepdims=True)
    return np.asarray(np.log(np.exp(values - top).sum(axis=axis)) + top.squeeze(axis))
