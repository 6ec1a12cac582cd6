"""The learned placer: one file of arrays, loaded when the first document is placed."""

from functools import cache
from importlib.resources import as_file, files

import numpy as np

from labelpipe.sections.chain import Chain
from labelpipe.sections.words_model import WordsModel

FILE = "sections.npz"
REGISTERS = ("page", "label", "leaflet")


class Model:
    """The words' model and one chain a register: a consumer page, a professional label, a package leaflet."""

    def __init__(self, arrays: "np.lib.npyio.NpzFile | dict[str, np.ndarray]") -> None:
        self.words = WordsModel(arrays)
        self.chains = {register: Chain(arrays, register) for register in REGISTERS}


@cache
def load_model() -> Model:
    """Return the model that comes with the package."""
    with as_file(files("labelpipe.sections").joinpath(FILE)) as path, np.load(path, allow_pickle=False) as arrays:
        return Model({name: arrays[name] for name in arrays.files})
