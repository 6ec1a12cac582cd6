"""Paragraphs as sentences run through them: wrapped lines are one, and a heading says whom the rest is about."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from labelpipe.model import Block
from labelpipe.vocabulary import load, pattern

_SPEAKING = ("paragraph", "list_item", "callout")
_ENDS = re.compile(r"[.:;!?][\"')\]”’]*\s*$")
_GOES_ON = re.compile(r"[a-z\d(±<>≤≥~]")
_WRAPPED = 40
"""A line of fewer characters is no line of wrapped text that goes on."""


class Flow(NamedTuple):
    """The words of one block, or of the lines of a wrapped paragraph; `starts` says where each block's begin."""

    text: str
    blocks: tuple[Block, ...]
    starts: tuple[int, ...]
    about: "About"

    def block_at(self, place: int) -> Block:
        """Return the block in which a place of the words stands."""
        return next(b for b, start in zip(reversed(self.blocks), reversed(self.starts), strict=True) if start <= place)


class About(NamedTuple):
    """What a heading says of the words below it: whose values they are; `others` where they are not the drug's own."""

    population: str | None = None
    others: bool = False


def flows(blocks: tuple[Block, ...], source: str = "") -> Iterator[Flow]:
    """Yield the words of the sections on kinetics, in document order, and what the heading above says of them.

    What stands between the lines of wrapped text is taken from the `source`, the text that blocks point into.
    """
    where = load("kinetics_prose")["where"]["sections"]
    about, section, held = About(), None, list[Block]()
    for block in blocks:
        told = block.kind in _SPEAKING and (block.section is None or block.section in where)
        if held and not (told and _is_next_line(held[-1], block, source)):
            yield _flow(held, about, source)
            held = []
        if block.kind == "heading" or block.section != section:
            about, section = _heading(block.text) if block.kind == "heading" else About(), block.section
        if told:
            held.append(block)
    if held:
        yield _flow(held, about, source)


def heading_of(sentence: str) -> About | None:
    """Return what a heading says that a sentence of flattened text begins with: `Pediatric Patients The half-life`."""
    match = _run_in().match(sentence)
    return _about(match) if match else None


def _flow(held: list[Block], about: About, source: str) -> Flow:
    first, last = held[0], held[-1]
    text = first.text if first is last else source[first.char_start : last.char_end]
    return Flow(text, tuple(held), tuple(block.char_start - first.char_start for block in held), about)


def _is_next_line(last: Block, block: Block, source: str) -> bool:
    """Whether a block is the next line of a paragraph that was wrapped: no sentence ends before it, none begins."""
    between = source[last.char_end : block.char_start]
    both = last.kind == block.kind == "paragraph" and between.count("\n") == 1 and not between.strip()
    return both and len(last.text) >= _WRAPPED and not _ENDS.search(last.text) and bool(_GOES_ON.match(block.text))


def _heading(words: str) -> About:
    match = _alone().fullmatch(words.strip())
    return _about(match) if match else About()


def _about(match: re.Match[str]) -> About:
    named = match.lastgroup or "none"
    return About(None if named in ("none", "others") else named, named == "others")


def _named() -> str:
    groups = load("kinetics_prose")["headings"].items()
    named = "|".join(f"(?P<{name}>{'|'.join(pattern(words) for words in phrases)})" for name, phrases in groups)
    return rf"(?:\d+(?:\.\d+)*\s+)?(?:s\w+ populations:?\s+)?(?:{named})"


@cache
def _alone() -> re.Pattern[str]:
    return re.compile(rf"{_named()}\s*:?", re.I)


@cache
def _run_in() -> re.Pattern[str]:
    return re.compile(rf"(?=[\dA-Z])(?i:{_named()})\s*(?::\s*|(?<=[a-z\d])\s+)(?=[A-Z])")
