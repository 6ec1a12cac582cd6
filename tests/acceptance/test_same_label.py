"""The same label as XML, as the regulator's HTML, and as openFDA's JSON: the same words in the same sections."""

import os
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import pytest
from flattening import flatten

import labelpipe
from labelpipe.model import Label, Product
from labelpipe.pipeline import build
from labelpipe.store.verify import problems

SHARED = Path(os.environ.get("LABELPIPE_SHARED", "/nowhere"))
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="LABELPIPE_SHARED names no folder of corpora")

MIN_EQUAL = 0.99
Items = Counter[tuple[str, str, str | None]]


def items(label: Label) -> Items:
    """Return the paragraphs, list items and cells of a label, each with its section."""
    said = [block for block in label.blocks if block.kind in ("paragraph", "list_item")]
    sections = {table.table_no: table.section for table in label.facts.tables}
    return Counter(
        [(block.kind, squeezed(block.text), block.section) for block in said]
        + [("cell", squeezed(cell.text), sections[cell.table_no]) for cell in label.facts.table_cells]
    )


def squeezed(words: str) -> str:
    return "".join(words.split())


def test_xml_and_html_say_the_same_in_the_same_sections() -> None:
    pages = {label.document.set_id: label for label in parsed("dailymed_html")}
    n_pairs, n_items, n_equal = 0, 0, 0
    for label in parsed("spl"):
        if page := pages.get(label.document.set_id):
            own, shown = items(label), items(page)
            n_pairs += 1
            n_items += own.total()
            n_equal += (own & shown).total()
    assert n_pairs == 28  # one page is that of another label
    assert n_equal >= MIN_EQUAL * n_items, f"{n_equal} of {n_items}"


def test_products_printed_below_a_page_are_those_of_the_xml() -> None:
    pages = {label.document.set_id: label for label in parsed("dailymed_html")}
    n_products = 0
    for label in parsed("spl"):
        if page := pages.get(label.document.set_id):
            assert sorted(map(facts_of, page.facts.products)) == sorted(map(facts_of, label.facts.products))
            assert ingredients_of(page) == ingredients_of(label)
            n_products += len(page.facts.products)
    assert n_products == 84


def facts_of(product: Product) -> tuple[str, ...]:
    """Return what both formats print; not the strength's own words, for a page leaves out `in 1` of a tablet."""
    columns = [
        *("name", "ndc", "ndc11", "route", "dosage_form"),
        *("strength_value", "strength_unit", "strength_per_value", "strength_per_unit"),
        *("marketing_category", "application_number"),
    ]
    return tuple(str(getattr(product, column)).casefold() for column in columns)


def ingredients_of(label: Label) -> set[tuple[str, str | None, bool]]:
    return {(one.name, one.unii, one.is_active) for one in label.facts.ingredients}


def parsed(corpus: str) -> list[Label]:
    return [labelpipe.parse(path) for path in sorted((SHARED / "corpus" / corpus).iterdir())]


def ask(output: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(output / "labels.duckdb"), read_only=True) as con:
        return con.execute(sql).fetchall()


def test_labels_in_both_corpora_are_of_other_versions_and_a_finding_says_so(tmp_path: Path) -> None:
    corpus = SHARED / "corpus"
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    both = [("3904f8dd", "BLA125388.json"), ("c6e131fe", "NDA020702.json")]
    for prefix, _ in both:
        [label] = (corpus / "spl").glob(f"{prefix}*")
        (inbox / label.name).symlink_to(label)
    for _, record in both:
        (inbox / record).symlink_to(corpus / "openfda" / record)
    build([inbox], tmp_path / "out")
    rows = ask(
        tmp_path / "out",
        "SELECT source_path, evidence FROM documents JOIN findings USING (doc_id) WHERE rule = 'other_version'",
    )
    told = dict(rows)
    assert len(told) == 4
    assert told["BLA125388.json"].startswith("7 (3904f8dd")
    assert told["NDA020702.json"].startswith("11 (c6e131fe")


@pytest.mark.slow
def test_xml_and_flattened_json_agree_or_a_finding_says_where_not(tmp_path: Path) -> None:
    """A label flattened as openFDA does it has the same sections; where words are elsewhere, a finding names them."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for path in sorted((SHARED / "corpus/spl").iterdir()):
        (inbox / path.name).symlink_to(path)
        (inbox / f"{path.stem}.json").write_bytes(flatten(path.read_bytes()))
    build([inbox], tmp_path / "out")
    assert list(problems(tmp_path / "out")) == []
    differing, n_sections = 0, 0
    for path in sorted((SHARED / "corpus/spl").iterdir()):
        own, flat = (sections_of(tmp_path / "out", inbox / name) for name in (path.name, f"{path.stem}.json"))
        [told] = ask(
            tmp_path / "out",
            "SELECT coalesce(string_agg(evidence, '; '), '') FROM findings JOIN documents USING (doc_id) "
            f"WHERE rule = 'formats_disagree' AND source_path = '{path.name}'",
        )
        for section, words in own.items():
            missing = words - flat.get(section, Counter())
            n_sections += 1
            if missing.total() > 0.05 * words.total():
                differing += 1
                assert f"{section}: " in told[0], (path.name, section, missing.most_common(20))
    assert n_sections > 500
    assert differing <= 0.05 * n_sections


def sections_of(output: Path, path: Path) -> dict[str, Counter[str]]:
    rows = ask(
        output,
        "SELECT section, concat_ws(' ', title, text) FROM sections JOIN documents USING (doc_id) "
        f"WHERE section_method = 'stated' AND source_path = '{path.name}'",
    )
    words: dict[str, Counter[str]] = {}
    for section, said in rows:
        words.setdefault(section, Counter()).update(bare(said))
    return words


def bare(words: str) -> list[str]:
    """Return the runs of letters and of digits."""
    runs = "".join(f" {c} " if c.isdigit() else c if c.isalpha() else " " for c in words.casefold())
    return runs.split()
