"""Doses in tables: a row says for whom or what for, a column what kind of dose, its unit, or how often."""

from pages import blocks_of

import labelpipe
from labelpipe.extract.doses import read_doses
from labelpipe.extract.tables import read_grids
from labelpipe.model import Dose


def doses(page: str) -> tuple[Dose, ...]:
    blocks = tuple(block._replace(section="dosage_and_administration") for block in blocks_of(page))
    return read_doses(blocks, (), read_grids(blocks))


WEIGHT_BANDS = """
| Weight | Dose (mg) twice daily |
|---|---|
| 10 to 20 kg | 25 |
| Over 20 kg | 50 to 75 |
"""


def test_bare_numbers_have_the_unit_of_their_column() -> None:
    small, large = doses(WEIGHT_BANDS)
    assert (small.value_low, small.value_high, small.unit, small.frequency) == (25, 25, "mg", "twice daily")
    assert (small.weight_low_kg, small.weight_high_kg) == (10, 20)
    assert (large.value_low, large.value_high) == (50, 75)
    assert (large.weight_low_kg, large.weight_high_kg) == (20, None)


RENAL = """
| Creatinine clearance (mL/min) | Starting dose | Maximum dose |
|---|---|---|
| 30 to 59 | 100 mg once daily | 300 mg daily |
| Below 30 | 50 mg once daily | 150 mg daily |
"""


def test_columns_say_what_kind_of_dose() -> None:
    found = [(d.kind, d.value_low, d.value_high, d.crcl_low_ml_min, d.crcl_high_ml_min) for d in doses(RENAL)]
    assert found == [
        ("starting", 100, 100, 30, 59),
        ("maximum", None, 300, 30, 59),
        ("starting", 50, 50, None, 30),
        ("maximum", None, 150, None, 30),
    ]


INDICATIONS = """
| Infection | Dose | Duration |
|---|---|---|
| Throat | 250 mg every 12 hours | 10 days |
| Skin | 500 mg every 12 hours | 7 to 14 days |
"""


def test_a_row_says_what_for_and_how_long() -> None:
    throat, skin = doses(INDICATIONS)
    assert (throat.indication, throat.frequency, throat.duration) == ("Throat", "every 12 hours", "10 days")
    assert (skin.indication, skin.value_low, skin.duration) == ("Skin", 500, "7 to 14 days")


WEIGHTS_BARE = """
| Body weight (kg) | Daily dose |
|---|---|
| 10 to less than 20 | 25 mg |
| at least 45 | up to 100 mg/day |
"""


def test_bare_bands_have_the_unit_of_their_column() -> None:
    small, large = doses(WEIGHTS_BARE)
    assert (small.weight_low_kg, small.weight_high_kg) == (10, 20)
    assert (large.weight_low_kg, large.per, large.frequency) == (45, "d", None)


TWO_IN_A_CELL = """
| Condition | Dose |
|---|---|
| Tics | Adults: 10 mg daily. Children: 5 mg daily |
"""


def test_each_amount_of_a_cell_has_its_own_words() -> None:
    assert [dose.population for dose in doses(TWO_IN_A_CELL)] == ["adult", "pediatric"]


TAKEN_BEFORE = """
| Current oral dose | Injected dose |
|---|---|
| 10 mg daily | 441 mg monthly |
"""
EFFECTS = """
| Daily dose | Fall |
|---|---|
| 10 mg | 39% |
"""


def test_what_was_taken_before_and_what_an_amount_does_are_no_doses() -> None:
    assert [dose.value_low for dose in doses(TAKEN_BEFORE)] == [441]
    assert doses(EFFECTS) == ()


SECOND_LABEL = """
| Age | Weight | Dose |
|---|---|---|
| 1 to 5 months | 3 kg or greater | 5 mg every 12 hours. Up to 8 mg has been given |
"""


def test_a_second_label_tells_for_whom_too_and_reports_are_none() -> None:
    [dose] = doses(SECOND_LABEL)
    assert (dose.weight_low_kg, dose.value_low, dose.frequency) == (3, 5, "every 12 hours")


SCOOPS = """
| Weight | 45 to 55 mg/kg twice daily |
|---|---|
| 10 kg | 2 |
"""


def test_the_amount_in_a_column_s_name_is_no_unit() -> None:
    assert doses(SCOOPS) == ()


STEPS = """
| Step | Dose |
|---|---|
| Starting dose | 5 mg daily |
| First dose reduction | 3 mg daily |
"""


def test_a_row_s_name_says_what_kind_of_dose() -> None:
    assert [dose.kind for dose in doses(STEPS)] == ["starting", None]


MADE_UP_OF = """
| Weight | Daily dose | Capsules |
|---|---|---|
| 20 kg | 300 mg | one 200 mg + two 50 mg capsules |
"""


def test_what_a_dose_is_made_up_of_is_no_dose() -> None:
    assert [dose.value_low for dose in doses(MADE_UP_OF)] == [300]


ALTERNATIVES = """
| Weight | Target daily dose |
|---|---|
| Below 40 kg | 5 mg/kg |
| 40 kg and more | 200 mg or 300 mg |
"""


def test_a_column_of_daily_doses_holds_for_all_amounts_of_a_cell() -> None:
    found = [(d.value_low, d.per) for d in doses(ALTERNATIVES)]
    assert found == [(5, "kg/d"), (200, "d"), (300, "d")]


def test_a_cell_may_tell_of_a_study_beside_its_dose() -> None:
    found = doses("| Pain | Dose |\n|---|---|\n| Mild | 60 mg daily; 100 mg daily has been tried in a study. |\n")
    assert [d.value_low for d in found] == [60]


def test_a_row_of_recommended_starting_doses_has_starting_doses() -> None:
    [found] = doses("| Step | Dose |\n|---|---|\n| Recommended starting dose | 60 mg daily |\n")
    assert found.kind == "starting"


def test_alternatives_of_a_cell_share_how_often() -> None:
    found = doses("| Pain | Dose |\n|---|---|\n| Mild | 20 mg or 40 mg once daily |\n")
    assert [(d.value_low, d.frequency) for d in found] == [(20, "once daily"), (40, "once daily")]


POURED = """
| Weight | Dose (mg) | Volume of injection (mL) | Step 1 (mL/hour) |
|---|---|---|---|
| 20 kg | 50 | 0.5 | 12 |
"""


def test_what_is_poured_and_how_fast_it_flows_is_no_dose() -> None:
    assert [(d.value_low, d.unit) for d in doses(POURED)] == [(50, "mg")]


READY = """
| Dose | Water to be added |
|---|---|
| 50 mg | 5 mL |
"""


def test_a_table_of_preparation_has_no_doses() -> None:
    assert doses(READY) == ()


STRENGTHS = """
| Package | Count |
|---|---|
| 5 mg | 30 |
| 10 mg | 100 |
"""


def test_a_table_without_a_column_of_doses_has_none() -> None:
    assert doses(STRENGTHS) == ()


def test_the_row_is_quoted_at_its_place() -> None:
    first, _ = doses(WEIGHT_BANDS)
    assert WEIGHT_BANDS[first.char_start : first.char_end] == first.quote == "| 10 to 20 kg | 25 |"
    assert (first.table_no, first.row_no, first.method) == (1, 2, "table")


ROUTES = """
| Infection | IV dose | Oral dose |
|---|---|---|
| Throat | 6 mg/kg daily | 200 mg daily |
"""


def test_a_column_may_say_its_route_in_a_word() -> None:
    assert [dose.route for dose in doses(ROUTES)] == ["INTRAVENOUS", "ORAL"]


AGES = """
| Indication | Age and Weight | Dose | Duration |
|---|---|---|---|
| Reflux | 1 to 16 years | 5 mg once daily | 4 weeks |
"""


def test_ages_may_stand_in_a_column_of_their_own() -> None:
    [dose] = doses(AGES)
    assert (dose.age_low_years, dose.age_high_years, dose.duration) == (1, 16, "4 weeks")


SPANNED = """<document xmlns="urn:hl7-org:v3"><setId root="a"/><component><structuredBody><component><section>
<code code="34068-7"/><text><table><tbody>
<tr><td>Infection</td><td>Age</td><td colspan="2">Loading Dose</td></tr>
<tr><td/><td/><td>Infusion</td><td>How often</td></tr>
<tr><td>Throat</td><td rowspan="2">2 to 5 years</td><td>6 mg/kg</td><td rowspan="2">once daily</td></tr>
<tr><td>Skin</td><td>4 mg/kg</td></tr>
</tbody></table></text></section></component></structuredBody></component></document>"""


def test_rows_of_words_above_the_figures_are_headers_and_cells_hold_for_all_their_rows() -> None:
    found = [
        (dose.indication, dose.kind, dose.value_low, dose.age_high_years, dose.frequency)
        for dose in labelpipe.parse(SPANNED.encode()).facts.doses
    ]
    assert found == [("Throat", "loading", 6, 5, "once daily"), ("Skin", "loading", 4, 5, "once daily")]
