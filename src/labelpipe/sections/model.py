"""The learned placer: one file of arrays, loaded when the first document is placed."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np

from labelpipe.sections.chain import Chain
from labelpipe.sections.evidence import Evidence
from labelpipe.sections.order import order_chance
from labelpipe.sections.registers import VOICE
from labelpipe.sections.words_model import WordsModel

FILE = "sections.npz"
REGISTERS = ("page", "label", "leaflet")
LEAST_SHARE = 0.05
"""A chain that would count for less is not asked."""


class Model:
    """A words' model for each voice and two chains a register, one for documents in the usual order.

    The registers: a consumer page, a professional label, a package leaflet.
    """

    def __init__(self, arrays: Mapping[str, Any]) -> None:
        self.words = {voice: WordsModel(arrays, voice) for voice in sorted(set(VOICE.values()))}
        self._arrays = arrays
        self._chains: dict[str, Chain] = {}

    def chances(self, known: Evidence) -> np.ndarray:
        """Return the probability of every section for every unit, shape (units, sections)."""
        return chances_of(self._arrays, known, self._chains)


def chances_of(arrays: Mapping[str, Any], known: Evidence, chains: dict[str, Chain] | None = None) -> np.ndarray:
    """Return the verdict of both chains of the document's register, weighted by how well it keeps the usual order.

    `chains` remembers the chains for the next document.
    """
    chains = {} if chains is None else chains
    register = known.register
    keeps = order_chance(known.chances, known.places, arrays[f"{register}_places"], register)
    total = np.zeros(known.chances.shape)
    for name, share in ((register, 1 - keeps), (ordered(register), keeps)):
        if share >= LEAST_SHARE:
            chain = chains.get(name) or chains.setdefault(name, Chain(arrays, name))
            total += share * chain.chances(known.context, known.links, known.stated)
    return np.asarray(total / total.sum(axis=1, keepdims=True))


def ordered(register: str) -> str:
    """Return the name of a register's chain for documents in the usual order."""
    return f"{register}_ordered"


@cache
def load_model() -> Model:
    """Return the model that comes with the package."""
    with as_file(files("labelpipe.sections").joinpath(FILE)) as path, np.load(path, allow_pickle=False) as arrays:
        return Model({name: arrays[name] for name in arrays.files})
