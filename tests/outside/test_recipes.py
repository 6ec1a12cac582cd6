"""The recipes and the notebook do what they say, with the tools that they name."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from outsiders import Tool

BLOCK = re.compile(r"^```(python|console|bash)\n(.*?)^```$", re.M | re.S)


def blocks(root: Path) -> list[tuple[str, str]]:
    return [(kind, code) for kind, code in BLOCK.findall((root / "docs/recipes.md").read_text(encoding="utf-8"))]


@pytest.fixture
def folder(root: Path, built: Path, tmp_path: Path) -> Path:
    """A folder with the build, the schemas and the docs, which recipes may write into."""
    shutil.copytree(root / "docs", tmp_path / "docs")
    shutil.copytree(root / "schemas", tmp_path / "schemas")
    (tmp_path / "output").symlink_to(built / "output")
    return tmp_path


def run(code: str, folder: Path, *more: Path) -> subprocess.CompletedProcess[str]:
    """Run a shell's words where labelpipe is this one, and other tools are those of the folders given."""
    path = os.pathsep.join([str(Path(sys.executable).parent), *map(str, more), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "DBT_SEND_ANONYMOUS_USAGE_STATS": "false", "HOME": str(folder)}
    return subprocess.run(
        ["bash", "-ec", code], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_pandas_polars_and_arrow(root: Path, folder: Path) -> None:
    ran = [kind for kind, _ in blocks(root)]
    assert ran.count("python") == 3
    for kind, code in blocks(root):
        if kind == "python":
            done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False)
        elif kind == "console":
            done = run(code, folder)
        else:
            continue
        assert done.returncode == 0, done.stderr


def recipe(root: Path, word: str) -> Iterator[str]:
    return (code for kind, code in blocks(root) if kind == "bash" and word in code)


def test_dbt_tests_the_sources_and_builds_a_model(root: Path, folder: Path, checkers: Path) -> None:
    (code,) = recipe(root, "dbt build")
    done = run(code, folder, checkers)
    assert done.returncode == 0, done.stdout[-3000:]
    assert " ERROR=0" in done.stdout
    with duckdb.connect(str(folder / "mine.duckdb"), read_only=True) as con:
        made = con.execute("SELECT count(*) FROM boxed_warnings_by_brand").fetchall()
    with duckdb.connect(str(folder / "output/labels.duckdb"), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM boxed_warnings WHERE state = 'present'").fetchall() == made


def test_datasette_serves_what_was_exported(root: Path, folder: Path, checkers: Path) -> None:
    (code,) = recipe(root, "datasette")
    done = run(code, folder, checkers)
    assert done.returncode == 0, done.stderr
    assert '"source_path"' in done.stdout


def test_the_notebook_runs(tool: Tool, folder: Path) -> None:
    shutil.copy(folder / "docs/notebooks/first_look.ipynb", folder)
    done = tool("jupyter-execute", "first_look.ipynb", cwd=folder)
    assert done.returncode == 0, done.stderr[-3000:]
