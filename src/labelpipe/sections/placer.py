"""Which section each block belongs to: by its heading, its words, and its neighbours."""

from collections.abc import Mapping, Sequence

import numpy as np

from labelpipe.model import Block
from labelpipe.sections.evidence import LOOSE, Evidence, gather
from labelpipe.sections.marks import Marks, marks_of
from labelpipe.sections.model import load_model
from labelpipe.sections.registers import VOICE
from labelpipe.sections.tags import is_tagged, population_and_topic
from labelpipe.vocabulary import sections

MIN_CONFIDENCE = 0.2
"""Below this the pipeline abstains and keeps its guess as a candidate."""

OWN_WORDS = 0.15
"""From this probability on, by its words alone, a unit's words are named as the evidence; below, its neighbours."""

MAX_CONFIDENCE = 0.999


def place_blocks(blocks: Sequence[Block], stated: Mapping[int, str]) -> dict[int, Block]:
    """Return the placed blocks by their number, less those whose section is stated: they only say what is around."""
    model = load_model()
    known = gather(blocks, model.words, stated)
    if known is None:
        return {}
    verdict, loose = model.verdict(known), np.flatnonzero(known.stated == LOOSE).tolist()
    sure, slugs = verdict.sure.tolist(), [sections()[section] for section in verdict.best.tolist()]
    reasons = _reasons(known, slugs, loose)
    placed: dict[int, Block] = {}
    for i, reason in zip(loose, reasons, strict=True):
        unit, slug, marks = known.units[i], slugs[i], known.cues.marks[i]
        for block in unit.blocks:
            own = marks_of(block.text) if len(unit.blocks) > 1 and is_tagged(marks) else marks
            placed[block.block_no] = _placed(block, slug, sure[i], reason, slug in known.headings[i], own)
    return placed


def _placed(block: Block, slug: str, chance: float, reason: str, stated: bool, marks: Marks) -> Block:
    sure = stated or chance >= MIN_CONFIDENCE
    section = slug if sure else None
    return block.placed(
        section,
        slug,
        "stated" if stated else "inferred" if sure else "none",
        round(min(chance, MAX_CONFIDENCE), 4),
        reason,
        *population_and_topic(block.text, section, marks),
    )


def _reasons(known: Evidence, best: Sequence[str], loose: Sequence[int]) -> list[str]:
    """Name what decided on each of the loose units: the heading, or what their own words say for the section."""
    voice = VOICE[known.register]
    stated = {i: known.headings[i][best[i]] for i in loose if best[i] in known.headings[i]}
    keys = {i: f"{voice} {best[i]} {known.texts[i]}" for i in loose if i not in stated}
    asked = {key: i for i, key in keys.items()}
    said = load_model().reasons.all([*keys.values()], lambda new: _said(known, best, [asked[key] for key in new]))
    found = dict(zip(keys, said, strict=True))
    return [found[i] if i in found else f"heading: {stated[i]}" for i in loose]


def _said(known: Evidence, best: Sequence[str], asked: Sequence[int]) -> list[str]:
    """Name what decided on each of the units that are asked: the cues, the strongest words, or the neighbours."""
    places = [sections().index(best[i]) for i in asked]
    cues = [known.cues.words(i, place) for i, place in zip(asked, places, strict=True)]
    tells = [known.chances[i, place] >= OWN_WORDS for i, place in zip(asked, places, strict=True)]
    unsaid = [known.texts[i] if tell and not cue else "" for i, tell, cue in zip(asked, tells, cues, strict=True)]
    strongest = load_model().words[VOICE[known.register]].strongest(unsaid, places)
    return [
        f"cues: {'; '.join(cue)}" if cue else f"words: {'; '.join(words)}" if words else "neighbours"
        for cue, words in zip(cues, strongest, strict=True)
    ]
