"""The contract as an Open Data Contract Standard document (bitol.io, version 3.1)."""

from typing import Any

from labelpipe.contract import NOTICE, SCHEMA_VERSION, TABLES
from labelpipe.contract.promises import Promise, promises

API_VERSION = "v3.1.0"

# ARRAY and TIMESTAMP_TZ are the names that datacontract-cli knows those types by
_TYPES: dict[str, dict[str, Any]] = {
    "VARCHAR": {"logicalType": "string"},
    "INTEGER": {"logicalType": "integer"},
    "BIGINT": {"logicalType": "integer"},
    "DOUBLE": {"logicalType": "number"},
    "BOOLEAN": {"logicalType": "boolean"},
    "DATE": {"logicalType": "date"},
    "TIMESTAMPTZ": {"logicalType": "timestamp", "physicalType": "TIMESTAMP_TZ"},
    "VARCHAR[]": {
        "logicalType": "array",
        "physicalType": "ARRAY",
        "items": {"logicalType": "string", "physicalType": "VARCHAR"},
    },
    "INTEGER[]": {
        "logicalType": "array",
        "physicalType": "ARRAY",
        "items": {"logicalType": "integer", "physicalType": "INTEGER"},
    },
}


def data_contract() -> dict[str, Any]:
    """Return the contract. Its servers are a build in `output/`, seen from the folder that holds it."""
    return {
        "apiVersion": API_VERSION,
        "kind": "DataContract",
        "id": "labelpipe",
        "name": "labelpipe",
        "version": SCHEMA_VERSION,
        "status": "active",
        "description": {
            "purpose": "What drug labels say, as tables, each value beside the words it was read from.",
            "usage": "Search, comparison and review of labels; every fact leads back to its place in the source.",
            "limitations": NOTICE,
        },
        "servers": [
            {"server": "parquet", "type": "local", "path": "output/parquet/{model}.parquet", "format": "parquet"},
            {"server": "duckdb", "type": "duckdb", "database": "output/labels.duckdb", "schema": "main"},
        ],
        "schema": [_table(table) for table in TABLES],
    }


def _table(table: str) -> dict[str, Any]:
    spec = TABLES[table]
    relationships = [
        {"from": [f"{table}.{c}" for c in columns], "to": [f"{other}.{c}" for c in columns]}
        for columns, other in spec.references
    ]
    return {
        "name": table,
        "physicalName": table,
        "physicalType": "table",
        "description": spec.comment,
        **({"relationships": relationships} if relationships else {}),
        "properties": [_property(column, spec.key) for column in promises(table)],
    }


def _property(column: Promise, key: tuple[str, ...]) -> dict[str, Any]:
    told = {"name": column.name, "physicalType": column.type, **_TYPES[column.type], "description": column.description}
    if not column.nullable:
        told["required"] = True
    if column.name in key:
        told |= {"primaryKey": True, "primaryKeyPosition": key.index(column.name) + 1}
    limits = {
        "minimum": column.minimum,
        "exclusiveMinimum": column.above,
        "maximum": column.maximum,
        "pattern": column.pattern,
    }
    if options := {name: limit for name, limit in limits.items() if limit is not None}:
        told["logicalTypeOptions"] = options
    if column.values:
        told["quality"] = [
            {"metric": "invalidValues", "arguments": {"validValues": list(column.values)}, "mustBe": 0},
        ]
    return told
