"""Which section each unit belongs to: by its heading where there is one, else by its words and its neighbours."""

from dataclasses import replace
from functools import cache

import numpy as np

from labelpipe.model import Block
from labelpipe.sections.cues import Cued, cue_scores
from labelpipe.sections.decode import posteriors
from labelpipe.sections.headings import section_of_heading
from labelpipe.sections.units import Unit, group_units
from labelpipe.vocabulary import load, sections

STATED_CONFIDENCE = 0.97
"""How often a heading that names a section tells the truth about the paragraphs under it."""

MIN_CONFIDENCE = 0.35
"""Below this the pipeline abstains and keeps its guess as a candidate."""

STAY, STAY_UNDER_HEADING = 0.45, 0.95
"""How often a paragraph is in the section of the one before, anywhere and under the same unknown heading."""

NEVER_BY_WORDS = -6.0
"""Sections that words alone seldom prove: only a heading or a code makes them likely."""

_UNLIKELY = ("faq", "package_label", "references", "clinical_pharmacology", "how_supplied", "nonclinical_toxicology", "clinical_studies", "dosage_forms_and_strengths")


def place_units(blocks: tuple[Block, ...]) -> dict[int, Block]:
    """Return the placed blocks by their number."""
    units = [unit for unit in group_units(blocks) if not is_product_table(unit)]
    if not units:
        return {}
    cued = [cue_scores(unit.text) for unit in units]
    stated = [_stated(unit) for unit in units]
    scores = np.array([_unit_scores(unit, cue, known) for unit, cue, known in zip(units, cued, stated, strict=True)])
    chance = posteriors(scores, _transitions(units))
    placed: dict[int, Block] = {}
    for unit, cue, known, probabilities in zip(units, cued, stated, chance, strict=True):
        for block in unit.blocks:
            placed[block.block_no] = _stated_block(block, known) if known else _inferred(block, cue, probabilities)
    return placed


def is_product_table(unit: Unit) -> bool:
    """Rows of strength, form, route and code are the page's products, not part of a section."""
    if unit.kind != "table_row":
        return False
    routes = load("products")["routes"]
    cells = [cell.strip() for cell in unit.blocks[-1].text.strip("|").split("|")]
    return any(cell.upper() in routes for cell in cells)


def _stated(unit: Unit) -> tuple[str, str] | None:
    return section_of_heading(unit.heading.text) if unit.heading else None


def _unit_scores(unit: Unit, cue: Cued, known: tuple[str, str] | None) -> np.ndarray:
    names = sections()
    if known:
        scores = np.full(len(names), -50.0)
        scores[names.index(known[0])] = 0.0
        return scores
    scores = cue.scores.copy()
    for name in _UNLIKELY:
        scores[names.index(name)] += NEVER_BY_WORDS if name == "faq" else -1.0
    return scores


def _transitions(units: list[Unit]) -> np.ndarray:
    free, tied = _transition(STAY), _transition(STAY_UNDER_HEADING)
    same = [a.heading is b.heading and a.heading is not None for a, b in zip(units, units[1:], strict=False)]
    known = [section_of_heading(unit.heading.text) if unit.heading else None for unit in units[1:]]
    return np.array([tied if s and not k and False else free for s, k in zip(same, known, strict=True)]).reshape(
        len(units) - 1, len(sections()), len(sections())
    )


@cache
def _transition(stay: float) -> np.ndarray:
    size = len(sections())
    matrix = np.full((size, size), np.log((1 - stay) / (size - 1)))
    np.fill_diagonal(matrix, np.log(stay))
    return matrix


def _stated_block(block: Block, known: tuple[str, str]) -> Block:
    section, words = known
    return replace(
        block,
        section=section,
        section_candidate=section,
        section_method="stated",
        section_confidence=STATED_CONFIDENCE,
        section_evidence=f"heading: {words}",
    )


def _inferred(block: Block, cue: Cued, probabilities: np.ndarray) -> Block:
    names = sections()
    best = int(probabilities.argmax())
    confidence = round(float(probabilities[best]), 4)
    words = cue.words.get(names[best])
    sure = confidence >= MIN_CONFIDENCE
    return replace(
        block,
        section=names[best] if sure else None,
        section_candidate=names[best],
        section_method="inferred" if sure else "none",
        section_confidence=confidence,
        section_evidence="words: " + "; ".join(words) if words else "neighbours",
    )
