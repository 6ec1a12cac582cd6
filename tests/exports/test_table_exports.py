"""Tables as CSV, JSON lines and Arrow: read back by tools that we did not write, every value as it was."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from outsiders import Tool
from samples import make_label, publish

from labelpipe.contract import NOTICE, TABLES
from labelpipe.errors import OutputNotFound, QueryError
from labelpipe.exports.defuse import STARTS, defused, fused
from labelpipe.exports.tables import export_table, export_tables

each_table = pytest.mark.parametrize("table", TABLES)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    publish([make_label("Lorvel"), make_label("=Tarvel()")], folder)
    return folder


def exported(output: Path, table: str, style: str) -> bytes:
    sink = io.BytesIO()
    export_table(output, table, style, sink)
    return sink.getvalue()


def held(output: Path, table: str) -> pa.Table:
    with duckdb.connect(str(output / "labels.duckdb"), read_only=True) as con:
        con.execute("SET TimeZone = 'UTC'")
        return con.sql(f"FROM {table}").to_arrow_table().cast(TABLES[table].arrow)


@each_table
def test_pyarrow_reads_the_arrow_stream(output: Path, table: str) -> None:
    read = pa.ipc.open_stream(exported(output, table, "arrow")).read_all()
    assert read.equals(held(output, table))
    assert read.schema.equals(TABLES[table].arrow)
    assert read.schema.metadata[b"notice"].decode() == NOTICE


def test_polars_reads_the_arrow_stream(output: Path) -> None:
    read = pl.read_ipc_stream(io.BytesIO(exported(output, "doses", "arrow")))
    assert read["quote"].to_list() == held(output, "doses")["quote"].to_pylist()


@each_table
def test_json_lines_are_the_rows(output: Path, table: str) -> None:
    rows = [json.loads(line) for line in exported(output, table, "jsonl").splitlines()]
    wanted = [json.loads(json.dumps(row, default=lambda v: v.isoformat())) for row in held(output, table).to_pylist()]
    assert rows == wanted


VALIDATE = """
import json, sys
from jsonschema import Draft202012Validator, FormatChecker
schema, lines = sys.argv[1:]
check = Draft202012Validator(json.load(open(schema)), format_checker=FormatChecker())
rows = [json.loads(line) for line in open(lines)]
print(len(rows), sum(1 for row in rows for _ in check.iter_errors(row)))
for row in rows[:1]:
    print(sum(1 for _ in check.iter_errors({**row, "doc_id": "xyz", "reject_no": 0, "run_id": None})) > 0)
"""


def test_jsonschema_accepts_the_lines_by_the_published_schemas(
    tool: Tool, output: Path, root: Path, tmp_path: Path
) -> None:
    for path in export_tables(output, TABLES, "jsonl", tmp_path):
        schema = root / "schemas" / f"{path.stem}.schema.json"
        done = tool("python", "-c", VALIDATE, schema, path, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        counts, *spoilt = done.stdout.splitlines()
        assert counts == f"{held(output, path.stem).num_rows} 0", path.stem
        assert spoilt in ([], ["True"]) or path.stem == "units"


@each_table
def test_pandas_reads_the_csv(output: Path, table: str) -> None:
    read = pd.read_csv(io.BytesIO(exported(output, table, "csv")), dtype=str, keep_default_na=False)
    wanted = held(output, table)
    assert list(read.columns) == wanted.column_names
    assert len(read) == wanted.num_rows


def test_no_cell_of_the_csv_is_a_formula_and_each_text_comes_back(output: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(exported(output, "documents", "csv").decode("utf-8"), newline="")))
    brands = [row["brand_name"] for row in rows]
    assert set(brands) == {"Lorvel", "'=Tarvel()"}
    assert [fused(brand) for brand in brands] == held(output, "documents")["brand_name"].to_pylist()
    assert rows[0]["active_ingredients"] == '["Lorvatine"]'


@given(st.lists(st.none() | st.text(alphabet=st.characters(exclude_categories=["Cs"])) | st.sampled_from(list(STARTS))))
def test_defused_texts_are_harmless_and_come_back(words: list[str | None]) -> None:
    safe = defused(pa.array(words, pa.string())).to_pylist()
    for before, after in zip(words, safe, strict=True):
        assert (before is None) == (after is None)
        if after:
            assert after[0] == "'" or after[0] not in STARTS
            assert fused(after) == before


def test_an_unknown_table_and_a_missing_build_are_told(output: Path, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="documents, texts"):
        exported(output, "poems", "csv")
    with pytest.raises(OutputNotFound):
        exported(tmp_path, "doses", "csv")


def labelpipe(*words: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "labelpipe", *map(str, words)], capture_output=True, check=False)


def test_the_command_writes_one_table_to_stdout_and_many_to_a_folder(output: Path, tmp_path: Path) -> None:
    done = labelpipe("export", "doses", "--format", "arrow", "-o", output)
    assert (done.returncode, done.stderr) == (0, b"")
    assert pa.ipc.open_stream(done.stdout).read_all().equals(held(output, "doses"))
    assert labelpipe("export", "-o", output).returncode == 2
    assert labelpipe("export", "-o", output, "--to", tmp_path).returncode == 0
    assert {path.name for path in tmp_path.iterdir()} == {f"{table}.csv" for table in TABLES}
