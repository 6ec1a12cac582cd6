"""Fit the chain: a conditional random field whose scores come from a small network over each unit's context."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

BATCH = 16
RATE = 0.01
KEPT, KEPT_SQUARE = 0.9, 0.99
"""Adam's memory of the slopes and of their squares."""

NEVER = 1e-30


@dataclass(slots=True)
class Example:
    """One document: context (units, features), how right each section is (units, sections), links, and its weight."""

    context: np.ndarray
    right: np.ndarray
    links: np.ndarray
    weight: float = 1.0


Parameters = dict[str, np.ndarray]


def fit(examples: Sequence[Example], hidden: int, epochs: int, penalty: float, links: int, seed: int = 7) -> Parameters:
    """Return the network's arrays and `jumps`, the log factors of one section after another for each link."""
    random = np.random.default_rng(seed)
    features, size = examples[0].context.shape[1], examples[0].right.shape[1]
    theta: Parameters = {
        "direct": np.zeros((features, size)),
        "into": random.normal(0, features**-0.5, (features, hidden)),
        "into_bias": np.zeros(hidden),
        "out": random.normal(0, 0.01, (hidden, size)),
        "jumps": np.zeros((links, size, size)),
    }
    theta = {name: value.astype(np.float32) for name, value in theta.items()}
    first = {name: np.zeros_like(value) for name, value in theta.items()}
    second = {name: np.zeros_like(value) for name, value in theta.items()}
    batches = [batch for _ in range(epochs) for batch in _batches(examples, random.permutation(len(examples)))]
    for step, batch in enumerate(batches, 1):
        rate = RATE * (1 - step / (len(batches) + 1))
        for name, slope in _slopes(theta, batch).items():
            slope += penalty * theta[name]
            first[name] += (1 - KEPT) * (slope - first[name])
            second[name] += (1 - KEPT_SQUARE) * (slope**2 - second[name])
            ahead = first[name] / (1 - KEPT**step)
            theta[name] -= rate * ahead / (np.sqrt(second[name] / (1 - KEPT_SQUARE**step)) + 1e-8)
    return theta


def mean(fitted: Sequence[Parameters]) -> Parameters:
    """Return one network whose scores and jumps are the means of those fitted: their hidden units side by side."""
    return {
        "direct": np.mean([theta["direct"] for theta in fitted], axis=0),
        "into": np.concatenate([theta["into"] for theta in fitted], axis=1),
        "into_bias": np.concatenate([theta["into_bias"] for theta in fitted]),
        "out": np.concatenate([theta["out"] for theta in fitted]) / len(fitted),
        "jumps": np.mean([theta["jumps"] for theta in fitted], axis=0),
    }


def _batches(examples: Sequence[Example], order: np.ndarray) -> Iterator[list[Example]]:
    """Documents of like length together, so that little is padded."""
    window = BATCH * 8
    for start in range(0, len(order), window):
        chosen = sorted(order[start : start + window], key=lambda i: (len(examples[i].links), i))
        for low in range(0, len(chosen), BATCH):
            yield [examples[i] for i in chosen[low : low + BATCH]]


def scores(theta: Parameters, context: np.ndarray) -> np.ndarray:
    """Return the log scores of the sections for each unit."""
    inside = np.maximum(context @ theta["into"] + theta["into_bias"], 0)
    return np.asarray(context @ theta["direct"] + inside @ theta["out"])


def _slopes(theta: Parameters, batch: list[Example]) -> Parameters:
    context = np.concatenate([example.context for example in batch])
    before = context @ theta["into"] + theta["into_bias"]
    inside = np.maximum(before, 0)
    emitted = context @ theta["direct"] + inside @ theta["out"]
    wrong, jumps = _sequence_slopes(emitted.astype(np.float64), theta["jumps"].astype(np.float64), batch)
    wrong = wrong.astype(np.float32)
    back = (wrong @ theta["out"].T) * (before > 0)
    return {
        "direct": context.T @ wrong,
        "into": context.T @ back,
        "into_bias": back.sum(axis=0),
        "out": inside.T @ wrong,
        "jumps": jumps.astype(np.float32),
    }


@dataclass(slots=True)
class _Padded:
    """A batch as one array, twice: the first half may be anything, the second only what is right."""

    emission: np.ndarray
    links: np.ndarray
    lengths: np.ndarray
    inside: np.ndarray
    weight: np.ndarray


def _padded(emitted: np.ndarray, batch: list[Example]) -> _Padded:
    lengths = np.array([len(example.links) for example in batch])
    count, longest, size = len(batch), lengths.max(), emitted.shape[1]
    inside = np.arange(longest)[None, :] < lengths[:, None]
    emission = np.ones((2 * count, longest, size))
    free = np.exp(emitted - emitted.max(axis=1, keepdims=True))
    right = np.concatenate([example.right for example in batch])
    emission[:count][inside] = free
    emission[count:][inside] = np.maximum(free, NEVER) * right
    links = np.zeros((2 * count, longest), dtype=np.int64)
    links[:count][inside] = links[count:][inside] = np.concatenate([example.links for example in batch])
    weight = np.array([example.weight for example in batch])
    return _Padded(emission, links, np.tile(lengths, 2), inside, weight / (weight @ lengths))


def _sequence_slopes(emitted: np.ndarray, jumps: np.ndarray, batch: list[Example]) -> tuple[np.ndarray, np.ndarray]:
    """Return the slopes of the loss by the units' scores and by the jumps: what is expected less what is right."""
    padded = _padded(emitted, batch)
    factors = np.exp(jumps)
    forward, backward = _both_ways(padded.emission, factors, padded.links, padded.lengths)
    chance = forward * backward
    chance /= chance.sum(axis=2, keepdims=True)
    count = len(batch)
    slope = (padded.weight[:, None, None] * (chance[:count] - chance[count:]))[padded.inside]
    return slope, _jump_slopes(padded, factors, forward, padded.emission[:, 1:] * backward[:, 1:])


def _jump_slopes(padded: _Padded, factors: np.ndarray, forward: np.ndarray, coming: np.ndarray) -> np.ndarray:
    sign = np.concatenate([padded.weight, -padded.weight])
    real = np.arange(1, forward.shape[1])[None, :] < padded.lengths[:, None]
    by_link = np.zeros_like(factors)
    for link in range(len(factors)):
        row, column = np.nonzero(real & (padded.links[:, 1:] == link))
        if len(row):
            left, after = forward[row, column], coming[row, column]
            scale = ((left @ factors[link]) * after).sum(axis=1)
            by_link[link] = factors[link] * (left.T @ (after * (sign[row] / scale)[:, None]))
    return by_link


def _both_ways(
    emission: np.ndarray, factors: np.ndarray, links: np.ndarray, lengths: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    forward, backward = np.empty_like(emission), np.ones_like(emission)
    longest = emission.shape[1]
    forward[:, 0] = emission[:, 0] / emission[:, 0].sum(axis=1, keepdims=True)
    for t in range(1, longest):
        step = np.matmul(forward[:, t - 1, None], factors[links[:, t]])[:, 0] * emission[:, t]
        forward[:, t] = step / step.sum(axis=1, keepdims=True)
    for t in range(longest - 2, -1, -1):
        step = np.matmul(factors[links[:, t + 1]], (emission[:, t + 1] * backward[:, t + 1])[:, :, None])[:, :, 0]
        step /= step.sum(axis=1, keepdims=True)
        backward[:, t] = np.where((t + 1 < lengths)[:, None], step, 1.0)
    return forward, backward
