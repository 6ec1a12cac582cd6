"""Kinetic cells: what is printed, and every value that is in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages import grids_of

from labelpipe.extract.cell_words import is_empty
from labelpipe.extract.kinetic_cells import read_cell
from labelpipe.extract.kinetics import read_kinetics
from labelpipe.extract.parameters import parameter_of
from labelpipe.extract.qualifiers import qualifiers
from labelpipe.model import Pharmacokinetic
from labelpipe.vocabulary import kinetic_parameters

Expected = tuple[str | None, float | None, float | None, str | None, list[str]]

CELLS: list[tuple[str, str, list[Expected]]] = [
    # parameter, printed, (comparator, low, high, unit, qualifiers) of each value
    ("bioavailability", "65% - 75%", [("=", 65, 75, "%", [])]),
    ("protein_binding", "~30%", [("~", 30, 30, "%", [])]),
    ("protein_binding", ">99%", [(">", 99, None, "%", [])]),
    ("protein_binding", "0.98", [("=", 0.98, 0.98, "1", [])]),
    ("half_life", "3 - 5 hours (plasma)", [("=", 3, 5, "h", ["Plasma"])]),
    ("half_life", "<5 minutes (intravenous)", [("<", None, 5, "min", ["Intravenous"])]),
    (
        "half_life",
        "2 h (plasma), 17 h (whole blood)",
        [("=", 2, 2, "h", ["Plasma"]), ("=", 17, 17, "h", ["Whole blood"])],
    ),
    ("half_life", "5 h young and 7 h elderly", [("=", 5, 5, "h", ["Young"]), ("=", 7, 7, "h", ["Elderly"])]),
    ("half_life", "12 hours (4 - 66)", [("=", 12, 12, "h", []), ("=", 4, 66, "h", [])]),
    ("half_life", "12 hours (range 4 - 66)", [("=", 12, 12, "h", []), ("=", 4, 66, "h", ["Range"])]),
    ("half_life", "50 min (9 - 18 hours in anuria)", [("=", 50, 50, "min", []), ("=", 9, 18, "h", ["In anuria"])]),
    (
        "half_life",
        "3 - 6 h (up to 20 in liver failure)",
        [("=", 3, 6, "h", []), ("<=", None, 20, "h", ["In liver failure"])],
    ),
    ("half_life", "1.5 hours (CSF, over the first 4 hours)", [("=", 1.5, 1.5, "h", ["CSF", "Over the first 4 hours"])]),
    ("half_life", "25 days (n = 46)", [("=", 25, 25, "d", ["N = 46"])]),
    ("half_life", "8 hours (after 100 mg)", [("=", 8, 8, "h", ["After 100 mg"])]),
    ("bioavailability", "40% (CV 24%)", [("=", 40, 40, "%", ["CV 24%"])]),
    ("bioavailability", "~10% of the dose (1% gel)", [("~", 10, 10, "%", ["Of the dose", "1% gel"])]),
    ("metabolism", "Minimal hepatic (~12%)", [("~", 12, 12, "%", ["Minimal", "Hepatic"])]),
    ("excretion", "Renal up to 64% (metabolites)", [("<=", None, 64, "%", ["Renal", "Metabolites"])]),
    (
        "excretion",
        "Renal 60-65% (Unchanged), Fecal 5-8%",
        [("=", 60, 65, "%", ["Renal", "Unchanged"]), ("=", 5, 8, "%", ["Fecal"])],
    ),
    (
        "excretion",
        "Urine ~57% (~17% unchanged); feces ~15%",
        [("~", 57, 57, "%", ["Urine"]), ("~", 17, 17, "%", ["Urine", "Unchanged"]), ("~", 15, 15, "%", ["Feces"])],
    ),
    ("excretion", "Urine, <10% unchanged", [("<", None, 10, "%", ["Urine", "Unchanged"])]),
    (
        "excretion",
        "Renal mainly, ~20% fecal",
        [(None, None, None, None, ["Renal", "Mainly"]), ("~", 20, 20, "%", ["Fecal"])],
    ),
    (
        "excretion",
        "Urine and bile (unchanged in urine <5%)",
        [(None, None, None, None, ["Urine", "Bile"]), ("<", None, 5, "%", ["Unchanged", "Urine"])],
    ),
    (
        "protein_binding",
        "~96% (albumin ~75%, other ~21%)",
        [("~", 96, 96, "%", []), ("~", 75, 75, "%", ["Albumin"]), ("~", 21, 21, "%", ["Other"])],
    ),
    ("cmax", "3.5 - 6.5 ug/mL (250 mg capsule)", [("=", 3.5, 6.5, "ug/mL", ["250 mg capsule"])]),
    ("cmax", "2 (IM); 4 mcg/mL (IV)", [("=", 2, 2, "ug/mL", ["IM"]), ("=", 4, 4, "ug/mL", ["IV"])]),
    ("clearance", "1,093 mL/min (total)", [("=", 1093, 1093, "mL/min", ["Total"])]),
    ("clearance", "67% lower (CrCl 7 - 53 mL/min)", [(None, None, None, None, ["67% lower", "CrCl 7 - 53 mL/min"])]),
    ("accumulation", "4 - 7 fold", [("=", 4, 7, "1", [])]),
    ("distribution", "4:1", [("=", 4, 4, "1", [])]),
    ("time_to_steady_state", "within 15 days", [("<=", None, 15, "d", [])]),
    ("time_to_steady_state", "second 72-hour application", [(None, None, None, None, ["Second 72-hour application"])]),
    ("protein_binding", "Negligible", [(None, None, None, None, ["Negligible"])]),
    ("metabolism", "CYP2C9 (major), CYP3A4", [(None, None, None, None, ["CYP2C9", "CYP3A4", "Major"])]),
]


@pytest.mark.parametrize(("parameter", "cell", "expected"), CELLS, ids=[f"{p}: {c}" for p, c, _ in CELLS])
def test_cell(parameter: str, cell: str, expected: list[Expected]) -> None:
    assert [
        (v.get("comparator"), v.get("value_low"), v.get("value_high"), v.get("unit"), list(v["qualifiers"]))
        for v in read_cell(parameter, cell)
    ] == expected


def test_plus_minus_fills_mean_and_deviation_only() -> None:
    [value] = read_cell("volume_of_distribution", "120 ± 35 L")
    assert (value["value_mean"], value["value_sd"]) == (120, 35)
    assert (value["value_low"], value["value_high"]) == (None, None)


def test_mean_in_parentheses_belongs_to_the_range() -> None:
    [value] = read_cell("half_life", "18 - 44 hours (mean 30 hours)")
    assert (value["value_low"], value["value_high"], value["value_mean"]) == (18, 44, 30)


def test_median_is_no_mean() -> None:
    first, second = read_cell("tmax", "1 - 3 h (median 2 h)")
    assert first["value_mean"] is None
    assert (second["value_low"], second["qualifiers"]) == (2, ("Median",))


@pytest.mark.parametrize(("parameter", "cell"), [(p, c) for p, c, _ in CELLS])
def test_every_words_row_stands_in_the_cell(parameter: str, cell: str) -> None:
    assert all(value["text"] in cell for value in read_cell(parameter, cell))


PIECES = [
    "5",
    " h",
    "3 - 4",
    "%",
    " mg/mL",
    "±2",
    "(",
    ")",
    ", ",
    "; ",
    " and ",
    "~",
    "<",
    "urine",
    "mean ",
    " / ",
    ":1",
    "range ",
]


@given(st.sampled_from(kinetic_parameters()), st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_any_cell_gives_rows_of_its_own_words(parameter: str, cell: str) -> None:
    values = [*read_cell(parameter, cell)]
    assert values or is_empty(cell)
    assert all(value["text"] in cell for value in values)


@pytest.mark.parametrize(
    ("name", "parameter", "around"),
    [
        ("Half-life", "half_life", ()),
        ("Levodopa half-life", "half_life", ("Levodopa",)),
        ("Half-life, elderly", "half_life", ("Elderly",)),
        ("Half-life (parent)", "half_life", ("Parent",)),
        ("Renal excretion", "excretion", ("Renal",)),
        ("Oral bioavailability", "bioavailability", ("Oral",)),
        ("Plasma protein binding", "protein_binding", ()),
        ("Time to peak", "tmax", ()),
        ("Cmax at steady state", "cmax", ("At steady state",)),
        ("Apparent volume of distribution", "volume_of_distribution", ("Apparent",)),
        ("Steady-state trough", "cmin", ()),
    ],
)
def test_names_of_parameters(name: str, parameter: str, around: tuple[str, ...]) -> None:
    named = parameter_of(name)
    assert named is not None
    assert (named.parameters[0], named.qualifiers) == (parameter, around)


@pytest.mark.parametrize(
    "name", ["Binding antibodies", "Absorption rate constant", "Poor metabolizers", "Headache", ""]
)
def test_other_names_are_none(name: str) -> None:
    assert parameter_of(name) is None


def read(*lines: str) -> tuple[Pharmacokinetic, ...]:
    return read_kinetics(grids_of(*lines), (), frozenset())


def test_values_know_their_table_row_and_block() -> None:
    tmax, half_life = read("| Parameter | Value |", "|---|---|", "| Tmax | 2 h |", "| Half-life | 5 h |")
    assert (tmax.pk_no, tmax.table_no, tmax.row_no, tmax.block_no) == (1, 1, 2, 3)
    assert (half_life.pk_no, half_life.row_no, half_life.block_no) == (2, 3, 4)


def test_a_shared_name_means_what_the_value_measures() -> None:
    first, second = read("| Peak | 2 h |", "| Peak, fasting | 40 ng/mL |")
    assert (first.parameter, second.parameter) == ("tmax", "cmax")


def test_unit_beside_the_name() -> None:
    first, second = read("| Cmax (ng/mL) | 311 |", "| Half-life (h) | 8 - 10 |")
    assert (first.value_low, first.unit) == (311, "ng/mL")
    assert (second.value_low, second.value_high, second.unit) == (8, 10, "h")


def test_columns_say_whose_value_it_is() -> None:
    rows = read("| Measure | Adults | Children |", "|---|---|---|", "| Half-life | 5 h | 3 h |")
    assert [(row.value_low, row.qualifiers) for row in rows] == [(5, ("Adults",)), (3, ("Children",))]


def test_values_side_by_side_under_names_side_by_side() -> None:
    rows = read("| What | Tablet / spray |", "|---|---|", "| Half-life | 2 h / 90 min |")
    assert [(row.value_low, row.unit, row.qualifiers) for row in rows] == [
        (2, "h", ("Tablet",)),
        (90, "min", ("Spray",)),
    ]


def test_parameters_across_the_top() -> None:
    rows = read("| Dose | Tmax (h) | Cmax (ng/mL) |", "|---|---|---|", "| 5 mg | 1.5 | 20 ± 4 |")
    assert [(row.parameter, row.unit, row.qualifiers) for row in rows] == [
        ("tmax", "h", ("5 mg",)),
        ("cmax", "ng/mL", ("5 mg",)),
    ]
    assert (rows[0].value_low, rows[1].value_mean, rows[1].value_sd) == (1.5, 20, 4)


def told(*lines: str) -> list[tuple[str, float | None, float | None, tuple[str, ...]]]:
    return [(v.parameter, v.value_mean or v.value_low, v.value_sd, v.qualifiers) for v in read(*lines)]


def test_rows_of_words_below_the_header_say_more_of_each_column() -> None:
    found = told(
        "| Zerbal | Young volunteers | Young volunteers |",
        "|---|---|---|",
        "| Food | Fasted | Fed |",
        "| Cmax (ng/mL) | 1816 | 3510 |",
        "| Tmax (h) | 3.0 | 4.9 |",
    )
    assert found[:2] == [("cmax", 1816, None, ("Fasted",)), ("cmax", 3510, None, ("Fed",))]


def test_a_row_of_a_substance_is_over_the_rows_below_it() -> None:
    found = told(
        "| Zerbal | N | 20 mg |",
        "|---|---|---|",
        "| Norzerbal | N |  |",
        "| Cmax (ng/mL) | 14 | 1816 |",
        "| Tmax (h) | 14 | 3.0 |",
    )
    assert {qualifiers[-1] for *_, qualifiers in found} == {"Norzerbal"}


def test_parameters_over_all_columns_leave_none_for_a_name() -> None:
    found = told("| Mean (SD) Cmax (ng/mL) | Tmax (h) |", "|---|---|", "| 11.1 + 4.6 | 1-2 |")
    assert found == [("cmax", 11.1, 4.6, ()), ("tmax", 1, None, ())]


def test_a_legend_says_what_the_second_number_is() -> None:
    found = told(
        "| Group | Cmax (ng/mL) | Tmax (h) |", "|---|---|---|", "| All | 24 (10) | 2 (1) |", "| Mean (SD) | | |"
    )
    assert found == [("cmax", 24, 10, ("All",)), ("tmax", 2, 1, ("All",))]


def test_counts_of_people_are_no_values() -> None:
    found = told(
        "| Dose | What | Cmax (ng/mL) | Tmax (h) |",
        "|---|---|---|---|",
        "| 5 mg | N | 23 | 23 |",
        "| 5 mg | Result | 9 | 2 |",
    )
    assert [value for _, value, *_ in found] == [9, 2]


def test_a_share_may_be_named_before_its_parameter() -> None:
    [value] = [
        v
        for v in read("| What | Value |", "|---|---|", "| Tmax (h) | 2 |", "| % bound to plasma proteins | 80 |")
        if v.unit == "%"
    ]
    assert (value.parameter, value.value_low, value.unit) == ("protein_binding", 80, "%")


def test_a_dose_is_for_each_kilogram_even_where_a_mark_sticks_to_it() -> None:
    found = read(
        "| Parameter | 0.5 mg/kg1 | 50 mg/25 mg |",
        "|---|---|---|",
        "| Cmax (ng/mL) | 24 | 30 |",
        "| Tmax (h) | 2 | 2 |",
    )
    assert [(v.dose_value, v.dose_unit) for v in found[:2]] == [(0.5, "mg/kg"), (None, None)]


def test_everyday_names_alone_make_no_kinetics_table() -> None:
    assert read("| Infection | Sinusitis |", "| Duration | 7 days |") == ()


def test_an_empty_cell_is_no_row() -> None:
    assert [row.text for row in read("| Tmax | |", "| Half-life | 5 h |")] == ["5 h"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("renal unchanged", ("Renal", "Unchanged")),
        ("in urine", ("Urine",)),
        ("urine within 24 h", ("Urine", "Within 24 h")),
        ("to 1,2- and 1,3-forms", ("To 1,2- and 1,3-forms",)),
        (" : - ", ()),
        ("", ()),
    ],
)
def test_qualifiers(words: str, expected: tuple[str, ...]) -> None:
    assert qualifiers(words) == expected
