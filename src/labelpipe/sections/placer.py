"""Which section each block belongs to: by its heading, its words, and its neighbours."""

from collections.abc import Mapping, Sequence

import numpy as np

from labelpipe.model import Block
from labelpipe.sections.evidence import LOOSE, Evidence, gather
from labelpipe.sections.marks import Marks, marks_of
from labelpipe.sections.model import load_model
from labelpipe.sections.registers import VOICE
from labelpipe.sections.tags import is_tagged, population_of, topic_of
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
    reasons = _reasons(known, verdict.best, loose)
    placed: dict[int, Block] = {}
    sure, slugs = verdict.sure.tolist(), [sections()[section] for section in verdict.best.tolist()]
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
        population_of(block.text, section, marks),
        topic_of(block.text, section, marks),
    )


def _reasons(known: Evidence, best: np.ndarray, loose: Sequence[int]) -> list[str]:
    """Name what decided on each of the loose units: the heading, the cues, the strongest words, or the neighbours."""
    names = sections()
    own = (known.chances[np.arange(len(best)), best] >= OWN_WORDS).tolist()
    said = {i: known.cues.words(i, int(best[i])) for i in loose}
    unsaid = [i for i in loose if own[i] and not said[i]]
    strongest = load_model().words[VOICE[known.register]].strongest(known.words, best, unsaid)
    out = []
    for i in loose:
        slug = names[best[i]]
        if slug in known.headings[i]:
            out.append(f"heading: {known.headings[i][slug]}")
        elif said[i]:
            out.append("cues: " + "; ".join(said[i]))
        elif found := strongest.get(i):
            out.append("words: " + "; ".join(found))
        else:
            out.append("neighbours")
    return out
