"""Strengths as product tables print them."""

import pytest

from labelpipe.extract.strengths import strength_columns
from labelpipe.extract.units import ucum

READ = [
    # printed, value, unit, per value, per unit
    ("10 mg/1", 10, "mg", 1, "1"),
    ("100 [iU]/mL", 100, "[iU]", 1, "mL"),
    ("2,000 units/mL", 2000, "[USP'U]", 1, "mL"),
    ("40 mg/0.8mL", 40, "mg", 0.8, "mL"),
    ("125 mg/5 mL", 125, "mg", 5, "mL"),
    ("5 mg per 5 mL", 5, "mg", 5, "mL"),
    ("25 ug/h", 25, "ug", 1, "h"),
    ("10 mg/24h", 10, "mg", 24, "h"),
    ("5 g/100g", 5, "g", 100, "g"),
    ("20.25 mg/1.25g", 20.25, "mg", 1.25, "g"),
    ("90 mcg/actuation", 90, "ug", 1, "1"),
    ("0.05%", 0.05, "%", None, None),
    ("18 MCG", 18, "ug", None, None),
    ("1,000 mg", 1000, "mg", None, None),
    (".5 mg", 0.5, "mg", None, None),
    ("10 mEq/1", 10, "meq", 1, "1"),
]


@pytest.mark.parametrize(("printed", "value", "unit", "per_value", "per_unit"), READ)
def test_strength_is_read(printed: str, value: float, unit: str, per_value: float | None, per_unit: str | None) -> None:
    columns = strength_columns(printed)
    assert columns["strength_text"] == printed
    assert [columns[f"strength_{name}"] for name in ("value", "unit", "per_value", "per_unit")] == [
        value,
        unit,
        per_value,
        per_unit,
    ]


@pytest.mark.parametrize(
    "printed",
    [
        "50 mg/1; 12.5 mg/1",
        "80 mg/12.5 mg",
        "5 mg-325 mg",
        "2 mg/mL; 10 mg/mL",
        "500 mg base",
        "1:1000",
        "0 mg",
        "",
        "strong",
    ],
)
def test_what_is_no_single_strength_keeps_its_text_only(printed: str) -> None:
    columns = strength_columns(printed)
    assert columns["strength_text"] == printed
    assert columns["strength_value"] is None
    assert columns["strength_unit"] is None


@pytest.mark.parametrize(
    ("printed", "code"),
    [("mcg/kg/day", "ug/kg/d"), ("MG/ML", "mg/mL"), ("mL/min/1.73 m2", "mL/min/{1.73_m2}"), ("gm", "g"), ("H", "h")],
)
def test_units_become_ucum(printed: str, code: str) -> None:
    assert ucum(printed) == code


@pytest.mark.parametrize("printed", ["", "tablets", "mg/moon", "mg//mL", "furlong"])
def test_unknown_units_are_none(printed: str) -> None:
    assert ucum(printed) is None
