"""What a command loads before it does anything: no more than it needs."""

import subprocess
import sys
from pathlib import Path

import pytest
from samples import make_label, publish

HEAVY = {
    "bs4",
    "duckdb",
    "ftfy",
    "jinja2",
    "lxml",
    "matplotlib",
    "numpy",
    "pandas",
    "pandera",
    "pint",
    "puremagic",
    "py3langid",
    "pyarrow",
    "re2",
    "rich",
    "ucumvert",
}

RUN = """
import sys
sys.argv = ["labelpipe", *sys.argv[1:]]
try:
    from labelpipe.cli import main
    main()
except SystemExit as end:
    assert not end.code, end.code
print("LOADED", *{name.partition(".")[0] for name in sys.modules})
"""


def loaded_by(*words: object, code: str = RUN) -> set[str]:
    """Return which heavy packages a command has loaded by its end."""
    command = [sys.executable, "-c", code, *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return HEAVY & set(done.stdout.rpartition("LOADED")[2].split())


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    publish([make_label()], folder)
    return folder


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["build", "--help"], ["show", "--help"]])
def test_help_and_version_load_nothing_heavy(words: list[str]) -> None:
    assert loaded_by(*words) == set()


def test_the_package_itself_loads_nothing_heavy() -> None:
    code = "import sys, labelpipe; labelpipe.__version__; print('LOADED', *{n.partition('.')[0] for n in sys.modules})"
    assert loaded_by(code=code) == set()


def test_query_loads_what_asks_and_what_prints(output: Path) -> None:
    loaded = loaded_by("query", "FROM texts", "--output", output, "--format", "csv")
    assert loaded.isdisjoint(HEAVY - {"duckdb", "pyarrow", "numpy"})
    assert loaded_by("query", "FROM documents", "--output", output).isdisjoint(
        HEAVY - {"duckdb", "pyarrow", "numpy", "rich"}
    )


def test_validate_loads_no_reader(output: Path) -> None:
    readers_need = {"bs4", "ftfy", "lxml", "puremagic", "py3langid"}
    assert loaded_by("validate", "--output", output).isdisjoint(readers_need)


def test_schemas_loads_no_database_and_no_reader(tmp_path: Path) -> None:
    unneeded = {"bs4", "duckdb", "ftfy", "lxml", "puremagic", "py3langid", "rich"}
    assert loaded_by("schemas", "--output", tmp_path).isdisjoint(unneeded)
