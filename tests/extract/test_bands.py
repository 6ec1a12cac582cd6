"""Bands of age, weight, creatinine clearance and the liver, as words say them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelpipe.extract.bands import NO_BANDS, Bands, bands_in

AGES = [
    # words, youngest and oldest in years
    ("children 6 to 12 years of age", 6, 12),
    ("ages 2–5 years", 2, 5),
    ("aged 13 to 17", 13, 17),
    ("between 2 and 11 years of age", 2, 11),
    ("1 month to 12 years", 0.0833, 12),
    ("6 months to 5 years of age", 0.5, 5),
    ("infants 3 to 6 months of age", 0.25, 0.5),
    ("12 years and older", 12, None),
    ("adolescents 12 years of age or over", 12, None),
    ("over 65 years", 65, None),
    ("at least 18 years old", 18, None),
    ("below the age of 2", None, 2),
    ("children under 6 years", None, 6),
    ("younger than 28 days of age", None, 0.0767),
    ("for 12 years on file", None, None),
    ("100 mg to 200 mg", None, None),
    ("between 110 and 185 MBq", None, None),
    (">80 mL/min", None, None),
    ("kids from 4 to 11", 4, 11),
    ("children of six and over", 6, None),
    ("Pediatric Patients (6 to 17 years)", 6, 17),
    ("aged 2 or 3 years", 2, 3),
    ("one month to a year", 0.0833, 1),
    ("a child between 6 and 12", 6, 12),
    ("until progression or up to 2 years", None, None),
    ("after 2 years of treatment", None, None),
    ("≥ 200 x 10 9/L", None, None),
    ("≥ 1.51 m2", None, None),
]


@pytest.mark.parametrize(("words", "low", "high"), AGES, ids=[words for words, *_ in AGES])
def test_age_in_years(words: str, low: float | None, high: float | None) -> None:
    bands = bands_in(words)
    assert (bands.age_low_years, bands.age_high_years) == (low, high)


WEIGHTS = [
    ("weighing 10 to 20 kg", 10, 20),
    ("weighing 40 kg or more", 40, None),
    ("less than 15 kg", None, 15),
    ("above 70 kg", 70, None),
    ("10 kg to less than 25 kg", 10, 25),
    ("5 mg/kg", None, None),
]


@pytest.mark.parametrize(("words", "low", "high"), WEIGHTS, ids=[words for words, *_ in WEIGHTS])
def test_weight_in_kg(words: str, low: float | None, high: float | None) -> None:
    bands = bands_in(words)
    assert (bands.weight_low_kg, bands.weight_high_kg) == (low, high)


CLEARANCES = [
    ("creatinine clearance of 30 to 60 mL/min", 30, 60),
    ("creatinine clearance (CrCl) 30–50 mL/min", 30, 50),
    ("creatinine clearance of 30 or less", None, 30),
    ("creatinine clearance of no more than 50 mL/min", None, 50),
    ("Creatinine clearance (mL/min) | <15", None, 15),
    ("Creatinine clearance (mL/min) | ≥60", 60, None),
    ("Creatinine clearance (mL/min) | 40", 40, 40),
    ("Between 30 and 50 mL/min", 30, 50),
    ("infused at 2 to 4 mL/min", None, None),
    ("CrCl below 30 mL/min", None, 30),
    ("eGFR ≥ 45 mL/min/1.73 m2", 45, None),
    ("CLcr (mL/min) | 10 to 29", 10, 29),
    ("a flow of 30 mL/min", None, None),
]


@pytest.mark.parametrize(("words", "low", "high"), CLEARANCES, ids=[words for words, *_ in CLEARANCES])
def test_clearance_in_ml_per_minute(words: str, low: float | None, high: float | None) -> None:
    bands = bands_in(words)
    assert (bands.crcl_low_ml_min, bands.crcl_high_ml_min) == (low, high)


LIVERS = [
    ("Child-Pugh class B", "B"),
    ("moderate hepatic impairment", "moderate"),
    ("mild to moderate liver disease", "mild to moderate"),
    ("hepatic impairment: severe", "severe"),
    ("moderate pain", None),
]


@pytest.mark.parametrize(("words", "named"), LIVERS, ids=[words for words, _ in LIVERS])
def test_class_of_hepatic_impairment_is_as_printed(words: str, named: str | None) -> None:
    assert bands_in(words).hepatic_class == named


def test_nearer_words_win_kind_by_kind() -> None:
    near, far = Bands(age_low_years=6), Bands(age_high_years=12, weight_low_kg=20)
    assert near.over(far) == Bands(age_low_years=6, weight_low_kg=20)
    assert near.over(NO_BANDS) == NO_BANDS.over(near) == near


@given(st.text())
def test_words_of_any_kind_have_bands_with_ends_in_order_or_open(words: str) -> None:
    bands = bands_in(words)
    assert (bands is NO_BANDS) == (bands == NO_BANDS)
