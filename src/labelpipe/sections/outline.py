"""The label's outline: one entry a heading, or, without headings, one a section with its blocks from everywhere."""

from collections import Counter
from collections.abc import Iterable, Sequence

from labelpipe.model import Block, Section
from labelpipe.sections.units import PLACED_KINDS, UNITS_A_HEADING
from labelpipe.vocabulary import load, sections
from labelpipe.vocabulary.pages import is_page_heading

Entry = tuple[Block | None, str, list[Block]]
"""The heading over the blocks (None where it was lost), their section, and the blocks."""


def outline(blocks: Sequence[Block], first_no: int = 1) -> tuple[Section, ...]:
    """Return the sections of placed blocks: headed ones in document order, the others in the vocabulary's."""
    entries = _entries(blocks)
    first: dict[str, int] = {}
    for number, (_, slug, _) in enumerate(entries, first_no):
        first.setdefault(slug, number)
    return tuple(_section(number, entry, first) for number, entry in enumerate(entries, first_no))


def _entries(blocks: Sequence[Block]) -> list[Entry]:
    """Gather what stands under a heading, where headings are the rule; the rest by section, wherever it stands."""
    headed: list[tuple[Block, list[Block]]] = []
    loose: dict[str, list[Block]] = {}
    heading: Block | None = None
    well_headed = _well_headed(blocks)
    for block in blocks:
        if block.kind == "heading":
            heading = None if is_page_heading(block.text) else block
        elif block.section is None:
            continue
        elif heading is None or block.section == "faq" or not (well_headed or block.section_method == "stated"):
            loose.setdefault(block.section, []).append(block)
        elif headed and headed[-1][0] is heading:
            headed[-1][1].append(block)
        else:
            headed.append((heading, [block]))
    slugs = [*sections(), *sorted(set(loose) - set(sections()))]
    rows: list[Entry] = [(title, most_common(found) or "", found) for title, found in headed]
    return rows + [(None, slug, loose[slug]) for slug in slugs if slug in loose]


def _well_headed(blocks: Sequence[Block]) -> bool:
    headings = sum(block.kind == "heading" and not is_page_heading(block.text) for block in blocks)
    return headings * UNITS_A_HEADING >= sum(block.kind in PLACED_KINDS for block in blocks)


def most_common(blocks: Iterable[Block]) -> str | None:
    """Return the section that most of the blocks are placed in; None where none is placed."""
    counts = Counter(block.section for block in blocks if block.section)
    return counts.most_common(1)[0][0] if counts else None


def _section(number: int, entry: Entry, first: dict[str, int]) -> Section:
    heading, slug, blocks = entry
    known = load("sections").get(slug, {})
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
        section_method="stated"
        if any(b.section_method == "stated" and b.section == slug for b in blocks)
        else "inferred",
        section_confidence=mean_confidence(blocks),
    )


def mean_confidence(blocks: Iterable[Block]) -> float | None:
    """Return the mean probability that the blocks belong where they are; None where none has one."""
    known = [block.section_confidence for block in blocks if block.section_confidence is not None]
    return round(sum(known) / len(known), 4) if known else None
