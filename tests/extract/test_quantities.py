"""Numbers with units: one line for each way a label prints them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelpipe.extract.quantities import Quantity, find_quantities, number
from labelpipe.vocabulary import load

Row = tuple[str, str, float | None, float | None, str]

SINGLE: list[Row] = [
    # printed, comparator, low, high, unit
    ("5 mg", "=", 5, 5, "mg"),
    ("5mg", "=", 5, 5, "mg"),
    ("5-mg", "=", 5, 5, "mg"),
    (".5 mg", "=", 0.5, 0.5, "mg"),
    ("0.25 mg", "=", 0.25, 0.25, "mg"),
    ("1,500 mg", "=", 1500, 1500, "mg"),
    ("1,200,000 units", "=", 1_200_000, 1_200_000, "[USP'U]"),
    ("10 000 units", "=", 10_000, 10_000, "[USP'U]"),
    ("2.4 million units", "=", 2_400_000, 2_400_000, "[USP'U]"),
    ("1.2 x 10^6 units", "=", 1_200_000, 1_200_000, "[USP'U]"),
    ("3 × 10⁹ IU", "=", 3e9, 3e9, "[iU]"),
    ("10⁶ IU", "=", 1e6, 1e6, "[iU]"),
    ("100 [iU]/mL", "=", 100, 100, "[iU]/mL"),
    ("100 USP Units/mL", "=", 100, 100, "[USP'U]/mL"),
    ("40 U/kg", "=", 40, 40, "[USP'U]/kg"),
    ("20 mEq", "=", 20, 20, "meq"),
    ("250 mcg", "=", 250, 250, "ug"),
    ("250 µg", "=", 250, 250, "ug"),
    ("250 micrograms", "=", 250, 250, "ug"),
    ("30%", "=", 30, 30, "%"),
    ("30 percent", "=", 30, 30, "%"),
    ("2 mg/kg/day", "=", 2, 2, "mg/kg/d"),
    ("2 mg per kg per day", "=", 2, 2, "mg/kg/d"),
    ("2 mg/kg of body weight per day", "=", 2, 2, "mg/kg/d"),
    ("10 mg/kg/dose", "=", 10, 10, "mg/kg/{dose}"),
    ("5 ug/mL", "=", 5, 5, "ug/mL"),
    ("0.3 L/h/kg", "=", 0.3, 0.3, "L/h/kg"),
    ("30 mL/min/1.73 m2", "=", 30, 30, "mL/min/{1.73_m2}"),
    ("125 mg/5 mL", "=", 125, 125, "mg/{5_mL}"),
    ("10 mg/1", "=", 10, 10, "mg/1"),
    ("42 ng·h/mL", "=", 42, 42, "ng.h/mL"),
    ("42 ng h/mL", "=", 42, 42, "ng.h/mL"),
    ("42 mcg*day/mL", "=", 42, 42, "ug.d/mL"),
    ("~30%", "~", 30, 30, "%"),
    ("≈30%", "~", 30, 30, "%"),
    ("about 30%", "~", 30, 30, "%"),
    ("approximately 30%", "~", 30, 30, "%"),
    ("<5 ng/mL", "<", None, 5, "ng/mL"),
    ("less than 5 ng/mL", "<", None, 5, "ng/mL"),
    (">90%", ">", 90, None, "%"),
    ("more than 90%", ">", 90, None, "%"),
    ("≤2 days", "<=", None, 2, "d"),
    ("<=2 days", "<=", None, 2, "d"),
    ("up to 92%", "<=", None, 92, "%"),
    ("no more than 40 mg", "<=", None, 40, "mg"),
    ("do not exceed 40 mg", "<=", None, 40, "mg"),
    ("40 mg or less", "<=", None, 40, "mg"),
    ("≥50%", ">=", 50, None, "%"),
    ("at least 50%", ">=", 50, None, "%"),
    ("60 kg or more", ">=", 60, None, "kg"),
]
RANGES: list[Row] = [
    ("2 - 4 hours", "=", 2, 4, "h"),
    ("2–4 h", "=", 2, 4, "h"),
    ("2 to 4 hours", "=", 2, 4, "h"),
    ("between 2 and 4 hours", "=", 2, 4, "h"),
    ("50% - 60%", "=", 50, 60, "%"),
    ("10 mg-20 mg", "=", 10, 20, "mg"),
    ("~25 - 33 hours", "~", 25, 33, "h"),
    ("10.8 - >24 h", ">=", 10.8, None, "h"),
]


@pytest.mark.parametrize(("printed", "comparator", "low", "high", "unit"), SINGLE + RANGES)
def test_printed_quantity_is_read_whole(
    printed: str, comparator: str, low: float | None, high: float | None, unit: str
) -> None:
    [found] = find_quantities(f"It was {printed}, they say.")
    assert (found.comparator, found.low, found.high, found.unit) == (comparator, low, high, unit)


@pytest.mark.parametrize("printed", ["43 ± 6%", "43 +/- 6%", "43±6 %"])
def test_plus_minus_is_mean_and_deviation_only(printed: str) -> None:
    [found] = find_quantities(printed)
    assert (found.low, found.high, found.mean, found.sd, found.unit) == (None, None, 43, 6, "%")


@pytest.mark.parametrize(
    ("printed", "values"),
    [
        ("5 or 10 mg", [(5, 5, "mg"), (10, 10, "mg")]),
        ("5 mg and 10 mg", [(5, 5, "mg"), (10, 10, "mg")]),
        ("from 40 mg down to 5 mg", [(40, 40, "mg"), (5, 5, "mg")]),
        ("30 min - 2 h", [(30, None, "min"), (None, 2, "h")]),
        ("0.3 mL of 2 mL", [(0.3, 0.3, "mL"), (2, 2, "mL")]),
    ],
)
def test_several_quantities_are_told_apart(printed: str, values: list[tuple[float | None, float | None, str]]) -> None:
    assert [(q.low, q.high, q.unit) for q in find_quantities(printed)] == values


@pytest.mark.parametrize(
    "words",
    [
        "CYP2C9 and CYP3A4",
        "4'-O-sulfate",
        "vitamin B12, p53 and H1",
        "IL-6 gene",
        "1,25-dihydroxyvitamin D",
        "1/2 tablet",
        "½ tablet",
        "grade 3 disease",
        "study 301",
        "5 G",
    ],
)
def test_names_and_fractions_are_no_quantities(words: str) -> None:
    assert [*find_quantities(words)] == []


def test_over_a_time_is_a_length_and_over_an_amount_a_limit() -> None:
    assert [q.comparator for q in find_quantities("infused over 60 min")] == ["="]
    assert [q.comparator for q in find_quantities("doses over 60 mg")] == [">"]


@pytest.mark.parametrize(
    ("printed", "dimension"),
    [
        ("3 h", "time"),
        ("3 mg/kg", "mass"),
        ("3 ng/mL", "concentration"),
        ("3 mg/5 mL", "concentration"),
        ("3 mL/min", "flow"),
        ("3 mL/min/kg", "flow"),
        ("3 L/kg", "volume"),
        ("3 ng·h/mL", "exposure"),
        ("3%", "fraction"),
    ],
)
def test_a_unit_says_what_is_measured(printed: str, dimension: str) -> None:
    assert find_quantities(printed)[0].dimension == dimension


UNITS = {printed: code for printed, code in load("units")["ucum"].items() if printed != "1"}
numbers = st.one_of(
    st.integers(1, 9_999_999).map(lambda n: (f"{n:,}", float(n))),
    st.integers(1, 9_999).map(lambda n: (str(n), float(n))),
    st.integers(1, 9_999).map(lambda n: (f"{n / 100:.2f}", n / 100)),
    st.integers(1, 99).map(lambda n: (f".{n:02d}", n / 100)),
    st.tuples(st.integers(1, 99), st.integers(2, 9)).map(
        lambda p: (f"{p[0] / 10} x 10^{p[1]}", p[0] / 10 * 10 ** p[1])
    ),
)
units = st.sampled_from(sorted(UNITS))
ratios = st.lists(units, min_size=1, max_size=3).map(lambda parts: ("/".join(parts), "/".join(UNITS[p] for p in parts)))
signs = st.sampled_from(
    [("", "="), ("~", "~"), ("about ", "~"), ("<", "<"), (">", ">"), ("≤", "<="), ("at least ", ">=")]
)


@given(numbers, ratios, signs)
def test_any_single_quantity_comes_back(value: tuple[str, float], unit: tuple[str, str], sign: tuple[str, str]) -> None:
    [found] = find_quantities(f"{sign[0]}{value[0]} {unit[0]}")
    low = None if sign[1] in ("<", "<=") else pytest.approx(value[1])
    high = None if sign[1] in (">", ">=") else pytest.approx(value[1])
    assert (found.comparator, found.low, found.high, found.unit) == (sign[1], low, high, unit[1])


@given(st.lists(numbers, min_size=2, max_size=2), ratios, st.sampled_from(["-", " - ", "–", " to "]))
def test_any_range_comes_back(ends: list[tuple[str, float]], unit: tuple[str, str], to: str) -> None:
    low, high = sorted(ends, key=lambda end: end[1])
    [found] = find_quantities(f"{low[0]}{to}{high[0]} {unit[0]}")
    assert found.low == pytest.approx(low[1])
    assert found.high == pytest.approx(high[1])
    assert found.unit == unit[1]


@given(numbers, numbers, ratios)
def test_any_plus_minus_comes_back(mean: tuple[str, float], sd: tuple[str, float], unit: tuple[str, str]) -> None:
    [found] = find_quantities(f"{mean[0]} ± {sd[0]} {unit[0]}")
    assert found.mean == pytest.approx(mean[1])
    assert found.sd == pytest.approx(sd[1])
    assert found.unit == unit[1]
    assert found.low is None
    assert found.high is None


@given(st.text(max_size=80))
def test_any_text_can_be_searched_and_places_are_exact(text: str) -> None:
    found: list[Quantity] = [*find_quantities(text)]
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("printed", "value"),
    [("1,500", 1500), ("10 000", 10_000), (".5", 0.5), ("10^-3", 0.001), ("105", 105), ("10.5", 10.5)],
)
def test_number(printed: str, value: float) -> None:
    assert number(printed) == pytest.approx(value)
