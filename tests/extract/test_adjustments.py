"""Whether the dose changes where kidneys or liver are weak: sentence, and what it says of each organ."""

import pytest
from pages import blocks_of, headed, placed

from labelpipe.extract.adjustments import read_adjustments
from labelpipe.model import Block, Dose

Said = dict[str, list[str]]


def said(blocks: tuple[Block, ...], doses: tuple[Dose, ...] = ()) -> Said:
    found: Said = {"renal": [], "hepatic": []}
    for row in read_adjustments(blocks, doses, frozenset({"zerbal"})):
        found[row.organ].append(row.state)
    return found


SENTENCES: list[tuple[str, str, str]] = [
    ("No dose adjustment is needed in patients with mild renal impairment.", "not_required", "not_stated"),
    ("Dosage adjustment is not necessary in liver disease.", "not_stated", "not_required"),
    ("In renal failure a lower dose is not routinely necessary.", "not_required", "not_stated"),
    ("Adjustment based upon how far the kidney disease has gone is not required.", "not_required", "not_stated"),
    ("Reduce the dose in patients with a creatinine clearance below 30 mL/min.", "required", "not_stated"),
    ("The dose should be halved in patients on dialysis.", "required", "not_stated"),
    ("Extend the dosing interval where kidney function is weak.", "required", "not_stated"),
    ("People with cirrhosis may need a lower dose.", "not_stated", "required"),
    ("Zerbal is not recommended in severe hepatic impairment.", "not_stated", "not_recommended"),
    ("Zerbal is contraindicated in patients on hemodialysis.", "not_recommended", "not_stated"),
    ("Do not use Zerbal in patients with Child-Pugh class C.", "not_stated", "not_recommended"),
    ("Adjust the dose in patients with renal or hepatic impairment.", "required", "required"),
    ("No dose adjustment in renal impairment; reduce the dose in hepatic impairment.", "not_required", "required"),
    ("Zerbal has not been studied in patients with renal impairment.", "not_stated", "not_stated"),
    ("Monitor renal function before each course.", "not_stated", "not_stated"),
    ("Is a dose adjustment needed in renal impairment?", "not_stated", "not_stated"),
    ("Reduce the dose in patients over 65 years.", "not_stated", "not_stated"),
]


@pytest.mark.parametrize(("sentence", "renal", "hepatic"), SENTENCES, ids=[case[0] for case in SENTENCES])
def test_sentence(sentence: str, renal: str, hepatic: str) -> None:
    assert said(placed(headed(sentence), "dosage_and_administration")) == {"renal": [renal], "hepatic": [hepatic]}


def test_a_sentence_without_the_organ_is_about_its_section() -> None:
    [row, other] = read_adjustments(
        placed(blocks_of("No dose adjustment is needed."), "renal_impairment"), (), frozenset()
    )
    assert (row.organ, row.state, row.method) == ("renal", "not_required", "section")
    assert (other.organ, other.state, other.quote, other.block_no) == ("hepatic", "not_stated", None, None)


def test_sections_about_something_else_say_nothing() -> None:
    blocks = placed(blocks_of("Reduce the dose in renal impairment."), "adverse_reactions")
    assert said(blocks) == {"renal": ["not_stated"], "hepatic": ["not_stated"]}


def test_a_dose_for_weak_kidneys_is_evidence_where_no_sentence_says_more() -> None:
    words = "With weak kidneys take 5 mg a day."
    dose = Dose(1, "renal_impairment", None, None, 5, 5, "mg", "d", None, None, 1, 0, len(words), words)
    assert said(blocks_of(words), (dose,)) == {"renal": ["required"], "hepatic": ["not_stated"]}


def test_a_dose_for_a_disease_of_the_kidneys_that_the_drug_treats_is_none() -> None:
    words = "Diabetic kidney disease: 10 mg a day."
    dose = Dose(1, "renal_impairment", None, None, 10, 10, "mg", "d", None, None, 1, 0, len(words), words)
    assert said(blocks_of(words), (dose,)) == {"renal": ["not_stated"], "hepatic": ["not_stated"]}


@pytest.mark.parametrize(
    ("sentence", "condition"),
    [
        ("Reduce the dose in severe renal impairment.", "severe renal impairment"),
        ("Reduce the dose where CrCl is below 30 mL/min.", "CrCl is below 30 mL/min"),
        ("Reduce the dose in patients on dialysis.", "dialysis"),
        ("Reduce the dose in mild or moderate renal impairment (CrCl < 50 mL/min).", None),
        ("Reduce the dose in renal impairment.", ""),
    ],
)
def test_condition_is_as_printed(sentence: str, condition: str | None) -> None:
    row, _ = read_adjustments(placed(blocks_of(sentence), "dosage_and_administration"), (), frozenset())
    whole = "mild or moderate renal impairment (CrCl < 50 mL/min)"
    assert (row.condition or "") == (whole if condition is None else condition)
    assert row.quote == sentence
