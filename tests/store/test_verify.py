"""`labelpipe validate`: a good build has no problems, and every kind of damage is one."""

import shutil
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from samples import make_label, publish

from labelpipe.contract import TABLES
from labelpipe.errors import OutputNotFound
from labelpipe.store.verify import problems


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published build that keeps the contract."""
    folder = tmp_path_factory.mktemp("good")
    publish([make_label("Lorvel"), make_label("Tarvel")], folder)
    return folder


@pytest.fixture
def damaged(good: Path, tmp_path: Path) -> Path:
    """A copy of it, to be damaged."""
    shutil.copytree(good, tmp_path / "damaged", symlinks=True)
    return tmp_path / "damaged"


def execute(output: Path, *statements: str) -> None:
    with duckdb.connect(str(output / "labels.duckdb")) as con:
        for statement in statements:
            con.execute(statement)


def test_a_good_build_has_no_problems(good: Path) -> None:
    assert list(problems(good)) == []


def test_where_there_is_no_build_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(OutputNotFound):
        list(problems(tmp_path))


IN_THE_DATABASE = {
    "a value out of the vocabulary": ("UPDATE blocks SET kind = 'poem' WHERE block_no = 2", "kind is 'poem'"),
    "a row that is gone": ("DELETE FROM doses WHERE dose_no = 1", "doses: 2 rows are only in"),
    "a row that stands there twice": ("INSERT INTO faqs FROM faqs LIMIT 1", "faqs: 2 rows break unique_key"),
    "rows without their document": (
        "DELETE FROM documents WHERE brand_name = 'Lorvel'",
        "blocks: 8 rows break reference_documents",
    ),
    "a quote that is not at its place": (
        "UPDATE doses SET char_start = char_start + 1",
        "the words are not those at its place",
    ),
    "a quote outside its block": ("UPDATE doses SET block_no = 1", "doses: 2 rows break quote_in_block"),
    "an answer that was changed": ("UPDATE faqs SET answer = 'Never.'", "faqs: 2 rows break quote_in_block"),
    "a finding's words that were changed": ("UPDATE findings SET quote = 'x'", "findings: 2 rows break quote_in_block"),
    "a block whose words were changed": ("UPDATE blocks SET text = 'other words' WHERE block_no = 5", "at its place"),
    "a text that was changed": ("UPDATE texts SET text = 'x' || text", "at its place"),
    "a run that cannot count": ("UPDATE runs SET n_documents = 7", "runs: 7 documents were given, 2 are accounted for"),
    "a run that is gone": ("DELETE FROM runs", "the build has 0 runs"),
    "a table that is gone": ("DROP TABLE doses", "doses: the table is not in"),
    "a column that is gone": ("ALTER TABLE texts DROP text", "texts: the columns in"),
    "a column of another type": ("ALTER TABLE blocks ALTER char_end TYPE BIGINT", "blocks: the columns in"),
    "a column too many": ("ALTER TABLE faqs ADD mood VARCHAR", "faqs: the columns in"),
}


@pytest.mark.parametrize(("statement", "told"), IN_THE_DATABASE.values(), ids=IN_THE_DATABASE)
def test_damage_in_the_database_is_found(damaged: Path, statement: str, told: str) -> None:
    execute(damaged, statement)
    assert any(told in problem for problem in problems(damaged)), list(problems(damaged))


def test_a_database_that_does_not_open_is_a_problem(damaged: Path) -> None:
    path = damaged / "labels.duckdb"
    path.write_bytes(path.read_bytes()[:5000])
    (problem,) = problems(damaged)
    assert "cannot be opened" in problem


@pytest.mark.parametrize("name", TABLES)
def test_a_missing_parquet_file_is_found(damaged: Path, name: str) -> None:
    (damaged / "parquet" / f"{name}.parquet").unlink()
    (problem,) = problems(damaged)
    assert problem.startswith(f"{name}: ")
    assert problem.endswith("is missing")


def test_a_parquet_file_that_was_cut_off_is_found(damaged: Path) -> None:
    path = damaged / "parquet/blocks.parquet"
    path.write_bytes(path.read_bytes()[:-100])
    (problem,) = problems(damaged)
    assert "blocks.parquet cannot be compared" in problem


def test_a_parquet_file_with_other_rows_is_found(damaged: Path) -> None:
    path = damaged / "parquet/blocks.parquet"
    pq.write_table(pq.read_table(path).slice(1), path)
    assert list(problems(damaged)) == [f"blocks: 1 rows are only in the database or only in {path}"]


def test_a_parquet_file_with_other_columns_is_found(damaged: Path) -> None:
    path = damaged / "parquet/blocks.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["topic"]), path)
    (problem,) = problems(damaged)
    assert "blocks.parquet cannot be compared" in problem
