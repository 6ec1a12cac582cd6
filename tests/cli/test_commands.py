"""The command line as people and scripts use it: real processes, their output, and what they end with."""

import csv
import io
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from samples import write_pages

from labelpipe import __version__
from labelpipe.cli import cli
from labelpipe.evaluation.review import parse_review

Done = subprocess.CompletedProcess[str]


def labelpipe(*words: object, cwd: Path | None = None) -> Done:
    command = [sys.executable, "-m", "labelpipe", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=cwd, check=False)


@pytest.fixture(scope="module")
def built(root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Done, Path]:
    """A build of two pages and of the repository's PDF: how it ended, and its folder."""
    folder = tmp_path_factory.mktemp("cli")
    raw = write_pages(folder / "raw", "Lorvel", "Tarvel")
    shutil.copy(root / "raw/leaflet_scan.pdf", raw)
    return labelpipe("build", raw, "--output", folder / "out"), folder / "out"


@pytest.fixture(scope="module")
def output(built: tuple[Done, Path]) -> Path:
    return built[1]


def query(output: Path, sql: str, *options: str) -> Done:
    return labelpipe("query", sql, "--output", output, *options)


def test_version() -> None:
    done = labelpipe("--version")
    assert (done.returncode, done.stdout) == (0, f"labelpipe, version {__version__}\n")


@pytest.mark.parametrize("words", [["--help"], ["-h"]])
def test_help_names_the_commands_and_the_exit_codes(words: list[str]) -> None:
    done = labelpipe(*words)
    assert done.returncode == 0
    for word in ("build", "validate", "query", "show", "schemas", "Exit codes"):
        assert word in done.stdout


@pytest.mark.parametrize("command", ["build", "validate", "query", "show", "explore", "schemas"])
def test_every_command_explains_itself(command: str) -> None:
    done = labelpipe(command, "--help")
    assert done.returncode == 0
    assert f"labelpipe {command}" in done.stdout


def test_build_tells_people_on_stderr_and_nothing_on_stdout(built: tuple[Done, Path]) -> None:
    done, output = built
    assert (done.returncode, done.stdout) == (0, "")
    assert f"2 of 3 documents built into {output}" in done.stderr
    assert "1 documents were rejected" in done.stderr
    assert "FROM rejects" in done.stderr


def test_a_quiet_build_says_nothing(tmp_path: Path) -> None:
    done = labelpipe("build", write_pages(tmp_path / "raw", "Lorvel"), "-o", tmp_path / "out", "-q")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_reason_of_a_reject_can_be_asked_for(output: Path) -> None:
    done = query(output, "SELECT source_path, rule, message FROM rejects", "--format", "json")
    (reject,) = map(json.loads, done.stdout.splitlines())
    assert (reject["source_path"], reject["rule"]) == ("leaflet_scan.pdf", "unsupported_format")
    assert "Portable Document Format" in reject["message"]


def test_usage_errors_end_with_2(tmp_path: Path, output: Path) -> None:
    assert labelpipe("build").returncode == 2
    assert labelpipe("build", tmp_path / "nowhere").returncode == 2
    assert labelpipe("bake").returncode == 2
    assert query(tmp_path, "SELECT 1").returncode == 2
    assert query(output, "SELEC 1").returncode == 2
    assert labelpipe("validate", "--output", tmp_path).returncode == 2


def test_a_build_without_a_document_ends_with_3(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw/scan.pdf").write_bytes(b"%PDF-1.7\n")
    done = labelpipe("build", tmp_path / "raw", "--output", tmp_path / "out")
    assert (done.returncode, done.stdout) == (3, "")
    assert "scan.pdf" in done.stderr


def test_a_build_that_cannot_be_written_ends_with_1(tmp_path: Path) -> None:
    raw = write_pages(tmp_path / "raw", "Lorvel")
    (tmp_path / "out").mkdir()
    (tmp_path / "out/parquet").write_text("somebody's work")
    done = labelpipe("build", raw, "--output", tmp_path / "out")
    assert done.returncode == 1
    assert done.stderr.startswith("labelpipe: ")
    assert "Traceback" not in done.stderr


def test_validate_ends_with_0_for_a_good_build_and_with_4_for_a_damaged_one(output: Path, tmp_path: Path) -> None:
    good = labelpipe("validate", "--output", output)
    assert (good.returncode, good.stdout) == (0, "")
    assert "keeps the contract" in good.stderr
    shutil.copytree(output, tmp_path / "damaged", symlinks=True)
    with duckdb.connect(str(tmp_path / "damaged/labels.duckdb")) as con:
        con.execute("DELETE FROM documents WHERE brand_name = 'Lorvel'")
    bad = labelpipe("validate", "--output", tmp_path / "damaged")
    assert bad.returncode == 4
    assert "reference_documents" in bad.stdout


VALUES = (
    "SELECT ['a', 'b,c', NULL] AS words, NULL AS nothing, 0.5 AS share, 'x \"y\"' AS quoted, DATE '2026-01-31' AS day"
)


def test_query_prints_a_table(output: Path) -> None:
    done = query(output, VALUES)
    assert (done.returncode, done.stderr) == (0, "")
    names, _, values = [line.split() for line in done.stdout.splitlines() if line.strip()]
    assert names == ["words", "nothing", "share", "quoted", "day"]
    assert values == ["[a,", "b,c,", "NULL]", "NULL", "0.5", "x", '"y"', "2026-01-31"]


def test_query_lists_what_there_is_to_ask(output: Path) -> None:
    done = labelpipe("query", "--list", "--output", output, "--format", "json")
    listed = {row["name"]: row for row in map(json.loads, done.stdout.splitlines())}
    assert listed["renal_adjustment"]["kind"] == "view"
    assert listed["find_brand(brand)"]["comment"].startswith("find_brand('Gablofen')")
    assert listed["adjustments"]["kind"] == "table"
    assert [row["name"] for row in listed.values() if not row["comment"]] == []


def test_query_says_where_the_names_are(output: Path) -> None:
    assert "labelpipe query --list" in query(output, "FROM lable_overview").stderr
    assert labelpipe("query", "--output", output).returncode == 2


def test_query_prints_csv(output: Path) -> None:
    done = query(output, VALUES, "--format", "csv")
    names, values = csv.reader(io.StringIO(done.stdout))
    assert names == ["words", "nothing", "share", "quoted", "day"]
    assert values == ['["a", "b,c", null]', "", "0.5", 'x "y"', "2026-01-31"]


def test_query_prints_json(output: Path) -> None:
    done = query(output, VALUES, "--format", "json")
    assert json.loads(done.stdout) == {
        "words": ["a", "b,c", None],
        "nothing": None,
        "share": 0.5,
        "quoted": 'x "y"',
        "day": "2026-01-31",
    }


def test_sums_and_averages_are_numbers_in_json(output: Path) -> None:
    done = query(output, "SELECT sum(n) AS sum, avg(n) AS avg FROM (VALUES (1), (2)) AS t (n)", "--format", "json")
    assert done.stdout == '{"sum": 3, "avg": 1.5}\n'


@pytest.mark.parametrize("style", ["table", "csv", "json"])
def test_two_columns_of_one_name_are_both_printed(output: Path, style: str) -> None:
    done = query(output, "SELECT 41 AS n, 42 AS n", "--format", style)
    assert "41" in done.stdout
    assert "42" in done.stdout


@pytest.mark.parametrize(("style", "printed"), [("csv", '"n"\n'), ("json", "")])
def test_a_result_without_rows_is_no_error(output: Path, style: str, printed: str) -> None:
    done = query(output, "SELECT 1 AS n WHERE false", "--format", style)
    assert (done.returncode, done.stdout) == (0, printed)


def test_long_words_are_printed_whole_where_no_terminal_limits_them(output: Path) -> None:
    assert "x" * 500 in query(output, "SELECT repeat('x', 500) AS words, repeat('y', 500) AS more").stdout


def test_times_can_be_asked_for(output: Path) -> None:
    for style in ("table", "json"):
        assert query(output, "SELECT started_at FROM runs", "--format", style).returncode == 0


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM documents",
        "CREATE TABLE mine AS SELECT 1",
        "COPY documents TO '{folder}/leak.csv'",
        "EXPORT DATABASE '{folder}/leak'",
        "ATTACH '{folder}/leak.duckdb'",
        "SELECT * FROM read_text('{folder}/secret.txt')",
        "SELECT * FROM '{folder}/secret.csv'",
        "SET enable_external_access = true",
    ],
)
def test_query_neither_writes_nor_reads_other_files(output: Path, tmp_path: Path, sql: str) -> None:
    (tmp_path / "secret.txt").write_text("a secret")
    (tmp_path / "secret.csv").write_text("a,secret\n")
    done = query(output, sql.format(folder=tmp_path))
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("labelpipe: ")
    assert "secret\n" not in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["secret.csv", "secret.txt"]


def test_query_reads_and_writes_other_files_where_that_is_allowed(output: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("a secret")
    read = query(output, f"SELECT content FROM read_text('{tmp_path}/secret.txt')", "--allow-external")
    assert "a secret" in read.stdout
    assert query(output, f"COPY documents TO '{tmp_path}/copy.csv'", "--allow-external").returncode == 0
    assert "Lorvel" in (tmp_path / "copy.csv").read_text()


def test_search_prints_passages_with_the_words_marked(output: Path) -> None:
    done = labelpipe("search", "alcohol", "harm", "--output", output, "--max-hits", 1)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 2
    assert "A glass of **alcohol** now and then does no **harm**." in done.stdout


def test_search_for_what_is_nowhere_says_so(output: Path) -> None:
    done = labelpipe("search", "[red]zebra", "--output", output)
    assert (done.returncode, done.stdout) == (0, "")
    assert "'[red]zebra'" in done.stderr


def test_show_a_file(root: Path) -> None:
    done = labelpipe("show", root / "raw/gablofen.txt")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("gablofen.txt · ")
    assert "glued_label" in done.stdout


def doc_id_of(output: Path, brand: str) -> str:
    done = query(output, f"SELECT doc_id FROM documents WHERE brand_name = '{brand}'", "--format", "json")
    return str(json.loads(done.stdout)["doc_id"])


def test_show_a_document_of_a_build_by_path_id_or_brand(output: Path, tmp_path: Path) -> None:
    doc_id = doc_id_of(output, "Lorvel")
    for name in ("lorvel.txt", doc_id[:6], "LORVEL"):
        done = labelpipe("show", name, "--output", output, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith(f"lorvel.txt · {doc_id}")
        assert "lost_list" in done.stdout


@pytest.mark.parametrize("name", ["nothing", ""])
def test_show_of_an_unknown_document_says_how_to_find_one(output: Path, tmp_path: Path, name: str) -> None:
    done = labelpipe("show", name, "--output", output, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "label_overview" in done.stderr


def test_show_of_a_file_that_is_no_text_names_what_it_is(root: Path) -> None:
    done = labelpipe("show", root / "raw/leaflet_scan.pdf")
    assert done.returncode == 1
    assert "Portable Document Format" in done.stderr


def test_schemas_are_written_and_checked(tmp_path: Path) -> None:
    written = labelpipe("schemas", "--output", tmp_path)
    assert written.returncode == 0
    assert {Path(line).name for line in written.stdout.splitlines()} == {path.name for path in tmp_path.iterdir()}
    assert labelpipe("schemas", "--check", "--output", tmp_path).returncode == 0
    (tmp_path / "blocks.yaml").write_text("edited by hand")
    stale = labelpipe("schemas", "--check", "--output", tmp_path)
    assert (stale.returncode, stale.stdout) == (1, "")
    assert "blocks.yaml" in stale.stderr
    assert (tmp_path / "blocks.yaml").read_text() == "edited by hand"


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A folder with one page of three lines, and the truth about them; the last is wrong on purpose."""
    lines = ["The usual starting dose is 5 mg once daily.", "Store the tablets at room temperature.", "Nothing more."]
    truth = ["dosage_and_administration", "storage_and_handling", "overdosage"]
    (tmp_path / "page.txt").write_text("\n".join(lines), encoding="utf-8")
    told = [
        {"line": number, "kind": "paragraph", "sections": [section]} for number, section in enumerate(truth, start=1)
    ]
    (tmp_path / "page.gold.jsonl").write_text("\n".join(map(json.dumps, told)), encoding="utf-8")
    return tmp_path


def test_evaluate_prints_how_well_gold_is_placed(gold: Path) -> None:
    done = labelpipe("evaluate", gold)
    assert done.returncode == 0, done.stderr
    assert "lines        3 in 1 documents" in done.stdout
    assert "most confused" in done.stdout
    assert "Nothing more." in done.stdout
    found = json.loads(labelpipe("evaluate", gold, "--format", "json").stdout)[str(gold)]
    assert (found["n"], found["documents"]) == (3, 1)
    assert found["accuracy"] < 1


def test_evaluate_without_gold_says_so(tmp_path: Path) -> None:
    done = labelpipe("evaluate", tmp_path)
    assert done.returncode == 1
    assert "gold" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_review_can_be_corrected_and_learned_from(root: Path) -> None:
    done = labelpipe("review", root / "raw/gablofen.txt")
    assert done.returncode == 0, done.stderr
    assert "~ field_value - | Gablofen" in done.stdout
    looked_at = parse_review(done.stdout.replace("~ paragraph", "= paragraph"), "gablofen")
    assert len(looked_at.lines) > 10


def test_every_command_that_the_readme_names_is_there(root: Path) -> None:
    named = set(re.findall(r"^(?:\$ )?labelpipe ([a-z]+)", (root / "README.md").read_text(encoding="utf-8"), re.M))
    made = set(re.findall(r"\$\(BIN\)/labelpipe ([a-z]+)", (root / "Makefile").read_text(encoding="utf-8")))
    assert {"build", "evaluate", "review"} <= named | made
    assert named | made <= set(cli.commands)
