"""One section for what stands together: the blocks under a heading, or a list with its lead-in, vote on it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from labelpipe.model import Block, StatedSection
from labelpipe.sections.headings import sections_named

MAX_BLOCKS = 12
"""A heading over more blocks is a broad one: its lists are together, but not all that it covers."""

MAJORITY = 0.5
"""So much of the votes' weight makes a section that of all blocks under the heading."""

TITLE_WEIGHT = 1.0
"""What a title that names a section adds for each block, if the name is all it says; else in proportion."""

_HANGING = ("list_item", "table_row")


def settle(sections: Sequence[StatedSection], placed: Mapping[int, Block]) -> dict[int, Block]:
    """Return the placed blocks, those that stand together in the same section.

    Args:
        sections: the headings with the blocks right under them, whose section no code states.
        placed: the blocks as their words, their headings and their neighbours place them, by number.
    """
    settled = dict(placed)
    for section in sections:
        blocks = [placed[number] for number in section.block_nos if number in placed]
        named = sections_named(section.title) if section.title else {}
        for together in _groups(blocks, named, section.title or ""):
            votes = _votes(together, named, section.title or "")
            slug = max(votes, key=lambda name: votes[name])
            share = votes[slug] / sum(votes.values())
            settled.update((block.block_no, _elected(block, slug, share, named.get(slug))) for block in together)
    return settled


def _groups(blocks: list[Block], named: Mapping[str, str], title: str) -> Iterator[list[Block]]:
    """Yield all blocks where most of them agree; else each list with its lead-in, and every other block alone."""
    if not blocks:
        return
    votes = _votes(blocks, named, title)
    if len(blocks) <= MAX_BLOCKS and max(votes.values()) >= MAJORITY * sum(votes.values()):
        yield blocks
        return
    group = blocks[:1]
    for before, block in pairwise(blocks):
        follows = block.block_no == before.block_no + 1 and block.kind in _HANGING
        if follows and (before.kind in _HANGING or before.text.endswith(":")):
            group.append(block)
        else:
            yield group
            group = [block]
    yield group


def _votes(blocks: Sequence[Block], named: Mapping[str, str], title: str) -> dict[str, float]:
    votes: defaultdict[str, float] = defaultdict(float)
    for block in blocks:
        votes[block.section_candidate or ""] += block.section_confidence or 0.0
    for slug, words in named.items():
        votes[slug] += TITLE_WEIGHT * len(blocks) * len(words) / len(title)
    return votes


def _elected(block: Block, slug: str, share: float, words: str | None) -> Block:
    """Return the block in the elected section; where the title names it, the title states it."""
    own = block.section_candidate == slug
    if own and block.section and not words:
        return block
    sure = max(share, (block.section_confidence or 0.0) if own else 0.0)
    return block._replace(
        section=slug,
        section_candidate=slug,
        section_method="stated" if words else "inferred",
        section_confidence=round(min(sure, 0.999), 4),
        section_evidence=f"heading: {words}" if words else "neighbours under the same heading",
    )
