"""Rows of the database as dicts: what the pages are made of."""

from typing import Any

import duckdb

Row = dict[str, Any]


def select(con: duckdb.DuckDBPyConnection, sql: str, *parameters: object) -> list[Row]:
    """Return the rows of a statement, each as column name to value."""
    result = con.execute(sql, list(parameters))
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, values, strict=True)) for values in result.fetchall()]
