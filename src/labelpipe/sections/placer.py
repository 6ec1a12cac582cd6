"""Which section each block belongs to: by its heading, its words, and its neighbours."""

from collections.abc import Sequence

import numpy as np

from labelpipe.model import Block
from labelpipe.sections.evidence import Evidence, gather
from labelpipe.sections.marks import Marks, marks_of
from labelpipe.sections.model import load_model
from labelpipe.sections.registers import VOICE
from labelpipe.sections.tags import population_of, topic_of
from labelpipe.vocabulary import sections

MIN_CONFIDENCE = 0.2
"""Below this the pipeline abstains and keeps its guess as a candidate."""

OWN_WORDS = 0.15
"""From this probability on, by its words alone, a unit's words are named as the evidence; below, its neighbours."""

MAX_CONFIDENCE = 0.999


def place_blocks(blocks: Sequence[Block]) -> dict[int, Block]:
    """Return the placed blocks by their number."""
    model = load_model()
    known = gather(blocks, model.words)
    if known is None:
        return {}
    chances = model.chances(known)
    best = chances.argmax(axis=1)
    reasons = _reasons(known, best)
    placed: dict[int, Block] = {}
    sure, slugs = chances.max(axis=1).tolist(), [sections()[section] for section in best.tolist()]
    for i, (unit, slug) in enumerate(zip(known.units, slugs, strict=True)):
        for block in unit.blocks:
            marks = known.cues.marks[i] if len(unit.blocks) == 1 else marks_of(block.text)
            placed[block.block_no] = _placed(block, slug, sure[i], reasons[i], slug in known.headings[i], marks)
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
        topic_of(block.text, marks),
    )


def _reasons(known: Evidence, best: np.ndarray) -> list[str]:
    """Name what decided: the heading, the cues, the strongest words, or the neighbours."""
    names = sections()
    sections_of = best.tolist()
    said = [known.cues.words(i, section) for i, section in enumerate(sections_of)]
    own = (known.chances[np.arange(len(best)), best] >= OWN_WORDS).tolist()
    unsaid = [i for i, cued in enumerate(said) if own[i] and not cued]
    strongest = load_model().words[VOICE[known.register]].strongest(known.words, best, unsaid)
    out = []
    for i, section in enumerate(sections_of):
        slug = names[section]
        if slug in known.headings[i]:
            out.append(f"heading: {known.headings[i][slug]}")
        elif said[i]:
            out.append("cues: " + "; ".join(said[i]))
        elif found := strongest.get(i):
            out.append("words: " + "; ".join(found))
        else:
            out.append("neighbours")
    return out
