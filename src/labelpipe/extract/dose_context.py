"""What stands over a block of a dosing section and holds for it: its heading, and the lead-in of its list or table."""

import re
from collections.abc import Iterator, Set
from functools import lru_cache
from typing import NamedTuple

from labelpipe.extract.dose_amounts import may_have_amounts
from labelpipe.extract.dose_scope import Scope, scope_of
from labelpipe.extract.dose_words import kind_said
from labelpipe.model import Block
from labelpipe.vocabulary import load

SAID = ("paragraph", "list_item", "callout")
"""Kinds of blocks whose sentences are read."""

_TAIL = 8
_HANGING = ("list_item", "table_row")
_LONGEST_LEAD_IN = 240
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_OF_DOSES = re.compile(r"\b(?:dos(?:e|es|age|ages|ing)|daily|amounts?|start\w*|titrat\w*|therapy|treatment)\b", re.I)
_TITLE_WORDS = 6
_LONGEST_TITLE = 160
LEADS = ("starting", "loading", "maximum", "titration")
"""Kinds that words over an amount announce: `recommended` and the like are too weak."""


class Context(NamedTuple):
    """Whom the words above a block speak of, what kind of dose they announce, and whether the block must say so itself.

    `strict`: the section tells of more than doses, so that an amount alone is none; `explicit`: of other things, so
    that only a sentence which recommends a dose has one; `is_missed`: of a dose that was missed.
    """

    scope: Scope
    kind: str | None
    words: str
    strict: bool
    explicit: bool
    is_missed: bool = False


def contexts(blocks: tuple[Block, ...], rows: Set[int] = frozenset()) -> Iterator[tuple[Block, Context]]:
    """Yield the blocks of dosing sections that have amounts, with what stands over them, in document order.

    `rows` are the numbers of the blocks with which tables begin.
    """
    where = load("doses")["where"]
    dosing = frozenset([*where["sections"], *where["explicit"]])
    heading = lead_in = title = caption = ""
    for block in blocks:
        if block.kind == "heading":
            heading, lead_in, title, caption = block.text, "", "", ""
        elif block.section in dosing:
            title = block.text if _is_title(block) else title
            hangs = block.kind in _HANGING
            if block.block_no in rows or (block.kind in SAID and may_have_amounts(block.text)):
                above = caption if caption and block.kind == "table_row" else lead_in
                context = _context(block.section, f"{heading} | {title}" if title else heading, above)
                yield block, context if hangs or not lead_in else context._replace(kind=None)
            if not hangs:
                lead_in = block.text if block.text[-_TAIL:].rstrip().endswith(":") else ""
                caption = block.text if block.kind == "caption" else ""


def _is_title(block: Block) -> bool:
    """Whether a paragraph is a heading that the format does not call one: a few words, no sentence."""
    if block.kind != "paragraph" or len(block.text) > _LONGEST_TITLE:
        return False
    words = block.text.strip()
    return len(words.split()) <= _TITLE_WORDS and not words.endswith((".", ":", ";"))


@lru_cache(maxsize=512)
def _context(section: str | None, heading: str, lead_in: str) -> Context:
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
    )
