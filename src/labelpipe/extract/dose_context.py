"""What stands over a block of a dosing section and holds for it: its heading, and the lead-in of its list or table."""

import re
from collections.abc import Iterator, Set
from functools import lru_cache
from typing import NamedTuple

from labelpipe.extract.dose_amounts import may_have_amounts
from labelpipe.extract.dose_indications import Uses, indication_in, uses_of
from labelpipe.extract.dose_scope import NO_SCOPE, Scope, scope_of
from labelpipe.extract.dose_words import kind_said
from labelpipe.extract.run_ins import run_ins
from labelpipe.model import Block
from labelpipe.vocabulary import load

SAID = ("paragraph", "list_item", "callout")
"""Kinds of blocks whose sentences are read."""

_TAIL = 8
_HANGING = ("list_item", "table_row")
_LONGEST_LEAD_IN = 240
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_OF_DOSES = re.compile(r"\b(?:dos(?:e|es|age|ages|ing)|daily|amounts?|start\w*|titrat\w*|therapy|treatment)\b", re.I)
_TITLE_WORDS = 16
_LONGEST_TITLE = 160
_NUMBERED = re.compile(r"\d{1,2}\.\d{1,2}\.?\s+(?=[A-Z])")
LEADS = ("starting", "loading", "maximum", "titration")
"""Kinds that words over an amount announce: `recommended` and the like are too weak."""


class Context(NamedTuple):
    """Whom the words above a block speak of, what kind of dose they announce, and whether the block must say so itself.

    `strict`: the section tells of more than doses, so that an amount alone is none; `explicit`: of other things, so
    that only a sentence which recommends a dose has one; `is_missed`: of a dose that was missed. `uses` are the words
    with which the label says what it is for, `indication` what the words above are named after.
    """

    scope: Scope
    kind: str | None
    words: str
    strict: bool
    explicit: bool
    is_missed: bool = False
    uses: Uses = frozenset()
    indication: str | None = None


def contexts(
    blocks: tuple[Block, ...], rows: Set[int] = frozenset(), names: frozenset[str] = frozenset()
) -> Iterator[tuple[Block, Context]]:
    """Yield the blocks of dosing sections that have amounts, with what stands over them, in document order.

    `rows` are the numbers of the blocks with which tables begin, `names` the label's own.
    """
    where = load("doses")["where"]
    dosing = frozenset([*where["sections"], *where["explicit"]])
    uses = uses_of(blocks) - names
    heading = lead_in = title = caption = group = opened = ""
    for block in blocks:
        if block.kind == "heading":
            heading, lead_in, title, caption, group, opened = block.text, "", "", "", "", ""
        elif block.section in dosing:
            hangs = block.kind in _HANGING
            if _NUMBERED.match(block.text):  # a part of its own, whose title runs into its text
                heading = lead_in = title = ""
            if not hangs:
                group, opened = "", " | ".join(run_ins(block.text))
            if _is_title(block):
                title, group = (title, block.text) if hangs else (block.text, "")
            if block.block_no in rows or (block.kind in SAID and may_have_amounts(block.text)):
                above = caption if caption and block.kind == "table_row" else lead_in
                over = " | ".join(filter(None, (heading, title, opened if hangs else "", group)))
                context = _context(block.section, over, above, uses)
                yield block, context if hangs or not lead_in else context._replace(kind=None)
            leads = block.text[-_TAIL:].rstrip().endswith(":")
            if block.kind == "list_item" and leads:
                lead_in = block.text
            if not hangs:
                lead_in = block.text if leads else ""
                caption = block.text if block.kind == "caption" else ""


def _is_title(block: Block) -> bool:
    """Whether a block is a heading that the format does not call one: a few words, no sentence and no dose.

    An item of a list is one where it says no more than whom the items behind it are about.
    """
    words = block.text.strip()
    if block.kind not in ("paragraph", "list_item") or len(words) > _LONGEST_TITLE:
        return False
    if len(words.split()) > _TITLE_WORDS or words.endswith((".", ":", ";", ",")) or may_have_amounts(words):
        return False
    return block.kind == "paragraph" or scope_of(words) is not NO_SCOPE


@lru_cache(maxsize=512)
def _context(section: str | None, heading: str, lead_in: str, uses: Uses) -> Context:
    where = load("doses")["where"]
    told = _SENTENCE_END.split(lead_in)[-1][-_LONGEST_LEAD_IN:]
    over = scope_of(told)
    for part in reversed(heading.split(" | ")):
        over = over.over(scope_of(part, is_title=True))
    whom = where["population"].get(section)
    scope = over.over(Scope(whom)) if whom else over
    kind = kind_said(told) or (kind_said(heading) if _OF_DOSES.search(heading) else None)
    return Context(
        scope,
        kind if kind in LEADS else None,
        told or heading,
        section in where["strict"],
        section in where["explicit"],
        section == "missed_dose",
        uses,
        next(filter(None, (indication_in(part, uses) for part in (told, *reversed(heading.split(" | "))))), None),
    )
