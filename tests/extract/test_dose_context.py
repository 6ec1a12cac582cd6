"""What stands over a dose: headings, run-in headings, lead-ins and items; and what they say it is for."""

import pytest
from pages import blocks_of, placed, products_of

from labelpipe.extract.doses import read_doses
from labelpipe.extract.run_ins import run_ins
from labelpipe.model import Block, Dose

TABLET = products_of("| 5 mg/1 | TABLET | ORAL | 12345-678 |")


def under(*blocks: tuple[str, str], uses: str = "") -> tuple[Dose, ...]:
    """Return the doses of blocks (kind, words) of a dosing section; `uses` are the label's indications."""
    told = [("paragraph", uses, "indications_and_usage")] if uses else []
    told += [(kind, words, "dosage_and_administration") for kind, words in blocks]
    page, at = [], 0
    for number, (kind, words, section) in enumerate(told, 1):
        page.append(Block(number, kind, words, at, at + len(words), "", section=section))
        at += len(words) + 1
    return read_doses(tuple(page), TABLET)


def test_a_part_whose_title_runs_into_its_text_ends_the_heading_before_it() -> None:
    [dose] = under(("heading", "2.1 Renal Impairment"), ("paragraph", "2.2 Switching Take 5 mg daily."))
    assert dose.population is None


def test_an_item_that_announces_a_dose_leads_the_items_behind_it() -> None:
    found = under(
        ("list_item", "The starting dose is 2 mg."),
        ("list_item", "The maximum dose is:"),
        ("list_item", "10 mg for those who sleep badly"),
    )
    assert [dose.kind for dose in found] == ["starting", "maximum"]


def test_an_item_that_only_names_whom_holds_for_the_items_behind_it() -> None:
    found = under(
        ("paragraph", "The dose is:"),
        ("list_item", "Children aged 2 or 3 years"),
        ("list_item", "4 mg daily"),
        ("paragraph", "Others take 5 mg daily."),
    )
    assert [(dose.population, dose.value_low) for dose in found] == [("pediatric", 4), (None, 5)]


def test_a_heading_that_runs_into_a_paragraph_holds_for_the_list_behind_it() -> None:
    found = under(
        ("paragraph", "Children with RA (aged 2 and over) The dose depends on the weight."),
        ("list_item", "Below 30 kg: 2 mg"),
        ("paragraph", "Others take 5 mg daily."),
        uses="It is used for RA.",
    )
    assert [(dose.population, dose.indication) for dose in found] == [("pediatric", "RA"), (None, None)]


def test_a_paragraph_without_a_sentence_is_a_heading() -> None:
    [dose] = under(
        ("paragraph", "Plaque psoriasis of the hands and the feet (children aged 6 years and older)"),
        ("paragraph", "The dose is 5 mg daily."),
    )
    assert (dose.population, dose.age_low_years) == ("pediatric", 6)


RUN_INS = [
    # words, the headings they begin with
    ("Patients with Renal Impairment The dose is 5 mg.", ["Patients with Renal Impairment"]),
    ("Adults Take 5 mg daily.", ["Adults"]),
    (
        "Children and Adolescents (10 to 17 years of age) — Begin with 3 mg.",
        ["Children and Adolescents (10 to 17 years of age)"],
    ),
    ("2.3 Dosage in Children Over 8 Years of Age The dose is 5 mg.", ["2.3 Dosage in Children Over 8 Years of Age"]),
    ("Adults should take 5 mg.", []),
    ("Give 5 mg daily.", []),
    ("The dose is 5 mg.", []),
]


@pytest.mark.parametrize(("words", "headings"), RUN_INS, ids=[row[0] for row in RUN_INS])
def test_headings_that_run_into_their_text(words: str, headings: list[str]) -> None:
    assert list(run_ins(words)) == headings


def test_whom_a_run_in_heading_names_holds_to_the_next() -> None:
    words = (
        "Adults Take the tablet whole. The dose is 10 mg daily. Children The dose is 5 mg daily. Some need 8 mg daily."
    )
    assert [dose.population for dose in under(("paragraph", words))] == ["adult", "pediatric", "pediatric"]


CARRIED = [
    # words; of the last dose in them whether they state its route, and the heaviest weight
    ("Tablets: 2 mg once. Injection: Wait for two hours. At most 1 mg daily.", "inferred", None),
    ("By mouth: 2 mg once. Then 1 mg daily.", "stated", None),
    ("Those under 50 kg start with 2 mg. The dose may rise to 4 mg.", "inferred", 50),
    ("There is no information on children. Give 5 mg daily.", "inferred", None),
]


@pytest.mark.parametrize(("words", "route_method", "heaviest"), CARRIED, ids=[row[0] for row in CARRIED])
def test_what_a_sentence_says_for_those_behind_it(words: str, route_method: str, heaviest: float | None) -> None:
    *_, dose = under(("paragraph", words))
    assert (dose.population, dose.route_method, dose.weight_high_kg) == (None, route_method, heaviest)


USES = "It is indicated for panic disorder, tics and rheumatoid arthritis."
PURPOSES = [
    # heading, words, indication
    ("2.1 Panic Disorder", "Take 5 mg daily.", "Panic Disorder"),
    ("2.1 Recommended Dosage for Tics in Adults", "Take 5 mg daily.", "Tics"),
    ("2.1 General Advice", "Take 5 mg daily.", None),
    ("2.1 Hiccups", "Take 5 mg daily.", None),
    ("2.1 Dosage", "Rheumatoid Arthritis: 5 mg daily.", "Rheumatoid Arthritis"),
    ("2.1 Dosage", "For the treatment of tics the dose is 5 mg daily.", "tics"),
    ("2.1 Dosage", "Take 5 mg once a day for panic disorder.", "panic disorder"),
    ("2.1 Dosage", "Take 5 mg daily.", None),
]


@pytest.mark.parametrize(("heading", "words", "indication"), PURPOSES, ids=[f"{row[0]}: {row[1]}" for row in PURPOSES])
def test_what_a_dose_is_for(heading: str, words: str, indication: str | None) -> None:
    [dose] = under(("heading", heading), ("paragraph", words), uses=USES)
    assert dose.indication == indication


def test_what_a_dose_is_for_is_not_guessed_where_the_label_does_not_say_what_it_is_for() -> None:
    [dose] = read_doses(
        placed(blocks_of("## Panic Disorder\n\nTake 5 mg daily.\n"), "dosage_and_administration"), TABLET
    )
    assert dose.indication is None
