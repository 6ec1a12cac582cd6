"""Interacting substances, one a row, with how strongly the label warns of each."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from labelpipe.extract.leads import led
from labelpipe.extract.sentences import Span, sentences, without_references
from labelpipe.extract.severity import severity_of
from labelpipe.extract.substances import substances_in
from labelpipe.model import Block, Interaction
from labelpipe.vocabulary import load
from labelpipe.vocabulary.phrases import any_of

CONFIDENCE = {"list": 0.9, "table": 0.9, "prose": 0.8}

_CELL = re.compile(r"[^\t|]+")
_LABEL = re.compile(r"[^:]{2,160}:(?=\s)")
_SAID = ("paragraph", "callout", "list_item", "table_row")

Warned = tuple[str, str] | None
"""How strongly the words warn, and the words that do."""

Found = tuple[Span, Warned, Block, Span, str]
"""A substance, how strongly the words warn and which words do, and where: block, sentence or row, method."""


def read_interactions(blocks: tuple[Block, ...], names: frozenset[str]) -> tuple[Interaction, ...]:
    """Return the substances that the sections on interactions name, each with its first words.

    A substance is named again only with another warning; without one it is left out where it has one elsewhere.
    """
    found: dict[tuple[str, str | None], Found] = {}
    for row in _found(blocks, names):
        found.setdefault((row[0].text.casefold(), row[1][0] if row[1] else None), row)
    warned = {name for name, severity in found if severity}
    kept = [row for (name, severity), row in found.items() if severity or name not in warned]
    return tuple(_row(number, *row) for number, row in enumerate(kept, 1))


def _found(blocks: tuple[Block, ...], names: frozenset[str]) -> Iterator[Found]:
    sections = tuple(load("safety")["interaction"]["sections"])
    places = [place for place in led(blocks, sections) if place.block.kind in _SAID]
    group: Warned = None
    for at, (block, _, lead_in, _, _) in enumerate(places):
        cells = _cells(block)
        if len(cells) == 1:
            group = _behind(cells[0].text, (place.block for place in places[at + 1 :]))
        over = severity_of(lead_in) if lead_in else None
        if cells:
            over = group if len(cells) == 1 or _is_head(cells[0], "examples") else None
        for part, said, is_label, method in _parts(block, cells):
            substances = substances_in(part.text, names, is_label)
            if substances and not _words("none").search(without_references(part.text)):
                severity = _first(part, said, cells) or over
                for substance in substances:
                    yield substance, severity, block, said, method


def _first(part: Span, said: Span, cells: list[Span]) -> Warned:
    """Return how strongly the substance's own words warn, else the cells beside it, the first that does."""
    asked = (part, *cells) if cells and part == cells[0] else (part if cells else said,)
    told = (sentence.text for words in asked for sentence in (sentences(words.text) if cells else (words,)))
    return next(filter(None, (severity_of(without_references(words)) for words in told)), None)


def _behind(group: str, blocks: Iterable[Block]) -> Warned:
    """Return how strongly the rows below a row that is one cell warn, as far as they only say what to do.

    A sentence that excepts the group (`strong inhibitors, except ritonavir`) warns of others.
    """
    excepts = re.compile(
        rf"\b(?:{'|'.join(load('safety')['interaction']['excepts'])})\s+{re.escape(group.strip())}\b", re.I
    )
    for block in blocks:
        cells = _cells(block)
        if len(cells) < 2 or not _is_head(cells[0], "heads"):
            return None
        words = " ".join(said.text for said in sentences(block.text) if not excepts.search(said.text))
        severity = severity_of(without_references(words)) if _is_head(cells[0], "advice") else None
        if severity:
            return severity
    return None


def _is_head(cell: Span, which: str) -> bool:
    return bool(_words(which).fullmatch(cell.text.strip(" :*\t")))


def _cells(block: Block) -> list[Span]:
    """Return the cells of a table's row, however its format parts them; of other blocks nothing."""
    if block.kind != "table_row":
        return []
    return [Span(match[0], match.start()) for match in _CELL.finditer(block.text) if match[0].strip()]


def _parts(block: Block, cells: list[Span]) -> Iterator[tuple[Span, Span, bool, str]]:
    """Yield the words that may name substances, those that are quoted, whether the first are a label, the method."""
    whole = Span(block.text, 0)
    if cells and _is_head(cells[0], "heads"):
        for said in sentences(cells[1].text) if len(cells) > 1 else ():
            yield Span(said.text, cells[1].start + said.start), whole, False, "table"
    elif cells:
        yield cells[0], whole, True, "table"
    elif block.kind == "list_item":
        label = _LABEL.match(block.text)
        goes_on = label and any(not one.start for one in substances_in(block.text[label.end() :].strip(), frozenset()))
        yield Span(label[0], 0) if label and not goes_on else whole, whole, True, "list"
    else:
        yield from ((said, said, False, "prose") for said in sentences(block.text))


def _row(number: int, substance: Span, severity: Warned, block: Block, said: Span, method: str) -> Interaction:
    return Interaction(
        interaction_no=number,
        substance=substance.text,
        severity=severity[0] if severity else None,
        severity_text=severity[1] if severity else None,
        block_no=block.block_no,
        char_start=block.char_start + said.start,
        char_end=block.char_start + said.end,
        quote=said.text,
        method=method,
        confidence=CONFIDENCE[method],
    )


@cache
def _words(which: str) -> Any:
    return any_of(load("safety")["interaction"][which])
