"""Fit the words' model: a multinomial logistic regression that takes several right answers for one text."""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, diags

from labelpipe.sections.words import BUCKET_BITS, Words

MIN_DRUGS = 3
"""A word that so few drugs use is a name, not a sign."""

ITERATIONS = 80

LENGTH = 3.0
"""The length every text's row is brought to; it sets how far the weights can go in so many iterations."""


def matrix(texts: Sequence[str]) -> csr_matrix:
    """Return how often each text (row) has each bucket (column)."""
    buckets, owner = Words(texts).features()
    values = np.ones(len(buckets), dtype=np.float32)
    return csr_matrix((values, (owner, buckets)), shape=(len(texts), 1 << BUCKET_BITS))


def rarity(rows: csr_matrix) -> np.ndarray:
    """Return how much each column tells: the logarithm of how few of the texts have it."""
    texts = np.bincount(rows.indices, minlength=rows.shape[1])
    return np.asarray(np.log(rows.shape[0] / np.maximum(texts, 1)), dtype=np.float32)


def scaled(rows: csr_matrix, weights: np.ndarray) -> csr_matrix:
    """Return the rows with their columns weighted, and all of about one length."""
    length = np.sqrt(np.maximum(rows @ weights**2, 1e-6))
    return csr_matrix(diags(LENGTH / length) @ rows @ diags(weights), dtype=np.float32)


def kept_buckets(rows: csr_matrix, drugs: Sequence[str]) -> np.ndarray:
    """Return the buckets that the texts of enough drugs use, ascending."""
    names = {drug: index for index, drug in enumerate(sorted(set(drugs)))}
    owner = np.array([names[drug] for drug in drugs], dtype=np.int64)
    coordinates = rows.tocoo()
    pairs = np.unique(coordinates.col.astype(np.int64) * len(names) + owner[coordinates.row])
    return np.asarray(np.flatnonzero(np.bincount(pairs // len(names), minlength=rows.shape[1]) >= MIN_DRUGS))


def fit(rows: csr_matrix, right: np.ndarray, weights: np.ndarray, penalty: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the weights, shape (columns, sections), and the bias.

    Args:
        rows: the texts, shape (texts, columns).
        right: how right each section is for each text, 0 to 1, shape (texts, sections).
        weights: how much each text counts; they are scaled to a mean of 1.
        penalty: of the squared weights, for each text.
    """
    columns, size = rows.shape[1], right.shape[1]
    weights = (weights / weights.mean()).astype(np.float32)[:, None]
    transposed = rows.T.tocsr()
    wrong = np.log(np.maximum(right, 1e-30)).astype(np.float32)
    count = len(right)

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        theta = flat.astype(np.float32).reshape(columns + 1, size)
        scores = rows @ theta[:-1] + theta[-1]
        chance, total = _softmax(scores)
        wanted, reached = _softmax(scores + wrong)
        difference = weights * (chance - wanted)
        slope = np.concatenate([transposed @ difference, difference.sum(axis=0, keepdims=True)]) / count
        slope[:-1] += penalty * theta[:-1]
        value = float((weights * (total - reached)).sum() / count + penalty / 2 * np.square(theta[:-1]).sum())
        return value, slope.astype(np.float64).ravel()

    found = minimize(
        loss, np.zeros((columns + 1) * size), jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS, "maxcor": 6}
    )
    theta = found.x.reshape(columns + 1, size)
    return theta[:-1], theta[-1]


def _softmax(scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the probabilities and the logarithm of their scale."""
    top = scores.max(axis=1, keepdims=True)
    exponent = np.exp(scores - top)
    scale = exponent.sum(axis=1, keepdims=True)
    return exponent / scale, np.log(scale) + top
