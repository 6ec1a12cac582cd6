"""The published contract as tools that we did not write see it: frictionless, datacontract-cli, check-jsonschema."""

import json
import shutil
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import yaml
from outsiders import Tool

from labelpipe.contract import NOTICE, SCHEMA_VERSION, TABLES


@pytest.fixture
def copy(built: Path, tmp_path: Path) -> Path:
    """A copy of the build, to be spoilt."""
    shutil.copytree(built / "output" / "current", tmp_path / "copy")
    return tmp_path / "copy"


def test_frictionless_finds_the_parquet_as_the_descriptor_says(tool: Tool, built: Path) -> None:
    done = tool("frictionless", "validate", "output/datapackage.json", "--json", cwd=built)
    report = json.loads(done.stdout)
    assert report["valid"], report
    assert [task["name"] for task in report["tasks"]] == list(TABLES)
    described = json.loads((built / "output/datapackage.json").read_text(encoding="utf-8"))
    assert {task["name"]: task["stats"].get("rows", 0) for task in report["tasks"]} == {
        resource["name"]: resource["rows"] for resource in described["resources"]
    }


def spoil_a_value(folder: Path) -> None:
    path = folder / "parquet/findings.parquet"
    table = pq.read_table(path)
    severities = ["terrible", *table["severity"].to_pylist()[1:]]
    pq.write_table(table.set_column(3, "severity", [severities]), path)


def lose_a_row(folder: Path) -> None:
    path = folder / "parquet/faqs.parquet"
    pq.write_table(pq.read_table(path).slice(1), path)


def lose_a_document(folder: Path) -> None:
    path = folder / "parquet/documents.parquet"
    pq.write_table(pq.read_table(path).slice(1), path)


def lose_a_column(folder: Path) -> None:
    path = folder / "parquet/doses.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["unit"]), path)


SPOILT = {
    "findings": (spoil_a_value, "constraint-error"),
    "faqs": (lose_a_row, "row-count"),
    "documents": (lose_a_document, "foreign-key"),
    "doses": (lose_a_column, "missing-label"),
}


def test_frictionless_finds_what_was_spoilt(tool: Tool, copy: Path) -> None:
    for spoil, _ in SPOILT.values():
        spoil(copy)
    done = tool("frictionless", "validate", "datapackage.json", "--json", cwd=copy)
    found = {task["name"]: {error["type"] for error in task["errors"]} for task in json.loads(done.stdout)["tasks"]}
    for table in ("findings", "faqs", "doses"):
        assert SPOILT[table][1] in found[table]
    assert SPOILT["documents"][1] in found["texts"]


def test_the_data_contract_is_one(tool: Tool, root: Path) -> None:
    done = tool("datacontract", "lint", root / "schemas/labels.odcs.yaml", cwd=root)
    assert done.returncode == 0, done.stdout
    assert "Data contract is valid" in done.stdout


def test_a_build_keeps_the_data_contract(tool: Tool, root: Path, built: Path, tmp_path: Path) -> None:
    command = ("datacontract", "test", root / "schemas/labels.odcs.yaml", "--server", "duckdb")
    done = tool(*command, "--output-format", "json", "--output", tmp_path / "found.json", cwd=built)
    assert done.returncode == 0, done.stdout
    found = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))
    assert set(Counter(check["result"] for check in found["checks"])) == {"passed"}
    assert {check["model"] for check in found["checks"]} >= set(TABLES)


def test_its_parquet_keeps_the_data_contract(tool: Tool, root: Path, built: Path, tmp_path: Path) -> None:
    """The tool cannot check types in Parquet, nor a table that is called `tables`; both it does in the database."""
    command = ("datacontract", "test", root / "schemas/labels.odcs.yaml", "--server", "parquet")
    tool(*command, "--output-format", "json", "--output", tmp_path / "found.json", cwd=built)
    checks = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))["checks"]
    others = [
        check
        for check in checks
        if check["result"] != "passed"
        and "'tables'" not in check["reason"]
        and "types in parquet files is not supported" not in check["reason"]
    ]
    assert others == []
    assert sum(check["result"] == "passed" for check in checks) > 400


def test_the_data_contract_sees_a_break_where_we_do(tool: Tool, root: Path, tmp_path: Path) -> None:
    contract = yaml.safe_load((root / "schemas/labels.odcs.yaml").read_text(encoding="utf-8"))
    doses = next(table for table in contract["schema"] if table["name"] == "doses")
    doses["properties"] = [column for column in doses["properties"] if column["name"] != "unit"]
    (tmp_path / "broken.odcs.yaml").write_text(yaml.safe_dump(contract), encoding="utf-8")
    same = tool("datacontract", "breaking", *[root / "schemas/labels.odcs.yaml"] * 2, cwd=tmp_path)
    broken = tool("datacontract", "breaking", root / "schemas/labels.odcs.yaml", "broken.odcs.yaml", cwd=tmp_path)
    assert "Removed property unit" not in same.stdout
    assert "Removed property unit" in broken.stdout


def test_the_json_schemas_are_schemas(tool: Tool, root: Path) -> None:
    schemas = sorted((root / "schemas").glob("*.schema.json"))
    assert {path.name for path in schemas} == {f"{name}.schema.json" for name in TABLES}
    done = tool("check-jsonschema", "--check-metaschema", *schemas, cwd=root)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", ["datapackage.json", "labels.odcs.yaml", "sources.yml", "documents.schema.json"])
def test_every_descriptor_says_that_this_is_no_medical_advice(root: Path, name: str) -> None:
    assert NOTICE in (root / "schemas" / name).read_text(encoding="utf-8")


def test_the_descriptor_of_a_build_says_so_too_and_names_the_version(built: Path) -> None:
    described = json.loads((built / "output/datapackage.json").read_text(encoding="utf-8"))
    assert (described["description"], described["version"]) == (NOTICE, SCHEMA_VERSION)
