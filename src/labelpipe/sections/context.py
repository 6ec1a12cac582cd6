"""What stands around each unit, as numbers: the words' verdict on it and its neighbours, its place, its kind."""

from collections.abc import Sequence

import numpy as np

from labelpipe.sections.units import PLACED_KINDS, Unit

WINDOW = 3
PLACES = 8
FIRST = 3
LOG_FLOOR = -7.0
MAX_CUE = 8.0


def context(chance: np.ndarray, units: Sequence[Unit], headed: np.ndarray, cues: np.ndarray) -> np.ndarray:
    """Return the features of each unit, shape (units, features); the arguments have the shape (units, sections).

    Args:
        chance: the words' probability of every section.
        units: the units of one document.
        headed: the same of the heading's words and wording, zero where there is none.
        cues: the scores of the cues.
    """
    log = np.maximum(np.log(np.maximum(chance, 1e-9)), LOG_FLOOR) / 4
    total = np.cumsum(chance, axis=0)
    before, after = np.minimum(total - chance, 3) / 3, np.minimum(total[-1] - total, 3) / 3
    cued = np.minimum(cues, MAX_CUE) / 4
    own = [log, *around(chance), before, after, cued, headed, places(units), _looks(units)]
    return np.concatenate(own, axis=1).astype(np.float32)


def around(chance: np.ndarray) -> list[np.ndarray]:
    """Return what is said of the units before and after each unit, one array a distance; nothing beyond the ends."""
    n, size = chance.shape
    padded = np.zeros((n + 2 * WINDOW, size))
    padded[WINDOW : WINDOW + n] = chance
    return [padded[WINDOW + shift : WINDOW + shift + n] for shift in range(-WINDOW, WINDOW + 1) if shift]


def places(units: Sequence[Unit]) -> np.ndarray:
    """Return in which stretch of its part of the page each unit stands, one column a stretch and part."""
    parts = np.array([unit.part for unit in units])
    out = np.zeros((len(units), 2 * PLACES), dtype=np.float32)
    for part in (0, 1):
        inside = np.flatnonzero(parts == part)
        out[inside, part * PLACES + np.arange(len(inside)) * PLACES // max(1, len(inside))] = 1
    return out


def _looks(units: Sequence[Unit]) -> np.ndarray:
    """Whether each unit opens or closes its part of the page, and what it looks like."""
    n = len(units)
    parts = np.array([unit.part for unit in units])
    out = np.zeros((n, 4 * FIRST + len(PLACED_KINDS) + 4), dtype=np.float32)
    for part in (0, 1):
        inside = np.flatnonzero(parts == part)
        for place in range(min(FIRST, len(inside))):
            out[inside[place], 2 * part * FIRST + place] = 1
            out[inside[-1 - place], (2 * part + 1) * FIRST + place] = 1
    base = 4 * FIRST
    out[np.arange(n), base + np.array([PLACED_KINDS.index(unit.kind) for unit in units])] = 1
    base += len(PLACED_KINDS)
    texts = [unit.blocks[-1].text for unit in units]
    out[:, base] = [text.endswith(":") for text in texts]
    out[:, base + 1] = np.log1p([len(text) for text in texts]) / 6
    out[:, base + 2] = parts[-1] > 0
    out[:, base + 3] = 1
    return out
