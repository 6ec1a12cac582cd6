"""Interacting substances: one a row, with how strongly the words warn."""

import pytest
from pages import blocks_of, headed, placed

from labelpipe.extract.interactions import read_interactions

NAMES = frozenset({"zerbal", "zerbaline"})

Expected = list[tuple[str, str | None]]


def found(page: str) -> Expected:
    blocks = placed(headed(page), "drug_interactions")
    return [(row.substance, row.severity) for row in read_interactions(blocks, NAMES)]


PAGES: list[tuple[str, Expected]] = [
    ("- Ketoconazole, itraconazole: more zerbaline\n", [("Ketoconazole", None), ("itraconazole", None)]),
    (
        "These must never be combined with Zerbal:\n\n- MAO inhibitors (phenelzine)\n- Any other triptan: wait\n",
        [("MAO inhibitors", "contraindicated"), ("phenelzine", "contraindicated"), ("triptan", "contraindicated")],
    ),
    ("Grapefruit juice should be avoided.", [("Grapefruit juice", "avoid")]),
    ("Monitor the INR of patients on warfarin.", [("warfarin", "caution")]),
    ("Reduce the dose of simvastatin to 20 mg.", [("simvastatin", "adjust_dose")]),
    ("Strong CYP3A4 inhibitors raise it.", [("Strong CYP3A4 inhibitors", None)]),
    (
        "Aspirin, mistletoe, and ibuprofen thin the blood.",
        [("Aspirin", None), ("mistletoe", None), ("ibuprofen", None)],
    ),
    ("Carbamazepine lowers zerbaline and hydroxyzerbaline.", [("Carbamazepine", None)]),
    ("Hydroxychloroquine and norfloxacin raise zerbaline.", [("Hydroxychloroquine", None), ("norfloxacin", None)]),
    ("Tizanidine, a muscle relaxer, builds up.", [("Tizanidine", None)]),
    ("Quinolones other than ciprofloxacin raise it.", [("Quinolones", None)]),
    ("With pravastatin, dosage adjustments should not be necessary.", [("pravastatin", None)]),
    ("Interactions were observed with triazolam.", [("triazolam", None)]),
    ("Patients who take triazolam should be closely observed.", [("triazolam", "caution")]),
    (
        "Rhabdomyolysis came with HMG-CoA reductase inhibitors at high dosages.",
        [("HMG-CoA reductase inhibitors", None)],
    ),
    ("Potassium may fall.", []),
    ("- Potassium: may rise\n", [("Potassium", None)]),
    ("It has no meaningful effect on digoxin.", []),
    ("Zerbaline adds to itself.", []),
    ("St. John's wort weakens it.", [("St. John's wort", None)]),
]


@pytest.mark.parametrize(("page", "expected"), PAGES, ids=[page.partition("\n")[0] for page, _ in PAGES])
def test_substances(page: str, expected: Expected) -> None:
    assert found(page) == expected


def test_a_table_warns_in_the_cell_beside_the_substance() -> None:
    page = "| Drug | Advice |\n|---|---|\n| Warfarin | Use with caution. Bleeding is to be avoided. |\n"
    blocks = tuple(block._replace(section="drug_interactions") for block in blocks_of(page))
    [row] = read_interactions(blocks, NAMES)
    assert (row.substance, row.severity, row.severity_text, row.method) == ("Warfarin", "caution", "caution", "table")


def test_the_rows_below_a_groups_row_say_what_to_do() -> None:
    page = "| Digoxin |  |\n| Clinical Impact: | Levels may rise. |\n| Intervention: | Avoid both. |\n"
    blocks = tuple(block._replace(section="drug_interactions") for block in blocks_of(page))
    assert [(row.substance, row.severity) for row in read_interactions(blocks, NAMES)] == [("Digoxin", "avoid")]


def test_a_group_is_not_warned_of_where_it_is_excepted() -> None:
    others = "Strong CYP3A inhibitors, except ritonavir, are contraindicated."
    page = f"| Ritonavir |  |\n| Management | Reduce the dose. {others} |\n"
    blocks = tuple(block._replace(section="drug_interactions") for block in blocks_of(page))
    rows = [(row.substance, row.severity) for row in read_interactions(blocks, NAMES)]
    assert rows == [("Ritonavir", "adjust_dose"), ("Strong CYP3A inhibitors", "contraindicated")]


def test_a_substance_without_a_warning_is_left_out_where_it_has_one() -> None:
    assert found("Warfarin acts longer. Monitor warfarin.") == [("warfarin", "caution")]


def test_the_sentence_is_quoted_at_its_place() -> None:
    page = "Be careful. Avoid alcohol [see Warnings (5)]. Rest.\n"
    [row] = read_interactions(placed(blocks_of(page), "drug_interactions"), NAMES)
    assert page[row.char_start : row.char_end] == row.quote == "Avoid alcohol [see Warnings (5)]."
