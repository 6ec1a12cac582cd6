"""What the first verdict on the whole document adds to what is known of each unit, for a second look at it."""

import numpy as np

from labelpipe.sections.context import LOG_FLOOR, around

REACH = 10
"""So many units before and after are what stands near."""

ENOUGH = 5
"""A section that so many units belong to is there; more of them say nothing new."""


def second_context(first: np.ndarray, context: np.ndarray) -> np.ndarray:
    """Return the features for the second look, shape (units, features).

    A lone guess among others is suspicious where its section stands together elsewhere: beside the verdict on a unit
    and its neighbours stands how much of each section is near, far, before and after.

    Args:
        first: the first verdict, shape (units, sections).
        context: the features that the first look had, shape (units, its features).
    """
    units = len(first)
    log = np.maximum(np.log(np.maximum(first, 1e-9)), LOG_FLOOR) / 4
    sums = np.concatenate([np.zeros((1, first.shape[1])), np.cumsum(first, axis=0)])
    index = np.arange(units)
    near = sums[np.minimum(index + REACH + 1, units)] - sums[np.maximum(index - REACH, 0)]
    far, before, after = sums[-1] - near, sums[:-1], sums[-1] - sums[1:]
    shares = [np.minimum(mass, ENOUGH) / ENOUGH for mass in (far, before, after)]
    window = near / (2 * REACH + 1)
    return np.concatenate([log, *around(first), window, *shares, context], axis=1).astype(np.float32)
