"""The contract as SQL: CREATE TABLE and COMMENT ON, from the pandera models."""

import pyarrow as pa

from labelpipe.contract import NOTICE, SCHEMA_VERSION, TABLES
from labelpipe.sql import quoted

SQL_TYPES = {
    pa.string(): "VARCHAR",
    pa.int32(): "INTEGER",
    pa.int64(): "BIGINT",
    pa.float64(): "DOUBLE",
    pa.bool_(): "BOOLEAN",
    pa.date32(): "DATE",
    pa.timestamp("us", tz="UTC"): "TIMESTAMPTZ",
    pa.list_(pa.string()): "VARCHAR[]",
    pa.list_(pa.int32()): "INTEGER[]",
}
"""The type of each Arrow type in DuckDB."""


def create_table(name: str) -> str:
    """Return the CREATE TABLE statement of a table of the contract."""
    columns = ",\n".join(
        f"    {field.name} {SQL_TYPES[field.type]}{'' if field.nullable else ' NOT NULL'}"
        for field in TABLES[name].arrow
    )
    return f"CREATE TABLE {name} (\n{columns}\n);"


def comments(name: str) -> list[str]:
    """Return the COMMENT ON statements of a table and of each of its columns."""
    spec = TABLES[name]
    statements = [f"COMMENT ON TABLE {name} IS {quoted(spec.comment)};"]
    for column, description in spec.descriptions.items():
        statements.append(f"COMMENT ON COLUMN {name}.{column} IS {quoted(description)};")
    return statements


def about_view() -> str:
    """Return the statements of the view that says what this database is and is not."""
    columns = {"notice": NOTICE, "schema_version": SCHEMA_VERSION}
    selected = ", ".join(f"{quoted(words)} AS {name}" for name, words in columns.items())
    explained = {"notice": "What this data is and is not", "schema_version": "Version of the contract"}
    comments = (f"COMMENT ON COLUMN about.{name} IS {quoted(words)};" for name, words in explained.items())
    return f"CREATE VIEW about AS SELECT {selected};COMMENT ON VIEW about IS {quoted(NOTICE)};{''.join(comments)}"
