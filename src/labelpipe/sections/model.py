"""The learned placer: one file of arrays, loaded when the first document is placed."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np

from labelpipe.sections.chain import Chain
from labelpipe.sections.evidence import Evidence
from labelpipe.sections.order import ORDERED_FROM, order_score
from labelpipe.sections.words_model import WordsModel

FILE = "sections.npz"
REGISTERS = ("page", "label", "leaflet")


class Model:
    """The words' model and two chains a register, one for documents in the usual order.

    The registers: a consumer page, a professional label, a package leaflet.
    """

    def __init__(self, arrays: Mapping[str, Any]) -> None:
        self.words = WordsModel(arrays)
        self._arrays = arrays

    def chances(self, known: Evidence) -> np.ndarray:
        """Return the probability of every section for every unit, shape (units, sections)."""
        return choose_chain(self._arrays, known.register, known).chances(known.context, known.links)


def choose_chain(arrays: Mapping[str, Any], register: str, known: Evidence) -> Chain:
    """Return the chain for a document: the register's own, and within it by whether the usual order is kept."""
    score = order_score(known.chances, known.places, arrays[f"{register}_places"])
    return Chain(arrays, ordered(register) if score >= ORDERED_FROM[register] else register)


def ordered(register: str) -> str:
    """Return the name of a register's chain for documents in the usual order."""
    return f"{register}_ordered"


@cache
def load_model() -> Model:
    """Return the model that comes with the package."""
    with as_file(files("labelpipe.sections").joinpath(FILE)) as path, np.load(path, allow_pickle=False) as arrays:
        return Model({name: arrays[name] for name in arrays.files})
