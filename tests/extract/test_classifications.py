"""Classes that regulators put a drug in: pregnancy categories, schedules of controlled substances."""

import pytest
from pages import headed, placed

from labelpipe.extract.classifications import read_classifications

SENTENCES = [
    ("Pregnancy Category C.", [("pregnancy_category", "C")]),
    ("Zerbal was formerly in category X.", [("pregnancy_category", "X")]),
    ("Zerbal is a Schedule IV controlled substance.", [("controlled_substance_schedule", "CIV")]),
    ("Zerbal (zerbaline) tablets, CII.", [("controlled_substance_schedule", "CII")]),
    ("Zerbal was liked less than alprazolam (CIV) by those who knew both.", []),
    ("Zerbal (CIV) was liked less than alprazolam.", [("controlled_substance_schedule", "CIV")]),
    ("Zerbal isn't a controlled substance.", [("controlled_substance_schedule", "none")]),
    ("Its clearance has a CV of 30%, and a C-V of 5.", [("controlled_substance_schedule", "CV")]),
    (
        "It is not controlled federally, though some states put it in Schedule V.",
        [("controlled_substance_schedule", "none")],
    ),
    ("Follow the dosing schedule in Table 1.", []),
    ("A category B recommendation.", [("pregnancy_category", "B")]),
    ("Class IV heart failure.", []),
]


@pytest.mark.parametrize(("words", "expected"), SENTENCES, ids=[words for words, _ in SENTENCES])
def test_classes(words: str, expected: list[tuple[str, str]]) -> None:
    rows = read_classifications(placed(headed(words), "pregnancy"), frozenset({"zerbal", "zerbaline"}))
    assert [(row.kind, row.value) for row in rows] == expected


def test_a_letter_alone_counts_only_where_pregnancy_is_spoken_of() -> None:
    assert read_classifications(placed(headed("A category B recommendation."), "storage"), frozenset()) == ()
