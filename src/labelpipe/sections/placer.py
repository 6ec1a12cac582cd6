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
    sure = chances.max(axis=1).tolist()
    for i, unit in enumerate(known.units):
        slug = sections()[best[i]]
        for block in unit.blocks:
            marks = known.cues[i].marks if len(unit.blocks) == 1 else marks_of(block.text)
            placed[block.block_no] = _placed(block, slug, sure[i], reasons[i], slug in known.headings[i], marks)
    return placed


def _placed(block: Block, slug: str, chance: float, reason: str, stated: bool, marks: Marks) -> Block:
    sure = stated or chance >= MIN_CONFIDENCE
    return block._replace(
        section=slug if sure else None,
        section_candidate=slug,
        section_method="stated" if stated else "inferred" if sure else "none",
        section_confidence=round(min(chance, MAX_CONFIDENCE), 4),
        section_evidence=reason,
        population=population_of(block.text, slug if sure else None, marks),
        topic=topic_of(block.text, marks),
    )


def _reasons(known: Evidence, best: np.ndarray) -> list[str]:
    """Name what decided: the heading, the cues, the strongest words, or the neighbours."""
    names = sections()
    said = [cued.words(names[section]) for cued, section in zip(known.cues, best, strict=True)]
    own = known.chances[np.arange(len(best)), best] >= OWN_WORDS
    unsaid = [i for i, cued in enumerate(said) if own[i] and not cued]
    titles = known.words.owner.max(initial=0) + 1 - len(best)
    said_of = np.concatenate([best, np.zeros(max(0, titles), int)])
    strongest = load_model().words[VOICE[known.register]].strongest(known.words, said_of, unsaid)
    out = []
    for i, section in enumerate(best):
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
