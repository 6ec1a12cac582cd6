"""The contract as JSON Schema (draft 2020-12): one schema a table, for its rows as JSON lines."""

import json
from typing import Any

from labelpipe.contract import NOTICE, SCHEMA_VERSION, TABLES
from labelpipe.contract.promises import Promise, promises

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_TYPES: dict[str, dict[str, Any]] = {
    "VARCHAR": {"type": "string"},
    "INTEGER": {"type": "integer"},
    "BIGINT": {"type": "integer"},
    "DOUBLE": {"type": "number"},
    "BOOLEAN": {"type": "boolean"},
    "DATE": {"type": "string", "format": "date"},
    "TIMESTAMPTZ": {"type": "string", "format": "date-time"},
    "VARCHAR[]": {"type": "array", "items": {"type": "string"}},
    "INTEGER[]": {"type": "array", "items": {"type": "integer"}},
}


def json_schema(table: str) -> str:
    """Return the JSON Schema of a table's rows, as text; a minor version may add columns, so others are allowed."""
    columns = promises(table)
    return json.dumps(
        {
            "$schema": DIALECT,
            "$id": f"urn:labelpipe:schema:{SCHEMA_VERSION}:{table}",
            "title": table,
            "description": TABLES[table].comment,
            "$comment": NOTICE,
            "type": "object",
            "properties": {column.name: _property(column) for column in columns},
            "required": [column.name for column in columns],
        },
        indent=2,
        ensure_ascii=False,
    )


def _property(column: Promise) -> dict[str, Any]:
    told = {"description": column.description, **_TYPES[column.type]}
    limits = {
        "enum": list(column.values) if column.values else None,
        "minimum": column.minimum,
        "exclusiveMinimum": column.above,
        "maximum": column.maximum,
        "pattern": column.pattern,
    }
    told |= {name: limit for name, limit in limits.items() if limit is not None}
    if column.nullable:
        told["type"] = [told["type"], "null"]
        if column.values:
            told["enum"] = [*column.values, None]
    return told
