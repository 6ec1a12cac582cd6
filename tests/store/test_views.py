"""Views and macros: each is explained down to its columns, and opens with whatever DuckDB reads the file."""

import json
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from labelpipe.pipeline import build

OLDEST_DUCKDB = "1.2.2"

ASK_EVERYTHING = """
import sys, duckdb
con = duckdb.connect(sys.argv[1], read_only=True)
for (view,) in con.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall():
    con.execute(f"FROM {view}").fetchall()
for call in ("search('alcohol')", "label('gablofen.txt')", "section_of('baclofen', 'missed_dose')",
             "find_ndc('66794-155')", "find_brand('gablofen')", "find_ingredient('baclofen')",
             "lineage((SELECT min(fact_id) FROM facts))"):
    assert con.execute(f"FROM {call}").fetchall(), call
print(duckdb.__version__)
"""


@pytest.fixture(scope="module")
def con(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The samples' build."""
    output = tmp_path_factory.mktemp("views")
    build([root / "raw"], output)
    with duckdb.connect(str(output / "labels.duckdb"), read_only=True) as con:
        yield con


def ask(con: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    return con.execute(sql).fetchall()


def test_everything_that_can_be_asked_is_explained(con: duckdb.DuckDBPyConnection) -> None:
    assert ask(con, "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL") == []
    assert ask(con, "SELECT view_name FROM duckdb_views() WHERE NOT internal AND comment IS NULL") == []
    assert ask(con, "SELECT function_name FROM duckdb_functions() WHERE NOT internal AND comment IS NULL") == []
    assert ask(
        con, "SELECT comment FROM duckdb_columns() WHERE table_name = 'storage' AND column_name = 'brand_name'"
    ) == [("Brand name, as the header states it",)]


def test_a_label_has_one_row_with_its_boxed_warning_by_route(con: duckdb.DuckDBPyConnection) -> None:
    rows = ask(con, "SELECT count(*), count(DISTINCT doc_id) FROM boxed_warning_by_label")
    assert rows == ask(con, "SELECT count(*), count(*) FROM documents")
    columns = "state, present_for_routes, absent_for_routes"
    assert ask(con, f"SELECT {columns} FROM boxed_warning_by_label WHERE brand_name = 'Gablofen'") == [
        ("present", [], ["ORAL"])
    ]


def test_maximum_doses_compare_or_say_why_not(con: duckdb.DuckDBPyConnection) -> None:
    rows = ask(con, "SELECT maximum_a_day, maximum_a_day_unit, not_comparable_because FROM maximum_doses")
    assert rows
    assert all((value is None) == (unit is None) == (why is not None) for value, unit, why in rows)
    assert ask(
        con,
        "SELECT population, maximum_a_day, maximum_a_day_unit FROM maximum_daily_dose WHERE brand_name = 'Naprosyn'",
    ) == [("adult", 1500, "mg/d")]


def test_every_fact_leads_back_to_its_words(con: duckdb.DuckDBPyConnection) -> None:
    ((facts, names),) = ask(con, "SELECT count(*), count(DISTINCT fact_id) FROM facts")
    assert facts == names > 100
    for (fact,) in ask(con, "SELECT min(fact_id) FROM facts WHERE quote IS NOT NULL GROUP BY fact_table"):
        [(quote, words, path)] = ask(con, f"SELECT quote, words_at_span, source_path FROM lineage('{fact}')")
        assert quote == words
        assert path


def test_products_and_ingredients_are_facts_with_words_or_data_behind_them(con: duckdb.DuckDBPyConnection) -> None:
    for table in ("products", "ingredients"):
        [(n_quoted, n_stated)] = ask(
            con,
            "SELECT count(quote), count(*) FILTER (method = 'stated' AND quote IS NULL AND confidence = 1) "
            f"FROM facts WHERE fact_table = '{table}'",
        )
        assert n_quoted > 0 < n_stated
        assert ask(con, f"SELECT count(*) FROM facts WHERE fact_table = '{table}'") == [(n_quoted + n_stated,)]


def test_a_fact_without_words_has_none_around_it(con: duckdb.DuckDBPyConnection) -> None:
    [(fact,)] = ask(con, "SELECT min(fact_id) FROM facts WHERE fact_table = 'ingredients' AND quote IS NULL")
    around = ask(con, f"SELECT method, quote, words_at_span, words_before, words_behind FROM lineage('{fact}')")
    assert around == [("stated", None, None, None, None)]


@pytest.mark.parametrize("fact", ["", "nothing", "a/b/c", "0/doses/1"])
def test_what_is_no_fact_has_no_lineage(con: duckdb.DuckDBPyConnection, fact: str) -> None:
    assert ask(con, f"FROM lineage('{fact}')") == []


@pytest.mark.slow
def test_the_oldest_duckdb_asks_everything(root: Path, tmp_path: Path) -> None:
    build([root / "raw"], tmp_path / "out")
    venv.create(tmp_path / "old", with_pip=True)
    python = tmp_path / "old/bin/python"
    installed = subprocess.run([python, "-m", "pip", "install", "-q", f"duckdb=={OLDEST_DUCKDB}"], capture_output=True)
    if installed.returncode:
        pytest.skip(f"duckdb {OLDEST_DUCKDB} cannot be installed here")
    command = [str(python), "-c", ASK_EVERYTHING, str(tmp_path / "out/labels.duckdb")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, f"{OLDEST_DUCKDB}\n"), done.stderr


def test_several_processes_ask_everything_while_builds_run(root: Path, tmp_path: Path) -> None:
    build([root / "raw"], tmp_path)
    command = [sys.executable, "-c", ASK_EVERYTHING, str(tmp_path / "labels.duckdb")]
    readers = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    build([root / "raw"], tmp_path)
    for reader in readers:
        _, error = reader.communicate()
        assert reader.returncode == 0, error


def test_a_missed_dose_is_advice_to_those_who_missed_one(tmp_path: Path) -> None:
    advice = "If you miss a dose, take it when you remember, unless the next dose is near."
    trial = "In the trial one in four missed a dose, and a missed dose was mostly due to nausea."
    label = {"set_id": "1", "id": "1", "dosage_and_administration": [advice], "adverse_reactions": [trial]}
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "zerbal.json").write_text(json.dumps({"results": [label]}), encoding="utf-8")
    build([tmp_path / "in"], tmp_path / "out")
    with duckdb.connect(str(tmp_path / "out" / "labels.duckdb"), read_only=True) as con:
        assert ask(con, "SELECT text FROM missed_dose") == [(advice,)]
