"""How well facts are read: the gold passages through the whole pipeline, each in its document."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from labelpipe.errors import UnreadableSource
from labelpipe.evaluation.fact_gold import (
    Passage,
    Roots,
    held_out_drugs,
    open_source,
    pointed_at,
    read_passages,
    read_rows,
)
from labelpipe.evaluation.fact_match import Matched, Row, match
from labelpipe.model import Label
from labelpipe.pipeline import parse_source

CORE = {
    "doses": ("value_low", "value_high", "unit", "per"),
    "pharmacokinetics": ("parameter", "value_low", "value_high", "value_mean", "value_sd", "unit"),
    "products": ("ndc_labeler", "ndc_product", "strength_value", "strength_unit"),
    "boxed_warnings": ("state", "scope_route"),
    "contraindications": ("item",),
    "interactions": ("substance",),
}
"""What makes a row the fact it is, right or wrong in the other columns."""

POINTED = {"contraindications": "item", "interactions": "substance"}
"""Tables whose gold points at words of the document, and the column that has them."""

SPLITS = ("dev", "held_out")


@dataclass(slots=True)
class Outcome:
    """One table on one split: the sums, and the same passage by passage (source, locator) for looking closer."""

    total: Matched = field(default_factory=Matched)
    passages: list[tuple[str, str, str, Matched]] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def score_facts(gold: Path, roots: Roots, tables: Sequence[str] = tuple(CORE)) -> dict[tuple[str, str], Outcome]:
    """Parse every source of the gold set once; return the outcome for each (table, split)."""
    held_out = held_out_drugs(gold)
    outcomes = {(table, split): Outcome() for table in tables for split in SPLITS}
    wanted = _by_source(gold, roots, tables)
    for source, of_source in sorted(wanted.items()):
        label = _parsed(source, roots)
        for table, drug, facts in of_source:
            outcome = outcomes[table, SPLITS[drug in held_out]]
            if label is None:
                outcome.unread.append(source)
            else:
                _score(outcome, table, facts, label)
    return outcomes


def _by_source(gold: Path, roots: Roots, tables: Sequence[str]) -> dict[str, list[tuple[str, str, Any]]]:
    wanted: dict[str, list[tuple[str, str, Any]]] = defaultdict(list)
    for table in tables:
        if table in ("doses", "pharmacokinetics"):
            for passage in read_passages(gold, table, roots):
                wanted[passage.source].append((table, passage.drug, passage))
        else:
            for row in read_rows(gold, table):
                if table in POINTED:
                    told = pointed_at(row, roots)
                    row["facts"] = [{**fact, POINTED[table]: {"like": words}} for words, fact in told]
                wanted[row["source"]].append((table, row["drug"], row))
    return wanted


def _parsed(source: str, roots: Roots) -> Label | None:
    try:
        return parse_source(open_source(source, roots))
    except UnreadableSource:
        return None


def _score(outcome: Outcome, table: str, gold: Any, label: Label) -> None:
    if isinstance(gold, Passage):
        where, words, facts = (gold.source, gold.locator), gold.words, gold.facts
        rows, touching = _rows_within(label, table, words)
    else:
        where, words = (gold["source"], ""), ""
        facts = next(gold[key] for key in ("facts", "states", "products") if key in gold)
        rows, touching = list(_rows_of(label, table)), []
    found = match(facts, rows, CORE[table], touching)
    outcome.total.add(found)
    outcome.passages.append((*where, words, found))


def _rows_within(label: Label, table: str, words: str) -> tuple[list[Row], list[Row]]:
    """Return the rows read within the passage's words, and those whose words only reach into it.

    A document may have the passage twice.
    """
    spans = spans_of(words, label.text)
    within: list[Row] = []
    touching: list[Row] = []
    for record in getattr(label.facts, table):
        row = record._asdict()
        middle = (row["char_start"] + row["char_end"]) // 2
        if table == "doses" or any(row[c] is not None for c in ("value_low", "value_high", "value_mean")):
            if any(start <= middle < end for start, end in spans):
                within.append(row)
            elif any(start < row["char_end"] and row["char_start"] < end for start, end in spans):
                touching.append(row)
    return within, touching


def _rows_of(label: Label, table: str) -> Iterator[Row]:
    seen: list[Row] = []
    for record in getattr(label.facts, table):
        row = record._asdict()
        if table == "products":
            row = {key: row[key] for key in row if key not in PACKAGE_COLUMNS}
            row["route"] = "; ".join(sorted((row["route"] or "").split("; "))) or None
        if table != "products" or row not in seen:
            seen.append(row)
            yield row


PACKAGE_COLUMNS = (
    *("product_no", "block_no", "ndc", "ndc_package", "ndc11", "ndc12"),
    *("char_start", "char_end", "quote", "method", "confidence"),
)
"""In which the packages of one product differ, or the places that tell of it."""


def spans_of(words: str, text: str) -> list[tuple[int, int]]:
    """Return where words stand in a text, whatever stands between their letters and digits."""
    needle = "".join(_letters(words))
    letters, places = _places(text)
    starts = [match.start() for match in re.finditer(re.escape(needle), letters)] if needle else []
    return [(places[at], places[at + len(needle) - 1] + 1) for at in starts]


def _letters(text: str) -> Iterable[str]:
    return (character for character in text.casefold() if character.isalnum())


_cache: dict[int, tuple[str, tuple[str, list[int]]]] = {}


def _places(text: str) -> tuple[str, list[int]]:
    """Return the letters and digits of a text, and where each stands; the last text's are kept."""
    held = _cache.get(0)
    if held is None or held[0] is not text:
        found = [(c, at) for at, one in enumerate(text) for c in one.casefold() if c.isalnum()]
        held = (text, ("".join(c for c, _ in found), [at for _, at in found]))
        _cache[0] = held
    return held[1]
