"""The contract as dbt sources: the tables of a build's database, each column described and tested."""

from typing import Any

from labelpipe.contract import NOTICE, TABLES
from labelpipe.contract.promises import Promise, promises

DATABASE = "labels"
"""What the file labels.duckdb is called where it is attached."""


def dbt_sources() -> dict[str, Any]:
    """Return what a `sources.yml` of dbt 1.10 or newer holds. A key of several columns has no test among dbt's own."""
    source = {
        "name": "labelpipe",
        "description": NOTICE,
        "database": DATABASE,
        "schema": "main",
        "tables": [_table(table) for table in TABLES],
    }
    return {"version": 2, "sources": [source]}


def _table(table: str) -> dict[str, Any]:
    spec = TABLES[table]
    to = {columns[0]: other for columns, other in spec.references if len(columns) == 1}
    key = spec.key[0] if len(spec.key) == 1 else None
    return {
        "name": table,
        "description": spec.comment,
        "columns": [_column(column, column.name == key, to.get(column.name)) for column in promises(table)],
    }


def _column(column: Promise, is_key: bool, references: str | None) -> dict[str, Any]:
    tests: list[Any] = [] if column.nullable else ["not_null"]
    if is_key:
        tests.append("unique")
    if column.values:
        tests.append({"accepted_values": {"arguments": {"values": list(column.values)}}})
    if references:
        to = f"source('labelpipe', '{references}')"
        tests.append({"relationships": {"arguments": {"to": to, "field": column.name}}})
    told = {"name": column.name, "description": column.description, "data_type": column.type}
    return {**told, "data_tests": tests} if tests else told
