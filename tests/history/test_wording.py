"""Which edits of a passage leave its sense alone, and which must never pass as formatting."""

import pytest

from labelpipe.history.wording import wording

PRINTED_OTHERWISE = [
    ("Take one tablet  daily.", "Take one tablet daily"),
    ("• Store at 20–25 °C", "- Store at 20-25 °C"),
    ("WARNING: LACTIC ACIDOSIS", "Warning: Lactic Acidosis"),
    ("5.1 FALLS AND FRACTURES", "5.1 Falls and Fractures"),
    ("(a) crush the tablet", "crush the tablet"),
    ("once-daily dosing", "once daily dosing"),
    ("the “peak” level", 'the "peak" level'),
    ("the patient’s weight", "the patient's weight"),
    ("10\u00a0mg", "10 mg"),
    ("10 mg", "10mg"),
    ("ad\u00admin\u00adis\u00adter it", "administer it"),
    ("3 × 10 mL", "3 x 10 mL"),
    ("the ﬁrst dose", "the first dose"),
]

SAID_OTHERWISE = [
    ("Take 2.5 mg", "Take 25 mg"),
    ("Take 2.5 mg", "Take 2,5 mg"),
    ("10 mg", "10 mcg"),
    ("10 mg", "10 Mg"),
    ("5 to 10 mg", "5 to 100 mg"),
    ("a change of -5 %", "a change of 5 %"),
    ("5-10 mg", "5 10 mg"),
    ("below < 30 mL/min", "below ≤ 30 mL/min"),
    ("Do not crush.", "Do crush."),
    ("It is not able to bind", "It is notable to bind"),
    ("with food", "without food"),
    ("mg/kg", "mg kg"),
    ("adults, children and the old", "adults children and the old"),
    ("(see below)", "see below"),
    ("1 tablet twice daily", "2 tablets twice daily"),
    ("x10 9", "x109"),
    ("2.5 mg at noon", "1.5 mg at noon"),
    ("5.1 Falls", "5.2 Falls"),
]


@pytest.mark.parametrize(("one", "other"), PRINTED_OTHERWISE)
def test_the_same_words_printed_otherwise(one: str, other: str) -> None:
    assert wording(one) == wording(other)


@pytest.mark.parametrize(("one", "other"), SAID_OTHERWISE)
def test_other_words(one: str, other: str) -> None:
    assert wording(one) != wording(other)
