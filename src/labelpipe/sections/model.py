"""The learned placer: one file of arrays, loaded when the first document is placed."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file, files
from typing import Any, NamedTuple

import numpy as np

from labelpipe.remembered import Remembered
from labelpipe.sections.chain import Chain
from labelpipe.sections.evidence import Evidence
from labelpipe.sections.order import order_chance
from labelpipe.sections.registers import BROAD, VOICE
from labelpipe.sections.second_look import REACH, second_context
from labelpipe.sections.words_model import WordsModel
from labelpipe.vocabulary import load, sections

FILE = "sections.npz"
REGISTERS = ("page", "label", "leaflet")
LEAST_SHARE = 0.05
"""A chain that would count for less is not asked."""

OWN_WORDS_TELL = 1e-3
"""How much a unit's own words count between sections that are equally likely to be accepted."""

TOO_SHORT = 2 * REACH
"""Of so few units none stands far from the others: a second look would see nothing new."""

Chains = dict[str, Chain]


class Verdict(NamedTuple):
    """The best section of each unit (its index), and the probability that a careful reader accepts it."""

    best: np.ndarray
    sure: np.ndarray


class Model:
    """A words' model for each voice and three chains a register.

    The registers: a consumer page, a professional label, a package leaflet. The chains: for documents in any order, for
    those in the usual order, and for the second look, which knows the first verdict on the whole document. `reasons`
    remembers why words were placed where they are.
    """

    def __init__(self, arrays: Mapping[str, Any]) -> None:
        self.words = {voice: WordsModel(arrays, voice) for voice in sorted(set(VOICE.values()))}
        self._arrays = arrays
        self._chains: dict[str, Chain] = {}
        self.reasons: Remembered[str] = Remembered()

    def verdict(self, known: Evidence) -> Verdict:
        """Return the sections of all units."""
        return verdict_of(self._arrays, known, self._chains)


def verdict_of(arrays: Mapping[str, Any], known: Evidence, chains: Chains | None = None) -> Verdict:
    """Return the sections of all units: what both looks say, or one where the document is short.

    `chains` remembers the chains for the next document.
    """
    chances = first_look(arrays, known, chains)
    if len(known.units) > TOO_SHORT:
        chances = (chances + second_look(arrays, known, chances, chains)) / 2
    return decide(chances, arrays[f"{known.register}_accepts"], known)


def first_look(arrays: Mapping[str, Any], known: Evidence, chains: Chains | None = None) -> np.ndarray:
    """Return the probability of every section for every unit, shape (units, sections).

    Both chains of the document's register are heard, weighted by how well it keeps the usual order.
    """
    register = known.register
    keeps = order_chance(known.chances, known.places, arrays[f"{register}_places"], register)
    total = np.zeros(known.chances.shape)
    for name, share in ((register, 1 - keeps), (ordered(register), keeps)):
        if share >= LEAST_SHARE:
            total += share * _chain(arrays, name, chains).chances(known.context, known.links, known.stated)
    return np.asarray(total / total.sum(axis=1, keepdims=True))


def second_look(
    arrays: Mapping[str, Any], known: Evidence, first: np.ndarray, chains: Chains | None = None
) -> np.ndarray:
    """Return the same, knowing the first verdict on the whole document."""
    chain = _chain(arrays, second(known.register), chains)
    return chain.chances(second_context(first, known.context), known.links, known.stated)


def decide(chances: np.ndarray, accepts: np.ndarray, known: Evidence) -> Verdict:
    """Return the section of each unit, and how likely it is to be accepted.

    What a label keeps under a broad heading is mostly about one of its parts and right as that part too, so that a
    broad section's chance counts for its parts. Between equals a unit's own words tell.

    Args:
        chances: the probability of every section, shape (units, sections).
        accepts: how often a text of a section (row) counts as right under another (column), shape (sections, sections).
        known: what is known of the units.
    """
    accepted = chances @ accepts
    reached = accepted if known.register in BROAD else chances @ (accepts * parts())
    best = (reached + OWN_WORDS_TELL * known.chances).argmax(axis=1)
    return Verdict(best, accepted[np.arange(len(best)), best])


@cache
def parts() -> np.ndarray:
    """Return which section (column) is another one (row) or a part of it, shape (sections, sections)."""
    slugs = sections()
    out = np.eye(len(slugs))
    for slug, entry in load("sections").items():
        if "parent" in entry:
            out[slugs.index(entry["parent"]), slugs.index(slug)] = 1
    return out


def ordered(register: str) -> str:
    """Return the name of a register's chain for documents in the usual order."""
    return f"{register}_ordered"


def second(register: str) -> str:
    """Return the name of a register's chain for the second look."""
    return f"{register}_second"


def _chain(arrays: Mapping[str, Any], name: str, chains: Chains | None) -> Chain:
    if chains is None:
        return Chain(arrays, name)
    return chains.get(name) or chains.setdefault(name, Chain(arrays, name))


@cache
def load_model() -> Model:
    """Return the model that comes with the package."""
    with as_file(files("labelpipe.sections").joinpath(FILE)) as path, np.load(path, allow_pickle=False) as arrays:
        return Model({name: arrays[name] for name in arrays.files})
