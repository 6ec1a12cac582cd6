"""Monographs as web pages: the pairs of their FAQ, their tables, and the section of every paragraph and list item."""

import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import labelpipe
from labelpipe.model import Block, Label

SHARED = Path(os.environ.get("LABELPIPE_SHARED", "/nowhere"))
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="LABELPIPE_SHARED names no folder of gold")

MIN_FAQ, MIN_SECTIONS = 0.98, 0.99
Gold = list[dict[str, Any]]


def pages() -> Iterator[tuple[Label, Gold]]:
    paths = sorted((SHARED / "gold/monographs/scraped").glob("*.html"))
    assert paths
    for path in paths:
        lines = Path(f"{path}.gold.jsonl").read_text(encoding="utf-8").splitlines()
        yield labelpipe.parse(path), [json.loads(line) for line in lines]


def test_questions_stand_with_their_answers() -> None:
    n_right, n_found, n_wanted = 0, 0, 0
    for label, gold in pages():
        wanted = Counter((line["question"], line["answer"]) for line in gold if line["kind"] == "faq")
        found = Counter((faq.question or "", faq.answer) for faq in label.facts.faqs)
        n_right += (wanted & found).total()
        n_found += found.total()
        n_wanted += wanted.total()
    assert 2 * n_right / (n_found + n_wanted) >= MIN_FAQ


def test_tables_are_exact() -> None:
    for label, gold in pages():
        grids = [
            [
                [cell.text for cell in label.facts.table_cells if (cell.table_no, cell.row_no) == (table.table_no, row)]
                for row in range(1, table.n_rows + 1)
            ]
            for table in label.facts.tables
        ]
        wanted = [line["rows"] for line in gold if line["kind"] == "table"]
        assert [rows for rows in wanted if rows not in grids] == []
        assert len(grids) == len(wanted) + 1  # the other one lists the products


def test_paragraphs_and_list_items_are_in_their_sections() -> None:
    n_right, n_lines = 0, 0
    for label, gold in pages():
        by_words: dict[str, list[Block]] = defaultdict(list)
        for block in label.blocks:
            by_words[" ".join(block.text.split())].append(block)
        for line in gold:
            if line["kind"] in ("paragraph", "list_item", "callout"):
                blocks = by_words[" ".join(line["text"].split())]
                n_lines += 1
                n_right += any(block.kind == line["kind"] and block.section in line["sections"] for block in blocks)
    assert n_lines > 200
    assert n_right >= MIN_SECTIONS * n_lines, f"{n_right} of {n_lines}"


def test_every_list_item_is_in_the_section_of_its_list() -> None:
    for label, _ in pages():
        for before, block in zip(label.blocks, label.blocks[1:], strict=False):
            if block.kind == "list_item" and before.kind in ("list_item", "paragraph"):
                assert block.section == before.section, block


def test_the_header_says_what_the_page_is_about() -> None:
    for label, gold in pages():
        stated = {line["field"]: line["value"] for line in gold if line["kind"] == "field"}
        about = label.document
        active = "; ".join(about.active_ingredients)
        found = {"brand_name": about.brand_name, "generic_name": about.generic_name, "active_ingredient": active}
        assert {name: stated.get(name, value) for name, value in found.items()} == found
        assert about.brand_name
        assert len(label.facts.products) == about.declared_products
