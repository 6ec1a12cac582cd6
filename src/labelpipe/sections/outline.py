"""The label's outline: one entry a heading, or, without headings, one a section with its blocks from everywhere."""

from collections.abc import Iterable, Sequence

from labelpipe.model import Block, Section
from labelpipe.vocabulary import load, sections

Entry = tuple[Block | None, str, list[Block]]
"""The heading over the blocks (None where it was lost), their section, and the blocks."""


def outline(blocks: Sequence[Block]) -> tuple[Section, ...]:
    """Return the sections of placed blocks: headed ones in document order, then the others by the vocabulary's order."""
    entries = _entries(blocks)
    first: dict[str, int] = {}
    for number, (_, slug, _) in enumerate(entries, 1):
        first.setdefault(slug, number)
    return tuple(_section(number, entry, first) for number, entry in enumerate(entries, 1))


def _entries(blocks: Sequence[Block]) -> list[Entry]:
    """Gather what stands under its own heading; the rest goes by section, wherever it stands."""
    headed: list[Entry] = []
    loose: dict[str, list[Block]] = {}
    heading: Block | None = None
    for block in blocks:
        if block.kind == "heading":
            heading = block
        elif block.section is None:
            continue
        elif block.section_method != "stated" or block.section == "faq" or heading is None:
            loose.setdefault(block.section, []).append(block)
        elif headed and headed[-1][0] is heading and headed[-1][1] == block.section:
            headed[-1][2].append(block)
        else:
            headed.append((heading, block.section, [block]))
    rest: list[Entry] = [(None, slug, loose[slug]) for slug in sections() if slug in loose]
    return headed + rest


def _section(number: int, entry: Entry, first: dict[str, int]) -> Section:
    heading, slug, blocks = entry
    known = load("sections")[slug]
    parent = first.get(known.get("parent", ""))
    return Section(
        section_no=number,
        parent_no=parent,
        depth=2 if parent else 1,
        section=slug,
        loinc=known.get("loinc"),
        title=heading.text if heading else None,
        text="\n".join(block.text for block in blocks),
        block_nos=tuple(block.block_no for block in blocks),
        section_method="stated" if heading or slug == "faq" else "inferred",
        section_confidence=_mean(block.section_confidence for block in blocks),
    )


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(sum(known) / len(known), 4) if known else None
