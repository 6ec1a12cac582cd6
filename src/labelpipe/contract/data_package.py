"""The contract as a Data Package 2 descriptor (datapackage.org), for the Parquet files of a build.

frictionless reads Parquet through pandas, which turns NULL into NaN and lists into arrays that it does not know. For it
to check the files, numbers that may be NULL are read as categories (there NULL stays NULL), lists have type `any`, and
references that may be NULL are not declared. `sqlType` says the type in full.
"""

from dataclasses import dataclass
from typing import Any

from labelpipe.contract import NOTICE, SCHEMA_VERSION, TABLES
from labelpipe.contract.promises import Promise, promises

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"

_TYPES = {
    "VARCHAR": "string",
    "INTEGER": "integer",
    "BIGINT": "integer",
    "DOUBLE": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMPTZ": "datetime",
    "VARCHAR[]": "any",
    "INTEGER[]": "any",
}


@dataclass(frozen=True, slots=True)
class ParquetFile:
    """What is known of a table's file: its size, its SHA-256, its rows, and the columns without any value."""

    file_bytes: int
    sha256: str
    rows: int
    empty_columns: frozenset[str]


def data_package(files: dict[str, ParquetFile] | None = None) -> dict[str, Any]:
    """Return the descriptor of a build's files; without `files`, what the descriptors of all builds share."""
    return {
        "$schema": PROFILE,
        "name": "labelpipe",
        "title": "Drug labels as tables",
        "description": NOTICE,
        "version": SCHEMA_VERSION,
        "resources": [_resource(table, (files or {}).get(table)) for table in TABLES],
    }


def _resource(table: str, file: ParquetFile | None) -> dict[str, Any]:
    columns = promises(table)
    as_categories = [column.name for column in columns if column.nullable and _is_number(column)]
    return {
        "name": table,
        "type": "table",
        "path": f"parquet/{table}.parquet",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "description": TABLES[table].comment,
        **(_measured(file) if file else {}),
        **({"dialect": {"parquet": {"categories": as_categories}}} if as_categories else {}),
        "schema": _schema(table, columns, file.empty_columns if file else frozenset()),
    }


def _measured(file: ParquetFile) -> dict[str, Any]:
    """`rows` is no property of the standard, but frictionless counts them; the standard's `bytes` it cannot count."""
    return {"hash": f"sha256:{file.sha256}", "rows": file.rows, "file_bytes": file.file_bytes}


def _schema(table: str, columns: tuple[Promise, ...], empty_columns: frozenset[str]) -> dict[str, Any]:
    """An empty string is a value in Parquet, and NULL is NULL: nothing else is a missing value."""
    certain = {column.name for column in columns if not column.nullable}
    keys = [
        {"fields": list(names), "reference": {"resource": other, "fields": list(names)}}
        for names, other in TABLES[table].references
        if certain.issuperset(names)
    ]
    return {
        "fields": [_field(column, column.name in empty_columns) for column in columns],
        "missingValues": [],
        "primaryKey": list(TABLES[table].key),
        **({"foreignKeys": keys} if keys else {}),
    }


def _field(column: Promise, is_empty: bool) -> dict[str, Any]:
    """A number column without any value is read as NaN even as categories, so nothing can be asked of it."""
    told = {"name": column.name, "type": _TYPES[column.type], "sqlType": column.type, "description": column.description}
    if is_empty and _is_number(column):
        return {**told, "type": "any"}
    limits = {
        "required": None if column.nullable else True,
        "enum": list(column.values) if column.values else None,
        "minimum": column.minimum,
        "exclusiveMinimum": column.above,
        "maximum": column.maximum,
        "pattern": column.pattern,
    }
    constraints = {name: limit for name, limit in limits.items() if limit is not None}
    return {**told, "constraints": constraints} if constraints else told


def _is_number(column: Promise) -> bool:
    return _TYPES[column.type] in ("integer", "number")
