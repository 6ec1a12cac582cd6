"""Kinetic values in forms of their own, over several lines, below headings, in tables with two rows of heads."""

import pytest
from pages import HEADER, blocks_of, grids_of, headed, placed

from labelpipe.extract.kinetics import read_kinetics
from labelpipe.extract.sentences import sentences
from labelpipe.model import Pharmacokinetic

NAMES = frozenset({"zerbal", "zerbaline"})


def values(words: str, section: str = "pharmacokinetics") -> tuple[Pharmacokinetic, ...]:
    return read_kinetics((), placed(headed(words), section), NAMES)


FORMS = [
    # words, (parameter, comparator, low, high, mean, deviation, unit) of each value
    (
        "The accumulation ratio was 2.3 (50% CV) and 3.2 (59% CV) for peak and exposure.",
        [("accumulation", "=", 2.3, 2.3, None, None, "1"), ("accumulation", "=", 3.2, 3.2, None, None, "1")],
    ),
    ("The accumulation ratio ranged from 2.2 to 2.9.", [("accumulation", "=", 2.2, 2.9, None, None, "1")]),
    ("The blood-to-plasma ratio is about 0.25.", [("distribution", "~", 0.25, 0.25, None, None, "1")]),
    (
        "The blood cell to plasma ratio went from 2.7 ± 0.5 in 6 people to 1.4 ± 0.2 in others.",
        [("distribution", "=", None, None, 2.7, 0.5, "1"), ("distribution", "=", None, None, 1.4, 0.2, "1")],
    ),
    ("The blood-to-plasma ratio of 14 C-zerbaline, over the range of 5 to 5000 ng/mL, is known.", []),
    (
        "Its half-life in vitro is about 25 seconds, whereas the half-life in vivo is 3 minutes.",
        [("half_life", "=", 3, 3, None, None, "min")],
    ),
    ("The in vitro half-life in neonates is 43 ± 2 seconds.", []),
    ("In vitro, 94% is bound to plasma proteins.", [("protein_binding", "=", 94, 94, None, None, "%")]),
    ("The exposure, as AUC, was 5 h·ng/mL.", [("auc", "=", 5, 5, None, None, "ng.h/mL")]),
    ("Steady state was reached by Day 15.", [("time_to_steady_state", "=", 15, 15, None, None, "d")]),
    ("Steady state was reached prior to day 15.", [("time_to_steady_state", "<", None, 15, None, None, "d")]),
    ("Steady state was reached by days 3 to 5.", [("time_to_steady_state", "=", 3, 5, None, None, "d")]),
    ("Steady state was reached by the sixth day.", [("time_to_steady_state", "=", 6, 6, None, None, "d")]),
    ("Steady state AUC from 0 to 12 hours is known.", []),
    ("Ninety-eight percent was excreted in feces.", [("excretion", "=", 98, 98, None, None, "%")]),
    (
        "The (mean, standard deviation) bound fraction was 96.3% (1.1) for zerbaline.",
        [("protein_binding", "=", None, None, 96.3, 1.1, "%")],
    ),
    ("The half-life of zerbaline is 5+ /-1 hours.", [("half_life", "=", None, None, 5, 1, "h")]),
    (
        "The median (range) Tmax is approximately 4.0 (3.0; 6.0) hours.",
        [("tmax", "~", 4, 4, None, None, "h"), ("tmax", "=", 3, 6, None, None, "h")],
    ),
    (
        "The median (min, max) Tmax is 3 hours after it (1, 8 hours).",
        [("tmax", "=", 3, 3, None, None, "h"), ("tmax", "=", 1, 8, None, None, "h")],
    ),
    (
        "The mean half-life was 44 (range: 23–70) hours and clearance was 14.3 (L/h).",
        [
            ("half_life", "=", 44, 44, 44, None, "h"),
            ("half_life", "=", 23, 70, None, None, "h"),
            ("clearance", "=", 14.3, 14.3, None, None, "L/h"),
        ],
    ),
    (
        "Elimination half-lives of it and M3 were 14.6 (38%) and 21.6 (77%) hours.",
        [
            ("half_life", "=", 14.6, 14.6, None, None, "h"),
            ("half_life", "=", 21.6, 21.6, None, None, "h"),
        ],
    ),
    ("Less than four percent (<4%) is excreted.", [("excretion", "<", None, 4, None, None, "%")]),
    ("A meal of which 30% was from fat did not change absorption.", []),
    ("At 1.33 times the recommended dose accumulation was seen.", []),
    ("It has a T max of 1.5 hours.", [("tmax", "=", 1.5, 1.5, None, None, "h")]),
]


@pytest.mark.parametrize(("words", "expected"), FORMS, ids=[words for words, _ in FORMS])
def test_a_value_in_its_form(words: str, expected: list[tuple[object, ...]]) -> None:
    found = values(words)
    assert [
        (v.parameter, v.comparator, v.value_low, v.value_high, v.value_mean, v.value_sd, v.unit) for v in found
    ] == expected


def test_what_stands_between_semicolons_belongs_together() -> None:
    found = values(
        "Cmax was 9 ng/mL, Cmin was 3 ng/mL after 40 mg by mouth; Cmax was 12 ng/mL, Cmin was 4 ng/mL after 50 mg."
    )
    assert [value.dose_value for value in found] == [40, 40, 50, 50]


def test_a_daily_amount_is_a_dose() -> None:
    [value] = values("The half-life is 9 hours at 75 mg/day.")
    assert (value.dose_value, value.dose_unit) == (75, "mg")


def test_a_share_that_left_as_a_metabolite_is_the_metabolites() -> None:
    found = values("65% is eliminated, with 22% as M1 and 43% as M6.")
    assert [value.qualifiers for value in found] == [(), ("M1",), ("M6",)]
    [own, other] = values(
        "The half-lives of zerbaline and its major metabolite, ZB-3411, were 91 and 86 hours, respectively."
    )
    assert (own.qualifiers, "ZB-3411" in other.qualifiers) == ((), True)


@pytest.mark.parametrize(
    ("words", "populations"),
    [
        ("Pediatric Patients The half-life was 5 hours. Clearance was 3 L/h.", ["pediatric", "pediatric"]),
        ("Renal Impairment The half-life was 5 hours. Excretion Clearance was 3 L/h.", ["renal_impairment", None]),
        ("Drug Interaction Studies In one of them the half-life was 5 hours.", []),
        ("Binding is not affected by renal impairment and the half-life is 5 hours.", [None]),
    ],
)
def test_a_heading_in_flattened_text_says_in_whom(words: str, populations: list[str | None]) -> None:
    assert [value.population for value in values(words)] == populations


def test_a_sentence_runs_over_the_lines_of_wrapped_text() -> None:
    page = HEADER.format(brand="Zerbal", generic="Zerbaline", active="Zerbaline") + (
        "After 100 mg by mouth the volume of distribution \nof zerbaline in five elderly people was between\n"
        "3 and 8 L/kg.\n"
    )
    blocks = placed(blocks_of(page), "pharmacokinetics")
    [value] = read_kinetics((), blocks, NAMES, source=page)
    assert (value.parameter, value.value_low, value.value_high, value.unit) == ("volume_of_distribution", 3, 8, "L/kg")
    assert (value.population, value.dose_value) == ("geriatric", 100)
    assert value.quote == page[value.char_start : value.char_end]


def test_sentences_that_were_glued_together_are_two() -> None:
    found = [sentence.text for sentence in sentences("It is 163 L.MetabolismZerbaline is broken down.")]
    assert found == ["It is 163 L.", "MetabolismZerbaline is broken down."]


def test_the_lowest_row_of_a_head_names_the_parameter_and_the_upper_one_the_dose() -> None:
    found = read_kinetics(
        grids_of(
            "| | Zerbaline 7.5 mg, in the fed state, N = 68 | Zerbaline 15 mg, in the fed state, N = 70 |",
            "|---|---|---|",
            "| | Cmax (ng/mL) | Cmax (ng/mL) |",
            "| Women | 2.01 (47.8 %, n=9) | 5.76 (51%, n=8) a |",
        ),
        (),
        NAMES,
    )
    assert [(v.value_low, v.unit, v.dose_value) for v in found] == [(2.01, "ng/mL", 7.5), (5.76, "ng/mL", 15)]


def test_ages_beside_a_value_are_childrens_and_intervals_below_it_are_none() -> None:
    found = read_kinetics(
        grids_of(
            "| Age | Cmax (nM), mean (95% CI) | AUC (nM*h), mean (95% CI) |",
            "|---|---|---|",
            "| 12 to 17 years | 6.8 | 103 |",
            "| | (6.2, 7.5) | (91.1, 116) |",
        ),
        (),
        NAMES,
    )
    assert [(v.parameter, v.value_low, v.unit, v.population) for v in found] == [
        ("cmax", 6.8, "nmol/L", "pediatric"),
        ("auc", 103, "nmol.h/L", "pediatric"),
    ]
