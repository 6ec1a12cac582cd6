"""What was released, held against what is promised now: which changes break consumers, which version they need."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from labelpipe.contract import TABLES
from labelpipe.contract.publish import check_schemas, write_schemas
from labelpipe.contract.released import (
    additions,
    breaking_changes,
    promised_now,
    read_released,
    version_complaints,
    write_released,
)

Change = Callable[[dict[str, Any]], object]


def column(tables: dict[str, Any], name: str) -> dict[str, Any]:
    table, _, name = name.partition(".")
    found: dict[str, Any] = tables[table]["columns"][name]
    return found


BREAKING: dict[str, tuple[Change, str]] = {
    "a table that is gone": (lambda t: t.pop("faqs"), "faqs: the table is gone"),
    "a column that is gone": (
        lambda t: t["doses"]["columns"].pop("unit"),
        "doses.unit: the column is gone",
    ),
    "another type": (
        lambda t: column(t, "blocks.char_start").update(type="BIGINT"),
        "blocks.char_start: the type was INTEGER, and is BIGINT",
    ),
    "NULL where there was always a value": (
        lambda t: column(t, "doses.unit").update(nullable=True),
        "doses.unit: it may now be NULL",
    ),
    "a value where NULL was allowed": (
        lambda t: column(t, "doses.kind").update(nullable=False),
        "doses.kind: it must now have a value",
    ),
    "fewer values": (
        lambda t: column(t, "documents.source_format").update(values=["text", "html"]),
        "documents.source_format: no longer among its values: spl, openfda",
    ),
    "values that are no longer limited": (
        lambda t: column(t, "findings.severity").pop("values"),
        "findings.severity: its values are no longer limited to a list",
    ),
    "values that are limited now": (
        lambda t: column(t, "documents.language").update(values=["en"]),
        "documents.language: its values are now limited to a list",
    ),
    "another limit": (
        lambda t: column(t, "doses.value_low").update(minimum=1),
        "doses.value_low: the limit `minimum` was 0, and is 1",
    ),
    "another pattern": (
        lambda t: column(t, "products.ndc11").update(pattern=r"^\d+$"),
        r"products.ndc11: the pattern was ^\d{11}$, and is ^\d+$",
    ),
    "another key": (
        lambda t: t["rejects"].update(key=["doc_id"]),
        "rejects: the key was reject_no, and is doc_id",
    ),
}

NEW: dict[str, tuple[Change, str]] = {
    "a table": (lambda t: t.update(moods={"key": ["doc_id"], "columns": {}}), "moods: a new table"),
    "a column": (
        lambda t: t["doses"]["columns"].update(mood={"type": "VARCHAR", "nullable": True}),
        "doses.mood: a new column",
    ),
    "a value": (
        lambda t: column(t, "documents.source_format")["values"].append("pdf"),
        "documents.source_format: new values pdf",
    ),
}


def changed(change: Change, version: str = "1.0.0") -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what was released as 1.0.0, and the same after a change under another version."""
    old = json.loads(json.dumps(promised_now())) | {"schema_version": "1.0.0"}
    new = copy.deepcopy(old) | {"schema_version": version}
    change(new["tables"])
    return old, new


@pytest.mark.parametrize(("change", "told"), BREAKING.values(), ids=BREAKING)
def test_a_change_that_breaks_consumers_needs_a_major_version(change: Change, told: str) -> None:
    old, new = changed(change)
    assert list(breaking_changes(old, new)) == [told]
    assert version_complaints(old, new | {"schema_version": "1.9.0"}) == [
        "breaks consumers of 1.0.0: the major version of SCHEMA_VERSION must go up",
        f"  {told}",
    ]
    assert version_complaints(old, new | {"schema_version": "2.0.0"}) == []


@pytest.mark.parametrize(("change", "told"), NEW.values(), ids=NEW)
def test_what_is_only_new_needs_a_minor_version(change: Change, told: str) -> None:
    old, new = changed(change, "1.0.1")
    assert list(breaking_changes(old, new)) == []
    assert list(additions(old, new)) == [told]
    assert version_complaints(old, new) == [
        "new since 1.0.0: the minor version of SCHEMA_VERSION must go up",
        f"  {told}",
    ]
    assert version_complaints(old, new | {"schema_version": "1.1.0"}) == []


def test_another_order_of_columns_and_values_breaks_nobody() -> None:
    def reorder(tables: dict[str, Any]) -> None:
        tables["doses"]["columns"] = dict(reversed(tables["doses"]["columns"].items()))
        column(tables, "documents.source_format")["values"].reverse()

    assert version_complaints(*changed(reorder)) == []


def test_a_version_does_not_go_back() -> None:
    assert version_complaints(*changed(lambda t: None, "0.9.0")) == [
        "SCHEMA_VERSION 0.9.0 is older than the released 1.0.0"
    ]


def test_what_was_released_is_in_the_repository_and_nothing_breaks_it(root: Path) -> None:
    released = read_released(root / "schemas")
    assert released is not None
    assert version_complaints(released, promised_now()) == []


def test_the_released_contract_has_every_table_and_limit(tmp_path: Path) -> None:
    write_released(tmp_path)
    released = read_released(tmp_path)
    assert released is not None
    assert set(released["tables"]) == set(TABLES)
    assert column(released["tables"], "products.ndc11") == {"type": "VARCHAR", "nullable": True, "pattern": r"^\d{11}$"}


def test_the_check_of_the_schemas_says_what_breaks(tmp_path: Path) -> None:
    write_schemas(tmp_path)
    assert check_schemas(tmp_path) == []
    path = write_released(tmp_path)
    released = json.loads(path.read_text(encoding="utf-8"))
    released["tables"]["doses"]["columns"]["mood"] = {"type": "VARCHAR", "nullable": True}
    path.write_text(json.dumps(released), encoding="utf-8")
    assert check_schemas(tmp_path)[1:] == ["  doses.mood: the column is gone"]
