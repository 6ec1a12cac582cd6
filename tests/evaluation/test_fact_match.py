"""Rows against gold facts: what counts as the same, and which row is which fact."""

from typing import Any

import pytest

from labelpipe.evaluation.fact_match import differences, match

DOSE: dict[str, Any] = {"value_low": 40, "value_high": 40, "unit": "mg", "per": None, "frequency": "twice daily"}
CORE = ("value_low", "value_high", "unit", "per")


def dose(**columns: Any) -> dict[str, Any]:
    return {**DOSE, **columns}


@pytest.mark.parametrize(
    ("fact", "row", "differing"),
    [
        (dose(), dose(), ()),
        (dose(), dose(frequency="Twice  Daily"), ()),
        (dose(), dose(value_high=80, unit="g"), ("value_high", "unit")),
        (dose(frequency="once-daily"), dose(frequency="once daily"), ()),
        (dose(frequency={"any_of": [None, "twice daily"]}), dose(frequency=None), ()),
        (dose(per="d", frequency=None), dose(per=None, frequency="daily"), ()),
        (dose(per="kg/d", frequency=None), dose(per="kg", frequency="a day"), ()),
        (dose(per="d", frequency=None), dose(per="d", frequency="each day"), ()),
        (dose(per="d", frequency=None), dose(per=None, frequency="twice daily"), ("per", "frequency")),
        (
            {"value_high": 80, "value_low": None, "kind": "maximum"},
            dose(value_low=80, value_high=80, kind="maximum"),
            (),
        ),
        (
            {"value_high": 80, "value_low": None, "kind": "starting"},
            dose(value_low=80, value_high=80, kind="starting"),
            ("value_low",),
        ),
        ({"qualifiers": ["Renal"]}, {"qualifiers": ("renal",)}, ()),
        ({"qualifiers": ["Renal"]}, {"qualifiers": ("Renal", "Mean")}, ("qualifiers",)),
        ({"qualifiers": ["Renal"], "qualifiers_also": ["mean"]}, {"qualifiers": ("Renal", "Mean")}, ()),
        ({"qualifiers": ["Renal"], "qualifiers_also": ["*"]}, {"qualifiers": ("Mean",)}, ("qualifiers",)),
    ],
)
def test_what_differs(fact: dict[str, Any], row: dict[str, Any], differing: tuple[str, ...]) -> None:
    assert differences(fact, row) == differing


def test_the_row_that_fits_best_is_the_fact() -> None:
    found = match([dose(frequency="daily"), dose()], [dose(), dose(frequency="daily")], CORE[:3])
    assert (found.facts, found.rows, found.exact) == (2, 2, 2)


def test_a_row_is_one_fact_only() -> None:
    found = match([dose(), dose()], [dose()], CORE)
    assert (len(found.pairs), len(found.missed), found.spurious) == (1, 1, [])


def test_a_row_with_another_amount_is_made_up() -> None:
    found = match([dose()], [dose(value_low=5, value_high=5)], CORE)
    assert (found.exact, len(found.missed), len(found.spurious)) == (0, 1, 1)


def test_an_optional_fact_takes_its_row_out_of_the_count() -> None:
    found = match([{**dose(), "optional": True}], [dose(frequency=None)], CORE)
    assert (found.facts, found.rows, found.missed, found.spurious) == (0, 0, [], [])
