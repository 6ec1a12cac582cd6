"""Whether a document keeps the order that is usual in its register; then its places say more."""

import numpy as np

ORDERED_FROM = {"page": 0.3, "label": 0.1, "leaflet": 0.2}
"""From this mean on (nats a unit) the order is taken to be the usual one."""


def order_score(chances: np.ndarray, places: np.ndarray, ratios: np.ndarray) -> float:
    """Return how much likelier the sections are at their places than anywhere, in nats a unit.

    Args:
        chances: the words' probability of every section, shape (units, sections).
        places: the stretch each unit stands in, one-hot, shape (units, stretches).
        ratios: how much likelier each section makes each stretch, shape (sections, stretches).
    """
    return float(np.log((chances @ ratios * places).sum(axis=1) + 1e-9).mean())


def place_ratios(chances: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Return how much likelier each section makes each stretch, from documents in the usual order."""
    by_section = chances.T @ places + 5.0
    by_section /= by_section.sum(axis=1, keepdims=True)
    anywhere = (places.sum(axis=0) + 1) / len(places)
    return np.asarray(by_section / anywhere)
