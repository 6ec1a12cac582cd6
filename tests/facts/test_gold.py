"""The gold set itself: enough of it, its spans lie in its passages, its sources have not changed."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from labelpipe.evaluation.fact_gold import Passage, Roots, held_out_drugs, pointed_at, read_passages, read_rows

GOLD = Path(__file__).parent / "gold"
ROOTS = Roots(GOLD.parents[2], Path(os.environ.get("LABELPIPE_SHARED", "/nowhere")) / "corpus")
FILES = {"doses": "facts", "pharmacokinetics": "facts", "products": "products", "boxed_warnings": "states"}
ENOUGH = {"doses": 300, "pharmacokinetics": 300, "products": 150, "boxed_warnings": 100}
needs_shared = pytest.mark.skipif(not ROOTS.corpus.is_dir(), reason="LABELPIPE_SHARED names no folder of labels")


def facts_of(name: str) -> list[dict[str, Any]]:
    return [fact for row in read_rows(GOLD, name) for fact in row[FILES[name]]]


@pytest.mark.parametrize("name", FILES)
def test_there_are_enough_facts_on_both_sides(name: str) -> None:
    held_out = held_out_drugs(GOLD)
    required = [
        row["drug"] in held_out
        for row in read_rows(GOLD, name)
        for fact in row[FILES[name]]
        if not fact.get("optional")
    ]
    assert len(required) >= ENOUGH[name]
    assert 0.2 < sum(required) / len(required) < 0.5


@pytest.mark.parametrize("name", ["doses", "pharmacokinetics"])
def test_many_passages_have_numbers_that_are_no_facts(name: str) -> None:
    rows = read_rows(GOLD, name)
    assert sum(not row["facts"] for row in rows) > len(rows) / 4


@pytest.mark.parametrize("name", ["doses", "pharmacokinetics"])
def test_our_own_passages_are_where_they_were(name: str, tmp_path: Path) -> None:
    own = [row for row in read_rows(GOLD, name) if row["source"].startswith("training/")]
    assert own
    check(read_copied(own, name, tmp_path))


@needs_shared
@pytest.mark.parametrize("name", ["doses", "pharmacokinetics"])
def test_passages_of_the_corpora_are_where_they_were(name: str) -> None:
    check(read_passages(GOLD, name, ROOTS))


@pytest.mark.parametrize(("name", "at_least"), [("contraindications", 70), ("interactions", 200)])
def test_items_and_substances_are_where_they_were(name: str, at_least: int) -> None:
    told = [words for row in read_rows(GOLD, name) for words, _ in pointed_at(row, ROOTS)]
    assert len(told) >= at_least
    assert all(words and words == words.strip() for words in told)


def read_copied(rows: list[dict[str, Any]], name: str, folder: Path) -> list[Passage]:
    (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return read_passages(folder, name, ROOTS)


def check(passages: list[Passage]) -> None:
    for passage in passages:
        for fact in passage.facts:
            start, end = fact["at"]
            assert 0 <= start < end <= len(passage.words), (passage.source, passage.locator, fact)
