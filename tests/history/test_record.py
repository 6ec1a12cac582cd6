"""The history of labels in a build: which version was in force on a day, and what each one changed."""

import os
from datetime import date
from pathlib import Path

import duckdb
import pytest

from labelpipe.errors import QueryError
from labelpipe.history.between import difference
from labelpipe.pipeline import build
from labelpipe.store.verify import problems

RAW = Path(__file__).parents[2] / "raw"
VERSIONS = (RAW / "levothyroxine_spl.xml", RAW / "levothyroxine_spl_2025.xml")
LABEL = "7a6b1c9e-2f4d-4a1e-8b7c-90d1e2f3a401"


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("history")
    build(VERSIONS, folder)
    return folder


def ask(output: Path, sql: str, *parameters: object) -> list[tuple[object, ...]]:
    with duckdb.connect(str(output / "labels.duckdb"), read_only=True) as con:
        return con.execute(sql, parameters).fetchall()


def test_versions_follow_one_another(output: Path) -> None:
    assert ask(output, "SELECT label_version, valid_from, valid_until FROM label_versions") == [
        ("4", date(2024, 3, 15), date(2025, 6, 20)),
        ("5", date(2025, 6, 20), None),
    ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2024-03-14", []),
        ("2024-03-15", ["4"]),
        ("2025-06-19", ["4"]),
        ("2025-06-20", ["5"]),
        ("2030-01-01", ["5"]),
    ],
)
def test_what_was_in_force_on_a_day(output: Path, day: str, expected: list[str]) -> None:
    found = ask(output, "SELECT label_version FROM label_as_of(?, ?)", LABEL, day)
    assert [version for (version,) in found] == expected


def test_what_the_new_version_changed(output: Path) -> None:
    assert ask(output, "SELECT kind, section, old_text, new_text FROM label_changes WHERE level = 'passage'") == [
        ("formatting", "indications_and_usage", "1.1 Hypothyroidism", "1.1 HYPOTHYROIDISM"),
        ("formatting", "indications_and_usage", "It is of no use in:", "It is of no use in —"),
        (
            "changed",
            "dosage_and_administration",
            "With heart disease, or over the age of 60, the starting dose is 12.5 to 25 mcg a day, raised every 6 to "
            "8 weeks until TSH is normal.",
            "With heart disease, or over the age of 60, the starting dose is 12.5 mcg a day, raised every 6 to "
            "8 weeks until TSH is normal.",
        ),
        ("added", "warnings_and_precautions", None, "5.3 Biotin and Thyroid Tests"),
        ("added", "warnings_and_precautions", None, "Biotin in large amounts can make the thyroid tests read wrong."),
        ("added", "warnings_and_precautions", None, "It is left out for two days before blood is drawn."),
        (
            "changed",
            "adverse_reactions",
            "Heart: palpitations, fast or uneven beats, angina",
            "Heart: palpitations, fast or uneven beats, angina, heart failure",
        ),
    ]


def test_the_dose_that_changed_is_a_fact(output: Path) -> None:
    facts = ask(output, "SELECT table_name, kind, old_text, new_text FROM label_changes WHERE level = 'fact'")
    assert [(table, kind) for table, kind, _, _ in facts] == [("doses", "changed")]
    assert "12.5 to 25 ug" in str(facts[0][2])
    assert "12.5 ug" in str(facts[0][3])


def test_sections_are_counted(output: Path) -> None:
    sql = "SELECT n_added, n_removed, n_changed, n_moved, n_formatting FROM section_changes WHERE section = ?"
    assert ask(output, sql, "warnings_and_precautions") == [(3, 0, 0, 0, 0)]


def test_the_build_keeps_the_contract(output: Path) -> None:
    assert list(problems(output)) == []


def test_an_undated_document_is_no_version(tmp_path: Path) -> None:
    build([RAW / "gablofen.txt"], tmp_path)
    assert ask(tmp_path, "FROM label_versions") == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (None, None, ("4", "5")),
        ("4", None, ("4", "5")),
        ("2024-12-31", "2025-12-31", ("4", "5")),
        ("5", "4", ("5", "4")),
    ],
)
def test_any_two_versions_can_be_compared(
    output: Path, old: str | None, new: str | None, expected: tuple[str, str]
) -> None:
    found = difference(output, "Thyravel", old, new)
    assert (found.old.label_version, found.new.label_version) == expected
    assert found.changes


@pytest.mark.parametrize(
    ("label", "version", "told"),
    [
        ("Nosuch", None, "no label is called 'Nosuch'"),
        ("Thyravel", "9", "has no version '9'; it has version 4 of 2024-03-15"),
        ("Thyravel", "2020-01-01", "has no version '2020-01-01'"),
    ],
)
def test_what_is_not_there_is_named(output: Path, label: str, version: str | None, told: str) -> None:
    with pytest.raises(QueryError, match=told):
        difference(output, label, version)


@pytest.mark.slow
@pytest.mark.skipif("LABELPIPE_SHARED" not in os.environ, reason="LABELPIPE_SHARED does not say where the labels are")
def test_every_version_that_openfda_gave_can_be_asked_for(tmp_path: Path) -> None:
    """On the first day of every version, and on the day before the next, that version was in force."""
    build([Path(os.environ["LABELPIPE_SHARED"]) / "corpus/openfda_history"], tmp_path)
    given = ask(
        tmp_path,
        "SELECT label_id, effective_date, max_by(label_version, label_version::INT) "
        "FROM documents WHERE effective_date IS NOT NULL GROUP BY ALL ORDER BY ALL",
    )
    assert len(given) >= 40
    for label_id, day, version in given:
        assert ask(tmp_path, "SELECT label_version FROM label_as_of(?, ?)", label_id, day) == [(version,)]
    following = "SELECT label_id, valid_until - 1, label_version FROM label_versions WHERE valid_until > valid_from"
    for label_id, day, version in ask(tmp_path, following):
        assert ask(tmp_path, "SELECT label_version FROM label_as_of(?, ?)", label_id, day) == [(version,)]
    assert list(problems(tmp_path)) == []
