"""What was known of a document before it was decoded: its units, their words, cues and headings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from labelpipe.model import Block
from labelpipe.sections.context import context, places
from labelpipe.sections.cues import Cues
from labelpipe.sections.headings import section_of_heading, sections_named
from labelpipe.sections.registers import VOICE, register_of
from labelpipe.sections.units import Unit, group_units
from labelpipe.sections.words_model import WordsModel
from labelpipe.vocabulary import load, sections

LOOSE = -1
"""No section is stated, or one that the models do not know."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that the decoder works on, one entry or row for each unit.

    `texts` are the words of the units, none of those whose section is known; `stated` is the section that the source
    states for a unit, as its place in the vocabulary, or LOOSE.
    """

    register: str
    units: list[Unit]
    stated: np.ndarray
    texts: list[str]
    cues: Cues
    headings: list[dict[str, str]]
    chances: np.ndarray
    places: np.ndarray
    context: np.ndarray
    links: np.ndarray


def gather(
    blocks: Sequence[Block], models: Mapping[str, WordsModel], stated: Mapping[int, str] = MappingProxyType({})
) -> Evidence | None:
    """Return what is known of the blocks that get a section, None where there are none whose section is not stated.

    Args:
        blocks: those of a document.
        models: the words' models, one a voice.
        stated: the sections that the source states, by block number; the words of these blocks are not looked at.
    """
    units = group_units(blocks)
    known = _stated(units, stated)
    if not (known == LOOSE).any():
        return None
    titles = list(dict.fromkeys(unit.heading.text for unit in units if unit.heading))
    texts = [unit.text if section == LOOSE else "" for unit, section in zip(units, known.tolist(), strict=True)]
    register = register_of(blocks, units)
    all_chances = models[VOICE[register]].chances(texts + titles)
    chances, title_chances = all_chances[: len(units)], all_chances[len(units) :]
    is_known = known != LOOSE
    chances[is_known] = np.eye(len(sections()))[known[is_known]]
    cues = Cues(texts)
    named = {title: sections_named(title) for title in titles}
    headings = [named[unit.heading.text] if unit.heading else {} for unit in units]
    headed = _headed(units, titles, title_chances)
    features = context(chances, units, headed, cues.scores)
    links = np.array([unit.link for unit in units])
    return Evidence(register, units, known, texts, cues, headings, chances, places(units), features, links)


def _stated(units: Sequence[Unit], stated: Mapping[int, str]) -> np.ndarray:
    """Return for each unit the place in the vocabulary of its stated section, or of the one that this is part of."""
    if not stated:
        return np.full(len(units), LOOSE)
    places = {slug: place for place, slug in enumerate(sections())}
    for slug, entry in load("spl")["sections"].items():
        places[slug] = places.get(entry.get("parent"), LOOSE)
    return np.array([places.get(stated.get(unit.blocks[0].block_no, ""), LOOSE) for unit in units])


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
