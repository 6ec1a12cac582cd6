"""The guide for nightly runs: its snippets are what they say they are, and its tables name what there is."""

import ast
import configparser
import json
import re
import shlex
from pathlib import Path

import pytest
from samples import write_pages

from labelpipe.cli import cli
from labelpipe.errors import ExitCode
from labelpipe.pipeline import build

DOCS = Path(__file__).parent.parent / "docs"
PAGE = (DOCS / "nightly.md").read_text(encoding="utf-8")
LASTING = {ExitCode.USAGE, ExitCode.NOTHING_BUILT, ExitCode.INVALID_OUTPUT, ExitCode.REFUSED}


def snippets(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def first_column(heading: str) -> set[str]:
    """Return the words between backticks, or the numbers, of the first column of the table under a heading."""
    section = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    cells = re.findall(r"^\| (.+?) \|", section, re.MULTILINE)
    return {word for cell in cells for word in re.findall(r"[a-z]\w*_?\w*(?=`)|-?\d+", cell)}


@pytest.mark.parametrize("code", snippets("python"), ids=["airflow", "dagster"])
def test_a_snippet_is_python_and_retries_no_lasting_failure(code: str) -> None:
    assigned = {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in ast.parse(code).body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id.isupper()
        if isinstance(node.value, (ast.Set, ast.Constant))
    }
    assert assigned["LASTING"] == LASTING
    assert_is_a_build(assigned["COMMAND"])


def test_units_of_systemd_parse_and_do_not_restart_after_a_lasting_failure() -> None:
    service, timer = map(read_unit, snippets("ini"))
    assert set(map(int, service["Service"]["RestartPreventExitStatus"].split())) == LASTING
    assert_is_a_build(service["Service"]["ExecStart"].replace("%%", "%"))
    assert timer["Timer"]["OnCalendar"]


def test_the_line_of_cron_is_a_build_whose_percent_signs_are_escaped() -> None:
    [line] = [line for line in snippets("cron")[0].splitlines() if "labelpipe build" in line]
    assert not re.search(r"(?<!\\)%", line)
    assert_is_a_build(line.split(maxsplit=5)[5].replace(r"\%", "%"))


def test_every_exit_code_is_in_the_table() -> None:
    assert {str(code.value) for code in ExitCode} <= first_column("Exit codes: retry, or wake somebody")


def test_every_field_of_the_summary_is_in_the_table(tmp_path: Path) -> None:
    summary = build([write_pages(tmp_path / "raw", "Lorvel")], tmp_path / "out")
    fields = {*json.loads(json.dumps(summary.as_json())), "exit_code", "kind", "message"}
    assert first_column("What to watch") == fields


def read_unit(text: str) -> configparser.ConfigParser:
    unit = configparser.ConfigParser(interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(text)
    return unit


def assert_is_a_build(words: str) -> None:
    """The command line takes the words: no option is misspelt."""
    program, command, *others = shlex.split(words)
    assert Path(program).name == "labelpipe"
    paths = [str(DOCS) if word == "/data/inbox" else word for word in others]
    context = cli.commands[command].make_context(command, paths)
    assert context.params["max_rejects"] == "2%"
