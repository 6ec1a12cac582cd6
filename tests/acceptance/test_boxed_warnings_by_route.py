"""The page this project began with: boxed for the injection, not for the tablets, and advice of another route."""

import os
from pathlib import Path

import pytest

import labelpipe
from labelpipe.model import Label

SHARED = Path(os.environ.get("LABELPIPE_SHARED", "/nowhere"))
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="LABELPIPE_SHARED names no folder of gold")


@pytest.fixture(scope="module")
def label() -> Label:
    return labelpipe.parse(SHARED / "gold/gablofen/gablofen.txt")


def test_the_warning_is_there_for_one_route_and_said_not_to_be_for_the_other(label: Label) -> None:
    states = {row.scope_route: row.state for row in label.facts.boxed_warnings}
    assert states == {"INTRATHECAL": "present", "ORAL": "absent"}
    assert all(row.quote and "black box" in row.quote for row in label.facts.boxed_warnings)


def test_the_ledger_says_so(label: Label) -> None:
    rules = [finding.rule for finding in label.findings]
    assert rules.count("boxed_warning_by_route") == 1
    assert "boxed_warning_contradiction" not in rules


def test_the_text_speaks_of_a_route_that_no_product_has(label: Label) -> None:
    assert {product.route for product in label.facts.products} == {"INTRATHECAL"}
    assert "ORAL" in {finding.evidence for finding in label.findings if finding.rule == "route_mismatch"}
