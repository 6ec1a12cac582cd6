"""What was known of a document before it was decoded: its units, their words, cues and headings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from labelpipe.model import Block
from labelpipe.sections.context import context, places
from labelpipe.sections.cues import Cues
from labelpipe.sections.headings import section_of_heading, sections_named
from labelpipe.sections.registers import VOICE, register_of
from labelpipe.sections.units import Unit, group_units
from labelpipe.sections.words import Words
from labelpipe.sections.words_model import WordsModel
from labelpipe.vocabulary import sections


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that the decoder works on, one entry or row for each unit."""

    register: str
    units: list[Unit]
    words: Words
    cues: Cues
    headings: list[dict[str, str]]
    chances: np.ndarray
    places: np.ndarray
    context: np.ndarray
    links: np.ndarray


def gather(blocks: Sequence[Block], models: Mapping[str, WordsModel]) -> Evidence | None:
    """Return what is known of the blocks that get a section, None where there are none; `models` has one a voice."""
    units = group_units(blocks)
    if not units:
        return None
    titles = list(dict.fromkeys(unit.heading.text for unit in units if unit.heading))
    texts = [unit.text for unit in units]
    words = Words(texts + titles)
    register = register_of(blocks, units)
    chances = models[VOICE[register]].chances(words, len(units) + len(titles))
    cues = Cues(texts)
    named = {title: sections_named(title) for title in titles}
    headings = [named[unit.heading.text] if unit.heading else {} for unit in units]
    headed = _headed(units, titles, chances[len(units) :])
    features = context(chances[: len(units)], units, headed, cues.scores)
    links = np.array([unit.link for unit in units])
    return Evidence(register, units, words, cues, headings, chances[: len(units)], places(units), features, links)


def _headed(units: list[Unit], titles: list[str], title_chances: np.ndarray) -> np.ndarray:
    """Return what the heading over each unit says: by wording, where headings are the rule and not, and by words."""
    names = sections()
    size = len(names)
    known = {title: section_of_heading(title) for title in titles}
    out = np.zeros((len(units), 3 * size), dtype=np.float32)
    for row, unit in zip(out, units, strict=True):
        if unit.heading:
            row[2 * size :] = title_chances[titles.index(unit.heading.text)]
            if found := known[unit.heading.text]:
                row[names.index(found[0]) + (0 if unit.well_headed else size)] = 1
    return out
