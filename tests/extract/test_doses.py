"""Doses from prose: how much, for whom, how often; and amounts that are none."""

import pytest
from pages import blocks_of, headed, placed, products_of

from labelpipe.extract.doses import read_doses
from labelpipe.model import Dose

TABLET = products_of("| 5 mg/1 | TABLET | ORAL | 12345-678 |")
PUMP = products_of("| 500 ug/mL | INJECTION, SOLUTION | INTRATHECAL | 12345-678 |")


def doses(words: str, section: str = "dosage_and_administration", population: str | None = None) -> tuple[Dose, ...]:
    return read_doses(placed(headed(words), section, population), TABLET)


AMOUNTS = [
    # words, low, high, unit, per, kind, frequency
    ("Start with 5 mg three times daily.", 5, 5, "mg", None, "starting", "three times daily"),
    ("The usual dose is 10 to 20 mg twice a day.", 10, 20, "mg", None, "maintenance", "twice a day"),
    ("The maximum is 80 mg a day.", None, 80, "mg", "d", "maximum", None),
    ("The maximum recommended daily dose is 80 mg.", None, 80, "mg", "d", "maximum", None),
    ("Take up to 40 mg daily.", None, 40, "mg", "d", "maximum", "daily"),
    ("No child should get more than 30 mg.", None, 30, "mg", None, "maximum", None),
    ("Increase by 5 mg every week.", 5, 5, "mg", "wk", "titration", "every week"),
    ("A loading dose of 300 mg is swallowed.", 300, 300, "mg", None, "loading", None),
    ("Infants get 0.5 to 1 mg/kg/day.", 0.5, 1, "mg", "kg/d", None, None),
    ("Infants get 2 mg/kg a day.", 2, 2, "mg", "kg/d", None, None),
    ("Infants get 0.1 mg for each kilogram.", 0.1, 0.1, "mg", "kg", None, None),
    ("Give 10 mg/kg/dose.", 10, 10, "mg", "kg/dose", None, None),
    ("Give 20 mg/m² once weekly.", 20, 20, "mg", "m2", None, "once weekly"),
    ("Give 50 Units/kg three times weekly.", 50, 50, "[USP'U]", "kg", None, "three times weekly"),
    ("Give 500 mg every 8 hours.", 500, 500, "mg", None, None, "every 8 hours"),
    ("Give 5 mg to 10 mg per day.", 5, 10, "mg", "d", None, None),
    ("Give 50 International Units (IU) per kilogram.", 50, 50, "[iU]", "kg", None, None),
    ("Give 2 mg PE/kg/min.", 2, 2, "mg", "kg/min", None, None),
    ("The dose is 2 mg (two 1 mg tablets) once daily.", 2, 2, "mg", None, None, "once daily"),
    ("Up to 7 200 mg daily.", None, 7200, "mg", "d", "maximum", "daily"),
    ("The dose is 20 mg zerbaline HCl per kilogram.", 20, 20, "mg", "kg", None, None),
    ("Climb up to at least 3 mg daily.", 3, None, "mg", "d", None, "daily"),
    ("The daily dose is 2 mg/kg.", 2, 2, "mg", "kg/d", None, None),
    ("Reduce the dose from 100 mg to 75 mg once daily.", 75, 75, "mg", None, None, "once daily"),
    ("Give 8 mg an hour before the procedure.", 8, 8, "mg", None, None, None),
    ("Begin with 25 mg doubled every two weeks.", 25, 25, "mg", None, "starting", None),
    ("Increase the dose by 5 mg.", 5, 5, "mg", None, "titration", None),
    ("After that, a further 2 mg is given.", 2, 2, "mg", None, "titration", None),
    ("Take 75 mg daily with no load.", 75, 75, "mg", "d", None, "daily"),
    ("Day 1: up to 8 mg/2 mg in parts.", None, 8, "mg", None, "maximum", None),
    ("Take half a tablet at night.", 0.5, 0.5, "{tablet}", None, None, "at night"),
    ("At first 600 mg twice a day.", 600, 600, "mg", None, "starting", "twice a day"),
    ("Lower it by no more than 0.5 mg.", None, 0.5, "mg", None, "titration", None),
    ("Day 4 – 70 mg", 70, 70, "mg", None, None, None),
    ("Some go 20 mg higher.", 20, 20, "mg", None, "titration", None),
    ("One gram is swallowed.", 1, 1, "g", None, None, None),
    ("The initial dose is usually 3 mg/kg daily.", 3, 3, "mg", "kg/d", "starting", "daily"),
    ("Increase at weekly intervals by 5 mg.", 5, 5, "mg", None, "titration", None),
    ("The most in a 24-hour period is 75 mg.", 75, 75, "mg", "d", None, None),
    (
        "The daily dose for the first days, of people who weigh much and eat little, is 7 mg for each kilogram.",
        7,
        7,
        "mg",
        "kg/d",
        None,
        None,
    ),
    ("Give 1 mg/kg to 2 mg/kg per day.", 1, 2, "mg", "kg/d", None, None),
    ("The daily oral dose is 15 mg.", 15, 15, "mg", "d", None, None),
    ("A daily dose of 40 mg as a single dose is enough.", 40, 40, "mg", "d", None, "as a single dose"),
    ("Go on in 5 mg increments.", 5, 5, "mg", None, "titration", None),
    ("Dose adjustments of up to 5 mg/day are made.", None, 5, "mg", "d", "titration", None),
    ("Begin with one 50 mg tablet of Zerbaline a day.", 50, 50, "mg", "d", "starting", None),
    ("The initial recommended dose of Zerbaline tablets is 2 mg.", 2, 2, "mg", None, "starting", None),
    ("Give 2 g daily in two evenly divided doses.", 2, 2, "g", "d", None, "in two evenly divided doses"),
    ("With quintol containing pills the usual dose is 150 mg weekly.", 150, 150, "mg", "wk", "maintenance", "weekly"),
    ("Give one-half tablet twice daily.", 0.5, 0.5, "{tablet}", None, None, "twice daily"),
    ("The dose for those who take an antidepressant is 2 mg daily.", 2, 2, "mg", "d", None, "daily"),
]


@pytest.mark.parametrize(
    ("words", "low", "high", "unit", "per", "kind", "frequency"), AMOUNTS, ids=[row[0] for row in AMOUNTS]
)
def test_amount(
    words: str, low: float | None, high: float, unit: str, per: str | None, kind: str | None, frequency: str | None
) -> None:
    [dose] = doses(words)
    assert (dose.value_low, dose.value_high, dose.unit, dose.per) == (low, high, unit, per)
    assert (dose.kind, dose.frequency) == (kind, frequency)


def test_each_amount_has_its_own_words() -> None:
    first, second, third = doses("Begin with 5 mg at bedtime, then take 10 mg twice daily, up to 40 mg.")
    assert (first.kind, first.frequency) == ("starting", "at bedtime")
    assert (second.kind, second.frequency) == (None, "twice daily")
    assert (third.kind, third.value_low, third.value_high) == ("maximum", None, 40)


def test_the_number_of_a_day_is_no_amount() -> None:
    found = doses("Give 6 mg/m2 on day 1, and 3 mg/m2 on day 8.")
    assert [(dose.value_low, dose.unit, dose.per) for dose in found] == [(6, "mg", "m2"), (3, "mg", "m2")]


def test_days_before_an_amount_are_no_end_of_it() -> None:
    found = doses("Take 1 mg on day 1, on days 8 through 14 to 2 mg once daily.")
    assert [dose.value_low for dose in found] == [1, 2]


def test_what_is_left_of_a_table_has_no_doses() -> None:
    assert doses("2 4 220 mg 5 110 mg 2 2 330 mg") == ()


def test_what_animals_were_given_is_no_dose() -> None:
    words = "Young rats grew less. Their weight fell at 217 mg/kg/day. The recommended dose for children is 5 mg daily."
    assert [dose.value_low for dose in doses(words, "pediatric_use")] == [5]


def test_a_longest_time_is_no_maximum_dose() -> None:
    assert [dose.kind for dose in doses("For up to 36 weeks give 40 mg a day.")] == [None]
    assert [dose.kind for dose in doses("In open-label use give 40 mg a day.")] == [None]


def test_what_is_not_limited_is_no_maximum() -> None:
    assert doses("Give 3 mg/m2 (not limited to one vial) on day 8.")[0].kind is None


def test_a_maximum_without_a_unit_has_that_of_the_amount_before_it() -> None:
    usual, most = doses("Take 400 mg daily (maximum 1,000).")
    assert (most.kind, most.value_low, most.value_high, most.unit) == ("maximum", None, 1000, usual.unit)


def test_words_in_brackets_or_an_of_do_not_part_alternatives() -> None:
    found = doses("The usual dose is 15 mg or of 30 mg once daily.")
    assert [(dose.value_low, dose.frequency) for dose in found] == [(15, "once daily"), (30, "once daily")]
    assert [dose.kind for dose in doses("Begin with 200 mg (tablets) or 100 mg (syrup).")] == ["starting", "starting"]


def test_an_aside_in_brackets_does_not_part_an_amount_from_how_often() -> None:
    first, second = doses("Take one tablet (5 mg of zerbaline in all) once daily.")
    assert (first.unit, first.frequency, second.unit) == ("{tablet}", "once daily", "mg")
    first, second = doses("Give 40 mg/kg of weight (or 1.2 g of it) per day.")
    assert (first.per, second.value_low) == ("kg/d", 1.2)


def test_what_several_doses_come_to_is_a_days() -> None:
    found = doses("Take 720 mg twice daily (1,440 mg total daily dose).")
    assert [(dose.value_low, dose.per) for dose in found] == [(720, None), (1440, "d")]


def test_a_lead_in_says_what_kind_and_that_it_is_a_days() -> None:
    found = doses(
        "The maximum recommended daily dose is:\n\n- 28 mg per kilogram for some\n- 14 mg per kilogram for others"
    )
    assert [(dose.kind, dose.value_high, dose.per) for dose in found] == [
        ("maximum", 28, "kg/d"),
        ("maximum", 14, "kg/d"),
    ]


def test_another_drugs_amount_in_brackets_is_no_dose() -> None:
    assert [dose.value_low for dose in doses("Give 20 mg once daily plus quintoconazole (750 mg twice daily).")] == [20]


def test_what_follows_another_drugs_first_amount_is_its_own() -> None:
    assert doses("The starting dose of quintoconazole is 100 mg, followed by 900 mg on day 2.") == ()
    found = doses("Give 3 mg followed by quintoconazole 100 mg on the same day, then 240 mg monthly.")
    assert [dose.value_low for dose in found] == [3, 240]


def test_an_amount_from_which_on_something_holds_is_no_dose() -> None:
    assert [dose.value_low for dose in doses("Give 6 mg/kg over an hour (≤ 1000 mg) or longer.")] == [6]
    assert [dose.value_low for dose in doses("The dosage is 30 mg or more every one or two weeks.")] == [30]


def test_what_is_given_together_shares_how_often() -> None:
    found = doses("Give 480 mg of zerbaline and 160 mg of lorvatine every 4 weeks.")
    assert [(dose.value_low, dose.frequency) for dose in found] == [(480, "every 4 weeks"), (160, "every 4 weeks")]


def test_a_step_may_have_a_limit() -> None:
    [found] = doses("Climb in increments of 130 mg or less, once weekly.")
    assert (found.kind, found.value_high) == ("titration", 130)


def test_alternatives_by_weight_and_without_are_not_one() -> None:
    found = doses("A second dose of 150 mg or 2 mg/kg may be given.")
    assert [(dose.value_low, dose.per) for dose in found] == [(150, None), (2, "kg")]
    assert [dose.per for dose in doses("Give 2 or 4 mg/kg.")] == ["kg", "kg"]


def test_a_unit_may_be_said_twice() -> None:
    assert [dose.per for dose in doses("Begin with 20 nanograms (ng) per kilogram per minute.")] == ["kg/min"]
    assert [dose.per for dose in doses("Give 0.7 mg (under a milligram) for each kg of weight.")] == ["kg"]


def test_a_limit_in_two_units_is_a_days_in_both() -> None:
    found = doses("The total daily dose should not exceed 1.4 mg/kg or 100 mg, whichever is less.")
    assert [(dose.value_high, dose.per) for dose in found] == [(1.4, "kg/d"), (100, "d")]


def test_alternatives_share_their_kind() -> None:
    assert [(d.value_low, d.kind) for d in doses("Begin with 5 mg or 10 mg.")] == [(5, "starting"), (10, "starting")]


NO_DOSES = [
    "Those with a creatinine clearance below 30 mL/min need care.",
    "Aim for a level of 10 to 20 mcg/mL in the blood.",
    "Calcium should stay above 8.5 mg/dL.",
    "People under 40 kg need special care.",
    "A man of 70 kg is taken as the standard.",
    "Swallow the 5 mg tablet whole.",
    "The 5 mg and 10 mg tablets look alike.",
    "The suspension holds 125 mg/5 mL.",
    "The film comes as 2 mg/0.5 mg.",
    "Each spray delivers 50 mcg.",
    "In one trial people were given 300 mg.",
    "Calcium 1,000 mg is taken along with it.",
    "Give 30 mg of codeine beside it.",
    "Split doses above 80 mg.",
    "The volume is 5 mL.",
    "Do not swallow two tablets together.",
    "If the current dose is 5 mg, go on.",
    "It comes in 1 mg and 5 mg strengths.",
    "Repeat this where more than one capsule is needed.",
    "Primaquine should be given in a dose of 15 mg.",
    "Those who do not respond to 5 mg need care.",
    "Premedicate with 50 mg of diphenhydramine.",
    "The limit is 5 mg/lb.",
    "The dosage of 24 mg/day did not provide more than others.",
    "Round up to the nearest 50 mg.",
    "No additional benefit was seen at 20 mg.",
    "Of 200 people who received 20 mg once daily, most slept.",
    "In juvenile rats 30 mg/kg/day did harm.",
    "Stop in those unable to tolerate 5 mg.",
    "For patients taking 4.5 mg or 6 mg daily nothing changes.",
    "The effect of doses over 20 mg has not been established.",
    "Stop gradually on discontinuation of zerbaline 20 mg a day.",
    "There is no evidence that doses greater than 50 mg a day help more.",
    "Participants had one 30 mg tablet daily.",
    "Stop where this comes back at the 120 mg dose.",
    "The liquid stands for tablets up to the 25 mg dose.",
    "The spoon dispenses 9 g of powder.",
    "Zerbaline powder, 100 mg: Dissolve it in water.",
    "After a week at 10 mg a day look again.",
    "Do not crush or chew the half tablet.",
    "Film-coated tablets (95 mg) go well with milk.",
    "The pump is made for it (Product Code: 8713030U).",
    "Doses of 900 mg or less need an hour.",
    "The doses correspond to 300 mg and 450 mg of the salt.",
    "For big doses two syringes are used (as 150 mg = 6 mL).",
    "For example, in a boy of six it would be 255 mg.",
    "They stay at the same 35 mg dose.",
    "Stir for 3 minutes until the tablets have gone.",
    "Children of 30 kg swallow tablets.",
    "The recommended dose of quintoconazole is 5 mg.",
]


@pytest.mark.parametrize("words", NO_DOSES)
def test_other_amounts_are_no_doses(words: str) -> None:
    assert doses(words) == ()


REPORTED_IN_PART = [
    ("The most is 20 mg a day (30 mg a day was not studied).", [20]),
    ("Begin with 10 mg daily; if it does not help, measure the plasma level.", [10]),
    ("Give 15 mg daily, since plasma levels rise.", [15]),
    ("A trial of 400 mg daily may be worthwhile.", [400]),
    ("It may rise to 100 mg daily if 5 mg is well tolerated.", [100, 5]),
    ("Rise to 80 mg a day if nothing gets better after four weeks and the first dose is well tolerated.", [80]),
    ("Many fell ill in the trial, since they had 500 mg a day.", []),
    ("You will receive a monthly 80 mg injection.", [80]),
    ("With Quintol-Containing Regimens: 90 mg twice daily.", [90]),
]


@pytest.mark.parametrize(("words", "values"), REPORTED_IN_PART, ids=[row[0] for row in REPORTED_IN_PART])
def test_what_a_part_of_a_sentence_tells_is_of_that_part(words: str, values: list[float]) -> None:
    assert [dose.value_high for dose in doses(words)] == values


def test_what_was_not_enough_is_no_dose() -> None:
    assert [dose.value_low for dose in doses("If 5 mg daily is not enough, give 10 mg daily.")] == [10]


def test_what_must_not_make_up_for_a_missed_dose_is_no_dose() -> None:
    assert doses("Two tablets together will not help.", "missed_dose") == ()


@pytest.mark.parametrize("section", ["overdosage", "clinical_studies", "description"])
def test_amounts_outside_dosing_sections_are_no_doses(section: str) -> None:
    assert doses("Take 5 mg twice daily.", section) == ()


def test_elsewhere_the_words_must_say_how() -> None:
    assert doses("On 23 mg the elderly lost weight.", "geriatric_use") == ()
    [dose] = doses("The elderly start with 5 mg.", "geriatric_use", "geriatric")
    assert dose.population == "geriatric"


def test_the_quote_is_the_sentence_at_its_place() -> None:
    page = "Drink plenty. Take 5 mg twice daily with food. Rest well.\n"
    [dose] = read_doses(placed(blocks_of(page), "dosage_and_administration"), TABLET)
    assert dose.quote == "Take 5 mg twice daily with food."
    assert page[dose.char_start : dose.char_end] == dose.quote


def test_a_dose_belongs_to_the_only_product_of_its_route() -> None:
    blocks = placed(blocks_of("By mouth, take 5 mg twice daily."), "dosage_and_administration")
    assert [dose.product_no for dose in read_doses(blocks, TABLET)] == [1]


@pytest.mark.parametrize(
    "page",
    ["By mouth, take 5 mg twice daily.", "Take 5 mg twice daily.\nThe tablets are swallowed with water."],
    ids=["another route is named", "another route is spoken of on the page"],
)
def test_a_dose_is_never_tied_to_a_product_of_another_route(page: str) -> None:
    blocks = placed(blocks_of(page), "dosage_and_administration")
    assert [dose.product_no for dose in read_doses(blocks, PUMP)] == [None]


def test_the_route_beside_the_amount_counts() -> None:
    found = doses("Give 30 mg intravenously, or 60 mg into a muscle.")
    assert [dose.route for dose in found] == ["INTRAVENOUS", "INTRAMUSCULAR"]


COUNTS = [
    # words, low, high, unit
    ("Take two tablets at bedtime.", 2, 2, "{tablet}"),
    ("Take 1 to 2 capsules daily.", 1, 2, "{capsule}"),
    ("Put one spray in each nostril twice daily.", 1, 1, "{spray}"),
    ("Use no more than 4 puffs a day.", None, 4, "{puff}"),
]


@pytest.mark.parametrize(("words", "low", "high", "unit"), COUNTS, ids=[row[0] for row in COUNTS])
def test_tablets_sprays_and_puffs_are_counted(words: str, low: float | None, high: float, unit: str) -> None:
    [dose] = doses(words)
    assert (dose.value_low, dose.value_high, dose.unit) == (low, high, unit)


LENGTHS = [
    ("Give 500 mg every 8 hours for 10 days.", "10 days"),
    ("Take 5 mg daily for the first two weeks.", "first two weeks"),
    ("Give 20 mg daily for 7 to 14 days.", "7 to 14 days"),
    ("Give 20 mg daily for acne.", None),
]


@pytest.mark.parametrize(("words", "duration"), LENGTHS, ids=[row[0] for row in LENGTHS])
def test_how_long(words: str, duration: str | None) -> None:
    [dose] = doses(words)
    assert dose.duration == duration


WHOM = [
    # words, populations of the doses in them
    ("Pain: 20 mg daily; swelling in children 2 mg/kg, up to 6 mg/kg.", [None, "pediatric", "pediatric"]),
    ("Adults take 10 mg and children 5 mg daily.", ["adult", "pediatric"]),
    ("Give 10 mg daily to adults and 5 mg daily to children.", ["adult", "pediatric"]),
    ("Children: 5 mg daily. The dose may rise to 8 mg daily.", ["pediatric", "pediatric"]),
    ("The elderly start with 5 mg. Water helps. Take 20 mg daily.", ["geriatric", None]),
    ("In renal impairment give 5 mg daily.", ["renal_impairment"]),
    ("Those aged 6 to 11 years take 5 mg daily.", ["pediatric"]),
]


@pytest.mark.parametrize(("words", "populations"), WHOM, ids=[row[0] for row in WHOM])
def test_for_whom(words: str, populations: list[str | None]) -> None:
    assert [dose.population for dose in doses(words)] == populations


def test_a_heading_and_a_lead_in_hold_for_what_is_below_them() -> None:
    page = "## Pediatric Dosage\n\nThe starting dose is:\n\n- Seizures: 5 mg/kg daily\n- Tics: 2 mg/kg daily\n"
    first, second = read_doses(placed(blocks_of(page), "dosage_and_administration"), TABLET)
    assert (first.indication, first.population, first.kind) == ("Seizures", "pediatric", "starting")
    assert (second.indication, second.population, second.kind) == ("Tics", "pediatric", "starting")


def test_alternative_routes_are_not_one() -> None:
    assert [dose.route for dose in doses("Give 30 mg every 6 hours, IM or IV.")] == [None]


def test_the_route_of_another_drug_is_not_this_ones() -> None:
    [dose] = doses("Give 200 mg every 3 weeks with axitinib 5 mg orally twice daily.")
    assert (dose.value_low, dose.route_method) == (200, "inferred")


def test_a_step_and_what_it_leads_to_are_two() -> None:
    found = doses("It climbs by 10 mg/kg to 30 mg/kg twice a day.")
    assert [(dose.value_low, dose.value_high) for dose in found] == [(10, 10), (30, 30)]
    assert found[0].kind == "titration"


def test_an_age_behind_an_amount_is_its_own() -> None:
    assert [dose.age_low_years for dose in doses("No higher than 54 mg (72 mg from age 13).")] == [None, 13]


def test_how_often_a_later_step_is_made_is_not_how_often_an_amount_is_given() -> None:
    first, _ = doses("It begins at 15 mg/kg a day, climbs weekly by 5 mg/kg.")
    assert (first.per, first.frequency) == ("kg/d", None)


def test_bands_stand_beside_the_dose() -> None:
    [dose] = doses("Children 6 to 12 years of age weighing at least 20 kg take 5 mg daily.")
    assert (dose.age_low_years, dose.age_high_years, dose.weight_low_kg) == (6, 12, 20)


def test_the_route_of_a_label_ends_where_another_form_is_named() -> None:
    words = "Oral: 2 mg once. Add 1 mg later. Injection: 1 mg once. The vial goes into a vein."
    found = read_doses(placed(headed(words), "dosage_and_administration", None), ())
    assert [dose.route for dose in found] == ["ORAL", "ORAL", None]


def test_what_comes_after_titration_is_no_start() -> None:
    found = doses("# Starting treatment: dosage\n\nFirst 25 mg daily. After titration, give 50 mg daily.")
    assert [dose.kind for dose in found][-1] is None


def test_half_a_word_beside_an_amount_is_no_route() -> None:
    [dose] = doses("By mouth, 6 mg once a day for schizophrenia.")
    assert dose.route == "ORAL"
