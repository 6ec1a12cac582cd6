"""The page this project began with: an injection's label whose dosing advice is that of the tablets."""

import os
from pathlib import Path

import pytest

import labelpipe
from labelpipe.model import Dose

SHARED = Path(os.environ.get("LABELPIPE_SHARED", "/nowhere"))
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="LABELPIPE_SHARED names no folder of gold")


@pytest.fixture(scope="module")
def doses() -> tuple[Dose, ...]:
    return labelpipe.parse(SHARED / "gold/gablofen/gablofen.txt").facts.doses


def test_the_oral_maximum_of_adults(doses: tuple[Dose, ...]) -> None:
    [dose] = [dose for dose in doses if (dose.value_high, dose.unit, dose.per) == (80, "mg", "d")]
    assert (dose.population, dose.route, dose.kind, dose.value_low) == ("adult", "ORAL", "maximum", None)


def test_the_oral_range_of_children(doses: tuple[Dose, ...]) -> None:
    [dose] = [dose for dose in doses if (dose.unit, dose.per) == ("mg", "kg/d")]
    assert (dose.value_low, dose.value_high, dose.population, dose.route) == (0.75, 2, "pediatric", "ORAL")


def test_no_dose_is_tied_to_the_intrathecal_product(doses: tuple[Dose, ...]) -> None:
    label = labelpipe.parse(SHARED / "gold/gablofen/gablofen.txt")
    assert {product.route for product in label.facts.products} == {"INTRATHECAL"}
    assert [dose.product_no for dose in doses] == [None] * len(doses)
    assert {dose.route_method for dose in doses} == {"inferred"}
