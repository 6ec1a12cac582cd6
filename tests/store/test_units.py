"""The units of a build: each is told in the unit it is compared in, or left as it is."""

from pathlib import Path

import pytest
from samples import make_label, publish

from labelpipe.model import Label, Pharmacokinetic, Product
from labelpipe.store.query import run_query


def with_facts(half_life: Pharmacokinetic, product: Product) -> Label:
    label = make_label()
    [old], [product_before] = label.facts.pharmacokinetics, label.facts.products
    value = old._replace(**{n: getattr(half_life, n) for n in ("value_low", "value_high", "unit")})
    facts = label.facts.__class__(
        pharmacokinetics=(value,), products=(product._replace(block_no=product_before.block_no),)
    )
    return Label(label.doc_id, label.document, label.text, label.blocks, label.sections, facts, label.findings)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    half_life = Pharmacokinetic(1, "half_life", "90 minutes", "=", 90, 90, unit="min")
    publish([with_facts(half_life, Product(1, None, "125 mcg/5 mL", 125, "ug", 5, "mL"))], folder)
    return folder


def answer(output: Path, sql: str) -> list[tuple[object, ...]]:
    return [tuple(row.values()) for row in run_query(output, sql).to_pylist()]


def test_a_half_life_is_told_in_hours(output: Path) -> None:
    assert answer(output, "SELECT low_hours, high_hours FROM half_life_hours") == [(1.5, 1.5)]


def test_strengths_compare_across_labels(output: Path) -> None:
    assert answer(output, "SELECT strength, unit FROM comparable_strengths") == [(0.025, "mg/mL")]


def test_a_unit_has_its_factor(output: Path) -> None:
    rows = answer(output, "FROM units WHERE unit IN ('min', 'ug/mL', '[iU]')")
    assert rows == [
        ("[iU]", True, "[iU]", 1.0),
        ("min", True, "h", pytest.approx(1 / 60)),
        ("ug/mL", True, "mg/mL", 0.001),
    ]


@pytest.mark.parametrize(
    ("amount", "expected"), [("'min', 'h'", 1.5), ("'min', 'mg'", None), ("'[iU]', 'mg'", None), ("'mcg', 'mg'", None)]
)
def test_sql_converts_or_refuses(output: Path, amount: str, expected: float | None) -> None:
    assert answer(output, f"SELECT in_unit(90, {amount})") == [(expected,)]
