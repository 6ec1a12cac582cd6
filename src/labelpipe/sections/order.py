"""Whether a document keeps the order that is usual in its register; then its places say more."""

import numpy as np

ORDERED_FROM = {"page": 0.3, "label": 0.1, "leaflet": 0.2}
"""At this mean (nats a unit) the order is as likely the usual one as not."""

STEEPNESS = {"page": 15.0, "label": 15.0, "leaflet": 1000.0}
"""How fast that turns to certainty, in log-odds a nat; a leaflet's two chains name its broad sections by different
slugs, so that only one of them is heard."""

MAX_LOG_ODDS = 30.0


def order_chance(chances: np.ndarray, places: np.ndarray, ratios: np.ndarray, register: str) -> float:
    """Return the probability that a document keeps the usual order: its sections are likelier in their places.

    Args:
        chances: the words' probability of every section, shape (units, sections).
        places: the stretch each unit stands in, one-hot, shape (units, stretches).
        ratios: how much likelier each section makes each stretch, shape (sections, stretches).
        register: whose usual order.
    """
    score = float(np.log((chances @ ratios * places).sum(axis=1) + 1e-9).mean())
    odds = np.clip(STEEPNESS[register] * (score - ORDERED_FROM[register]), -MAX_LOG_ODDS, MAX_LOG_ODDS)
    return float(1 / (1 + np.exp(-odds)))


def place_ratios(chances: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Return how much likelier each section makes each stretch, from documents in the usual order."""
    by_section = chances.T @ places + 5.0
    by_section /= by_section.sum(axis=1, keepdims=True)
    anywhere = (places.sum(axis=0) + 1) / len(places)
    return np.asarray(by_section / anywhere)
