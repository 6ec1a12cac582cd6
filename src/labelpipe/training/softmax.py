"""Softmax regression on hashed features, for the small models."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from labelpipe.learned import Features, LinearModel

MAX_STEPS = 300


@dataclass(frozen=True, slots=True)
class Example:
    """What a model sees, the share of each class in the truth, how much it counts, and the scores known beforehand."""

    features: Features
    target: np.ndarray
    weight: float = 1.0
    offset: np.ndarray = field(default_factory=lambda: np.zeros(1))


def fit(
    examples: Sequence[Example], classes: Sequence[str], buckets: int, penalty: float, rare_counts_more: bool = False
) -> dict[str, np.ndarray]:
    """Fit a softmax regression with an L2 penalty; return a LinearModel's arrays."""
    target = np.array([example.target for example in examples])
    offset = np.array([np.broadcast_to(example.offset, len(classes)) for example in examples])
    share = np.array([[example.weight] for example in examples])
    share /= share.sum()
    seen = _seen(examples, buckets)
    importance = _importance(seen) if rare_counts_more else np.ones(buckets)
    inputs = _unit_rows(seen, importance)

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(-1, len(classes))
        scores = inputs @ weights[:-1] + weights[-1] + offset
        scores -= scores.max(axis=1, keepdims=True)
        log_chance = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        wrong = (np.exp(log_chance) - target) * share
        slope = np.vstack([inputs.T @ wrong + penalty * weights[:-1], wrong.sum(axis=0)])
        value = -(share * target * log_chance).sum() + penalty / 2 * (weights[:-1] ** 2).sum()
        return float(value), slope.ravel()

    start = np.zeros((buckets + 1) * len(classes))
    fitted = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": MAX_STEPS}).x
    weights = fitted.reshape(-1, len(classes)).astype(np.float16)
    arrays = {"classes": np.array(classes), "weights": weights[:-1], "bias": weights[-1]}
    return arrays | ({"importance": importance.astype(np.float16)} if rare_counts_more else {})


def _seen(examples: Sequence[Example], buckets: int) -> sparse.csr_array:
    """Return which buckets each example's features fall into, as ones."""
    hasher = LinearModel((), np.zeros((buckets, 0)), np.zeros(0))
    columns, rows = hasher.buckets([example.features for example in examples])
    return sparse.csr_array((np.ones(len(columns)), (rows, columns)), shape=(len(examples), buckets))


def _importance(seen: sparse.csr_array) -> np.ndarray:
    """Return the log of one over the share of examples that have each bucket."""
    return np.asarray(np.log((1 + seen.shape[0]) / (1 + seen.sum(axis=0))))


def _unit_rows(seen: sparse.csr_array, importance: np.ndarray) -> sparse.csr_array:
    scaled = sparse.csr_array(seen @ sparse.diags_array(importance))
    lengths = np.sqrt(scaled.multiply(scaled).sum(axis=1))
    return sparse.csr_array(sparse.diags_array(1 / np.where(lengths, lengths, 1)) @ scaled)
