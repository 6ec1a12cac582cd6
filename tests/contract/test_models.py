"""The contract: what consumers were promised, and that every form of it says the same."""

import tomllib
from pathlib import Path
from typing import Any

import pandera.pandas as pandera
import pyarrow as pa
import pytest
from samples import make_label

from labelpipe import model
from labelpipe.contract import DOCUMENT_TABLES, TABLES
from labelpipe.contract.ddl import create_table
from labelpipe.contract.publish import schema_files, stale_files, write_schemas
from labelpipe.contract.rows import to_tables
from labelpipe.vocabulary import load

PROMISED_COLUMNS: dict[str, dict[str, str]] = tomllib.loads(
    (Path(__file__).parent / "promised_columns.toml").read_text(encoding="utf-8")
)
PROMISED_SECTIONS: dict[str, dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "promised_sections.toml").read_text(encoding="utf-8")
)
each_table = pytest.mark.parametrize("name", TABLES)


def test_the_promised_tables_are_there() -> None:
    assert set(PROMISED_COLUMNS) <= set(TABLES)


@pytest.mark.parametrize("name", PROMISED_COLUMNS)
def test_a_table_has_the_columns_it_was_promised_with(name: str) -> None:
    declared = {line.split()[0]: line.split()[1].rstrip(",") for line in create_table(name).splitlines()[1:-1]}
    assert {column: declared.get(column) for column in PROMISED_COLUMNS[name]} == PROMISED_COLUMNS[name]


@each_table
def test_arrow_and_pandera_agree(name: str) -> None:
    spec = TABLES[name]
    assert [field.name for field in spec.arrow] == list(spec.schema.columns)
    for field in spec.arrow:
        column = spec.schema.columns[field.name]
        assert column.dtype.type.pyarrow_dtype == field.type
        assert column.nullable == field.nullable


@each_table
def test_the_key_and_the_references_are_columns(name: str) -> None:
    spec = TABLES[name]
    assert set(spec.key) <= {field.name for field in spec.arrow if not field.nullable}
    for columns, other in spec.references:
        assert set(columns) <= set(spec.arrow.names)
        assert columns == TABLES[other].key
        assert list(TABLES).index(other) < list(TABLES).index(name)


@each_table
def test_table_and_columns_are_explained(name: str) -> None:
    assert TABLES[name].comment
    assert all(TABLES[name].descriptions.values())


@each_table
def test_published_yaml_loads_in_pandera(name: str) -> None:
    loaded = pandera.DataFrameSchema.from_yaml(schema_files()[f"{name}.yaml"])
    schema = TABLES[name].schema
    assert list(loaded.columns) == list(schema.columns)
    for column in schema.columns:
        assert loaded.columns[column].nullable == schema.columns[column].nullable
        assert len(loaded.columns[column].checks) == len(schema.columns[column].checks)


@each_table
def test_published_dictionary_has_every_column(name: str) -> None:
    part = schema_files()["data_dictionary.md"].split(f"\n## {name}\n")[1].split("\n## ")[0]
    assert [line.split(" | ")[0].strip("| ") for line in part.splitlines() if line.startswith("| ")][2:] == (
        TABLES[name].arrow.names
    )


def test_schemas_in_the_repository_are_fresh(root: Path) -> None:
    assert stale_files(root / "schemas") == [], "run `labelpipe schemas`"


def test_stale_missing_and_foreign_schema_files_are_named(tmp_path: Path) -> None:
    write_schemas(tmp_path)
    assert stale_files(tmp_path) == []
    (tmp_path / "blocks.yaml").unlink()
    (tmp_path / "schema.sql").write_text("-- edited by hand")
    (tmp_path / "poems.yaml").write_text("")
    assert stale_files(tmp_path) == ["blocks.yaml", "poems.yaml", "schema.sql"]


@pytest.mark.parametrize("slug", PROMISED_SECTIONS)
def test_a_section_has_its_codes_and_its_parent(slug: str) -> None:
    entry, promised = load("sections")[slug], PROMISED_SECTIONS[slug]
    codes = [code for code in (entry.get("loinc"), *entry.get("also", ())) if code]
    assert codes[:1] == promised["loinc"][:1]
    assert set(codes) == set(promised["loinc"])
    assert entry.get("parent") == promised.get("parent")


def test_no_section_code_means_two_sections() -> None:
    codes = [code for entry in load("sections").values() for code in (entry.get("loinc"), *entry.get("also", ()))]
    given = [code for code in codes if code]
    assert len(given) == len(set(given))


@pytest.mark.parametrize("name", model.RECORDS)
def test_fields_of_a_record_are_the_columns_of_its_table(name: str) -> None:
    given = {"doc_id", "reject_no"} - set(model.RECORDS[name]._fields)
    assert set(model.RECORDS[name]._fields) == set(TABLES[name].arrow.names) - given


def test_every_document_table_but_the_texts_has_a_record() -> None:
    assert set(model.RECORDS) == set(TABLES) - {"texts", "changes", "units", "runs"}


def test_a_label_becomes_rows_of_every_table() -> None:
    tables = to_tables([make_label("Lorvel"), make_label("Tarvel")])
    assert list(tables) == list(DOCUMENT_TABLES)
    for name, table in tables.items():
        assert table.schema.names == TABLES[name].arrow.names
        assert len(set(table["doc_id"].to_pylist())) == 2


def test_a_value_of_the_wrong_type_is_our_mistake_and_loud() -> None:
    label = make_label()
    block = model.Block(1, "paragraph", "x", "zero", 1, "line 1")  # type: ignore[arg-type]
    with pytest.raises(pa.ArrowInvalid):
        to_tables([model.Label(label.doc_id, label.document, label.text, (block,), (), model.Facts())])
