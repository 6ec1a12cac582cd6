"""Units: every code is UCUM, what measures the same is converted, and everything else is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import labelpipe
from labelpipe.errors import UnitError
from labelpipe.ucum import convert, is_ucum
from labelpipe.vocabulary import load

CODES = sorted({*load("units")["ucum"].values(), *load("units")["counted"].values()})


@pytest.mark.parametrize("code", [*CODES, *load("units")["comparable"]["units"]])
def test_the_vocabularys_codes_are_ucum(code: str) -> None:
    assert is_ucum(code)


@pytest.mark.parametrize("printed", ["mcg", "mEq", "IU", "hr", "cc", "gm", "µg", "mg/", "", "per day"])
def test_the_labels_own_spellings_are_none(printed: str) -> None:
    assert not is_ucum(printed)


@pytest.mark.parametrize(
    ("value", "unit", "to", "expected"),
    [
        (90, "min", "h", 1.5),
        (0.5, "mg", "ug", 500),
        (25, "ug/h", "mg/d", 0.6),
        (2, "mg/kg/d", "ug/kg/h", 83.3333333333),
        (125, "mg/{5_mL}", "mg/mL", 25),
        (30, "mL/min/{1.73_m2}", "mL/min/m2", 17.3410404624),
        (42, "ug.h/mL", "ng.h/mL", 42_000),
        (37, "MBq", "mCi", 1),
        (5000, "[iU]/mL", "[iU]/L", 5_000_000),
        (3, "{tablet}", "{tablet}", 3),
        (50, "%", "1", 0.5),
    ],
)
def test_what_measures_the_same_is_converted(value: float, unit: str, to: str, expected: float) -> None:
    assert convert(value, unit, to) == pytest.approx(expected, rel=1e-9)
    assert convert(convert(value, unit, to), to, unit) == pytest.approx(value)


@pytest.mark.parametrize(
    ("unit", "to"),
    [
        ("mg", "mL"),  # a mass and a volume
        ("mg/kg", "%"),  # per body weight, no share of it
        ("mg/kg", "mg/g"),
        ("[iU]", "[USP'U]"),  # arbitrary units have nothing in common
        ("[iU]", "mg"),
        ("[iU]", "1"),
        ("meq", "mmol"),  # needs the valence
        ("mg/{actuation}", "mg"),  # what is counted is only itself
        ("mg/{actuation}", "mg/{dose}"),
        ("mL/min/{1.73_m2}", "mL/min"),
        ("mcg", "ug"),  # no UCUM
        ("ug", "mcg"),
        ("mg", ""),
    ],
)
def test_what_would_be_a_guess_is_refused(unit: str, to: str) -> None:
    with pytest.raises(UnitError):
        convert(1, unit, to)


@pytest.mark.parametrize(
    "unit",
    [
        "[pH]",  # ucumvert parses it, its registry has no such unit
        "Cel",  # its zero is not that of other units
        "mg/(5.mL)",  # parentheses
    ],
)
def test_codes_that_the_library_cannot_convert_are_valid_and_refused(unit: str) -> None:
    assert is_ucum(unit)
    with pytest.raises(UnitError, match="keep it as printed"):
        convert(1, unit, "1")


def test_an_error_says_what_is_wrong() -> None:
    with pytest.raises(UnitError, match="'mcg' is no UCUM code"):
        labelpipe.convert(1, "mcg", "mg")
    with pytest.raises(UnitError, match="5 mg cannot be told in mL"):
        labelpipe.convert(5, "mg", "mL")


@given(st.sampled_from(CODES), st.sampled_from(CODES), st.floats(1e-6, 1e6))
def test_a_conversion_is_refused_or_can_be_taken_back(unit: str, to: str, value: float) -> None:
    try:
        there = convert(value, unit, to)
    except UnitError:
        with pytest.raises(UnitError):
            convert(value, to, unit)
    else:
        assert convert(there, to, unit) == pytest.approx(value)
