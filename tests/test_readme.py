"""What the README claims is what happens: its Python runs as a doctest, its console blocks print what they show."""

import doctest
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from labelpipe.pipeline import build

REPOSITORY = Path(__file__).parent.parent


@pytest.fixture
def built_folder(tmp_path: Path) -> Iterator[Path]:
    (tmp_path / "raw").symlink_to(REPOSITORY / "raw")
    build([tmp_path / "raw"], tmp_path / "output")
    before = Path.cwd()
    os.chdir(tmp_path)
    yield tmp_path
    os.chdir(before)


def test_the_python_examples_run(built_folder: Path) -> None:
    result = doctest.testfile(
        str(REPOSITORY / "README.md"), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE
    )
    assert result.attempted >= 7
    assert result.failed == 0


def test_the_question_about_missed_doses_is_answered(built_folder: Path) -> None:
    """A query that prints nothing proves nothing: most samples have a paragraph on missed doses, in their own words."""
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    sql = re.search(r'labelpipe query "(.*topic = \'missed_dose\'.*)"', readme)
    assert sql
    with duckdb.connect(str(built_folder / "output" / "labels.duckdb"), read_only=True) as con:
        rows = con.execute(sql[1]).fetchall()
    assert len({brand for brand, _, _ in rows}) >= 6
    assert {"missed_dose", "faq"} <= {section for _, section, _ in rows}


def test_the_console_examples_print_what_they_show() -> None:
    done = subprocess.run([sys.executable, REPOSITORY / "tools/readme.py", "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_at_least_25_questions_are_answered_by_one_statement_each(built_folder: Path) -> None:
    page = (REPOSITORY / "docs/questions.md").read_text(encoding="utf-8")
    statements = re.findall(r'^\$ labelpipe query "(.*)"$', page, re.M)
    assert len(set(statements)) >= 25
    with duckdb.connect(str(built_folder / "output" / "labels.duckdb"), read_only=True) as con:
        for sql in statements:
            assert con.execute(sql).fetchall(), sql


def test_every_make_target_that_it_names_exists() -> None:
    makefile = (REPOSITORY / "Makefile").read_text()
    readme = (REPOSITORY / "README.md").read_text()
    named = {
        words.split("make ")[1].split()[0].strip("`") for words in readme.splitlines() if words.startswith("make ")
    }
    assert named
    assert all(f"\n{target}:" in makefile for target in named)
