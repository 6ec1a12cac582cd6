"""Kinetic values in sentences: which parameter, what limits it, in whom, by which route, after which dose."""

import pytest
from pages import grids_of, headed, placed

from labelpipe.extract.kinetics import read_kinetics
from labelpipe.model import Pharmacokinetic

NAMES = frozenset({"zerbal", "zerbaline"})


def values(words: str, section: str = "pharmacokinetics") -> tuple[Pharmacokinetic, ...]:
    return read_kinetics((), placed(headed(words), section), NAMES)


SENTENCES = [
    # words, (parameter, comparator, low, high, unit) of each value
    ("The half-life of zerbaline is 3 to 5 hours.", [("half_life", "=", 3, 5, "h")]),
    ("Half-lives over 90 hours were seen in two people.", [("half_life", ">", 90, None, "h")]),
    (
        "It peaks within 2 hours and lasts about 6 hours.",
        [("tmax", "<=", None, 2, "h"), ("duration_of_action", "~", 6, 6, "h")],
    ),
    (
        "Maximum plasma concentrations of 40 ng/mL come at 1½ hours.",
        [("cmax", "=", 40, 40, "ng/mL"), ("tmax", "=", 1.5, 1.5, "h")],
    ),
    ("Troughs were 9 and 18 mcg/mL.", [("cmin", "=", 9, 9, "ug/mL"), ("cmin", "=", 18, 18, "ug/mL")]),
    (
        "Steady state is reached after two weeks, with 2.5-fold accumulation.",
        [("time_to_steady_state", "=", 2, 2, "wk"), ("accumulation", "=", 2.5, 2.5, "1")],
    ),
    ("Zerbaline is 40% bound to albumin.", [("protein_binding", "=", 40, 40, "%")]),
    ("Protein binding is above 99%.", [("protein_binding", ">", 99, None, "%")]),
    (
        "The absolute bioavailability is about 23%, because of metabolism in the gut.",
        [("bioavailability", "~", 23, 23, "%")],
    ),
    (
        "About 60% and 30% of a dose leave in urine and feces, respectively.",
        [("excretion", "~", 60, 60, "%"), ("excretion", "=", 30, 30, "%")],
    ),
    ("Some 25% of the absorbed dose is metabolized.", [("metabolism", "~", 25, 25, "%")]),
    ("Oral clearance is 20 mL/min.", [("clearance", "=", 20, 20, "mL/min")]),
    ("The volume of distribution in a person of 70 kg is 5 L to 8 L.", [("volume_of_distribution", "=", 5, 8, "L")]),
    ("The AUC was 35 ng·h/mL.", [("auc", "=", 35, 35, "ng.h/mL")]),
    ("The mean AUC (0 to 24 hr) was 35 ng●hr/mL and the Cmax is told elsewhere.", [("auc", "=", 35, 35, "ng.h/mL")]),
    (
        "The mean peak and trough levels were 20 and 0.5 nmol/L.",
        [("cmax", "=", 20, 20, "nmol/L"), ("cmin", "=", 0.5, 0.5, "nmol/L")],
    ),
    ("The median (min, max) Tmax was 4 (1, 8) hours.", [("tmax", "=", 4, 4, "h"), ("tmax", "=", 1, 8, "h")]),
    ("The clearance (mean and 90% confidence interval) is 3.2 (3.1, 3.3) L/h.", [("clearance", "=", 3.2, 3.2, "L/h")]),
    ("The mean (CV%) half-life was 10.6 (20.5%) days.", [("half_life", "=", 10.6, 10.6, "d")]),
    ("The bioavailability was 37% (90% CI: 34%, 40%).", [("bioavailability", "=", 37, 37, "%")]),
    ("Clearance is 0.08 L/h/m 2 at most doses.", [("clearance", "=", 0.08, 0.08, "L/h/m2")]),
    ("The half-life at steady state was 15.6 hours.", [("half_life", "=", 15.6, 15.6, "h")]),
    ("Troughs were 146 mcg/mL (±33%).", [("cmin", "=", 146, 146, "ug/mL")]),
    ("There was 2- to 3-fold accumulation.", [("accumulation", "=", 2, 3, "1")]),
    ("Half-lives were 5 to 6 and 7 hours.", [("half_life", "=", 5, 6, "h"), ("half_life", "=", 7, 7, "h")]),
    ("The AUC 0-7d rises with the peak, which comes at 4 hours.", [("tmax", "=", 4, 4, "h")]),
    ("The Cmax and AUC 0-7d rise with the dose.", []),
    ("Its clearance is the same in mild (60-89 mL/min/1.73 m 2 ) and moderate (30-59 mL/min/1.73 m 2 ) disease.", []),
]


@pytest.mark.parametrize(("words", "expected"), SENTENCES, ids=[words for words, _ in SENTENCES])
def test_a_sentence_says_which_parameter(words: str, expected: list[tuple[str, str, float, float, str]]) -> None:
    found = [(v.parameter, v.comparator, v.value_low, v.value_high, v.unit) for v in values(words)]
    assert found == expected


NO_VALUES = [
    "The AUC rose by 40% and the half-life by 20%.",
    "Peak levels are 30% higher in women.",
    "Clearance (CV 35%) does not depend on weight.",
    "In those with a creatinine clearance below 30 mL/min clearance falls.",
    "Samples were taken for 48 hours after the peak.",
    "In rats the half-life is 3 hours.",
    "The half-life was measured in patients 12 to 17 years of age.",
    "The (peak) exposure for 0-24 h, AUC (0 to 24 hours), is known.",
    "The tablets delayed Tmax by 1 hour for zerbaline, 2 hours for M4 and 6 hours for M5.",
    "Peak levels fell, and none were detectable at 24 hours.",
    "The maximum reduction in blood pressure came within 4 to 6 weeks.",
    "Serum retinol binding fell to a mean of 71%.",
    "The largest difference (upper bound of the 95% confidence interval) was 10 msec.",
    "When zerbaline was coadministered with another medicine, its half-life was 9 hours.",
    "In vitro, zerbaline at concentrations up to 300 ng/mL did not inhibit CYP3A4.",
    "Troughs were within the target range of 3 to 8 ng/mL.",
    "At steady state, the data were similar (17.9 and 21.4 hours).",
    "The variability in clearance (16%) fits the recovery in urine.",
    "The normal plasma level of the ion ranges from 24 to 31 mEq/L.",
    "Liver blood flow is 1.2 L/min, and clearance is lower.",
    "Patients with troughs within the range of 6 to 12 ng/mL did well.",
    "Levels declined to about 10% of peak by 12 hours.",
    "Its concentration after reconstitution is 20 mg/mL.",
    "Zerbaline is dialyzed with clearance of 55 mL/min.",
    "Absorption was low in approximately 13% of the population.",
    "Bound or unbound, nothing more was found in 80% of patients.",
]


@pytest.mark.parametrize("words", NO_VALUES)
def test_changes_conditions_and_animals_are_no_values(words: str) -> None:
    assert values(words) == ()


@pytest.mark.parametrize("section", ["clinical_studies", "drug_interactions", "overdosage"])
def test_other_sections_do_not_tell_of_kinetics(section: str) -> None:
    assert values("The half-life of zerbaline is 3 hours.", section) == ()


def test_a_mean_with_its_deviation_and_its_range() -> None:
    first, second, third = values(
        "The mean (SD) Cmax was 48.5 (15.3) pg/mL. The half-life was 3.1 ± 1.6 min (1.5 to 6)."
    )
    assert (first.value_mean, first.value_sd, first.unit) == (48.5, 15.3, "pg/mL")
    assert (second.value_mean, second.value_sd, second.value_low) == (3.1, 1.6, None)
    assert (third.value_low, third.value_high, third.unit) == (1.5, 6, "min")


def test_a_single_mean_is_the_mean_too() -> None:
    [value] = values("The mean half-life is 50 hours.")
    assert (value.value_low, value.value_high, value.value_mean) == (50, 50, 50)


@pytest.mark.parametrize(
    ("words", "qualifiers"),
    [
        ("The terminal half-life is 15 hours.", {"Terminal"}),
        ("Less than 3% is excreted unchanged in urine.", {"Unchanged", "Urine"}),
        ("The half-life of zerbaline is 15 hours and that of norzerbalol 31 hours.", {"Norzerbalol"}),
        ("96% was recovered in urine (3% unchanged).", {"Urine", "Unchanged"}),
        ("Desmethylzerbaline has a terminal half-life of 62 hours.", {"Terminal", "Desmethylzerbaline"}),
        ("The half-life of the metabolite M4 is 62 hours.", {"M4"}),
    ],
)
def test_what_limits_the_last_value(words: str, qualifiers: set[str]) -> None:
    assert qualifiers <= set(values(words)[-1].qualifiers)


@pytest.mark.parametrize(
    ("words", "qualifiers"),
    [
        ("72% was found in the urine and 28% was found in the feces.", ("Feces",)),
        (
            "Some 30% leaves in urine unchanged, whereas 60% is excreted as metabolites in bile.",
            ("Metabolites", "Bile"),
        ),
        ("Clearance rises in proportion to renal function and is 10 L/h after dosing.", ()),
        ("The clearance of zerbaline-abcd is 3 L/h.", ()),
    ],
)
def test_what_limits_another_value_or_nothing_is_left_out(words: str, qualifiers: tuple[str, ...]) -> None:
    assert values(words)[-1].qualifiers == qualifiers


def test_a_value_of_one_of_several_ingredients_says_of_which() -> None:
    blocks = placed(headed("Zerbaline is 60% bound. The Tmax of norbal is 3 hours."), "pharmacokinetics")
    found = read_kinetics((), blocks, NAMES, ("ZERBALINE HYDROCHLORIDE", "NORBAL"))
    assert [value.qualifiers for value in found] == [("Zerbaline",), ("Norbal",)]


def test_values_of_several_substances_go_to_them_in_order() -> None:
    found = values("The half-lives of norzerbal, the metabolite M4 and M5 are 6.3 ± 1.4, 7 and 9 hours, respectively.")
    assert [value.value_mean or value.value_low for value in found] == [6.3, 7, 9]
    [first, second] = values("The half-life of zerbaline and M4 is 2 and 9 hours, respectively.")
    assert (first.qualifiers, second.qualifiers) == ((), ("M4",))


def test_conjugated_things_are_not_what_was_metabolized() -> None:
    found = values("It is recovered in urine as zerbaline (5%), conjugated M4 (26%) or other metabolites (27%).")
    assert {value.parameter for value in found} == {"excretion"}


def test_shares_of_one_place() -> None:
    found = values("50% of zerbaline and 30% of M4 are excreted in urine.")
    assert ["Urine" in value.qualifiers for value in found] == [True, True]
    total, urine, feces = values("The total recovery was 84%, with 70% in urine and 14% in feces.")
    assert (total.qualifiers, urine.qualifiers, feces.qualifiers) == ((), ("Urine",), ("Feces",))


def test_words_behind_a_value_end_where_another_value_begins() -> None:
    clearance, half_life = values("The clearance is 4.5 L/h and the terminal half-life is 71 hours.")
    assert (clearance.qualifiers, half_life.qualifiers) == ((), ("Terminal",))


@pytest.mark.parametrize(
    "words",
    ["The Cmax after doses of 5, 10 or 20 mg was 9 ng/mL.", "The Cmax of 10 mg per mL was 9 ng/mL."],
)
def test_one_of_several_doses_or_a_strength_is_no_dose(words: str) -> None:
    assert values(words)[0].dose_value is None


def test_what_a_value_is_only_compared_with_is_not_its_route() -> None:
    [value] = values("The bioavailability is about 80% relative to an intravenous dose.")
    assert value.route is None


def test_a_dose_for_each_square_metre() -> None:
    [value] = values("The half-life after 250 mg/m 2 was 9 hours.")
    assert (value.dose_value, value.dose_unit) == (250, "mg/m2")


@pytest.mark.parametrize(
    ("words", "populations"),
    [
        (
            "The half-life was 26 hours in severe renal impairment and 9.7 hours in healthy subjects.",
            ["renal_impairment", None],
        ),
        ("The half-life rose from 3 h in normal subjects to 9 h in renal failure.", [None, "renal_impairment"]),
        (
            "The half-lives in the cirrhotic and the healthy were 3.4 and 1.1 hours, respectively.",
            ["hepatic_impairment", None],
        ),
        ("Half-lives in the elderly and in healthy subjects differed (11 hours versus 5 hours).", ["geriatric", None]),
        ("In cirrhosis, the half-life increased to 11 hours compared to 4 hours.", ["hepatic_impairment", None]),
        ("In renal failure nothing changes, as less than 1% is excreted in urine.", [None]),
        ("The half-life in people without liver disease is 5 hours.", [None]),
    ],
)
def test_the_healthy_are_no_population(words: str, populations: list[str | None]) -> None:
    assert [value.population for value in values(words)] == populations


def test_whom_by_which_route_after_which_dose() -> None:
    [value] = values("In children, the half-life after 40 mg intravenously is 4 hours.")
    assert (value.population, value.route) == ("pediatric", "INTRAVENOUS")
    assert (value.dose_value, value.dose_unit) == (40, "mg")


def test_lists_of_one_length_go_together() -> None:
    found = values("Cmax values were 9, 18, and 33 ng/mL following doses of 5, 10, and 20 mg.")
    assert [(v.value_low, v.dose_value) for v in found] == [(9, 5), (18, 10), (33, 20)]


def test_the_section_says_in_whom_where_the_sentence_does_not() -> None:
    [value] = values("Half-life 10 h or so.", "renal_impairment")
    assert value.population == "renal_impairment"


def test_the_quote_is_the_sentence_at_its_place() -> None:
    [value] = values("All is well. The half-life is 3 hours. So is the rest.")
    assert value.quote == "The half-life is 3 hours."
    assert value.text == "3 hours"
    assert value.method == "prose"


@pytest.mark.parametrize(("cells", "mean", "sd"), [("| Cmax (ng/mL) | 95 | 13 | 71 - 117 |", 95, 13)])
def test_columns_of_means_and_deviations(cells: str, mean: float, sd: float) -> None:
    head = ("| Parameter | Mean | SD | Range |", "|---|---|---|---|")
    first, second = read_kinetics(grids_of(*head, cells), (), frozenset())
    assert (first.value_mean, first.value_sd, first.value_low) == (mean, sd, None)
    assert (second.value_low, second.value_high) == (71, 117)
