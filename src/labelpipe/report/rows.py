"""Rows of the database as dicts: what the pages are made of."""

from collections import defaultdict
from typing import Any

import duckdb

Row = dict[str, Any]

WANTED = "doc_id IN (SELECT unnest($1))"
"""The condition of a statement that reads rows of some documents."""


def select(con: duckdb.DuckDBPyConnection, sql: str, *parameters: object) -> list[Row]:
    """Return the rows of a statement, each as column name to value."""
    result = con.execute(sql, list(parameters))
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, values, strict=True)) for values in result.fetchall()]


def select_by_document(con: duckdb.DuckDBPyConnection, sql: str, doc_ids: list[str]) -> dict[str, list[Row]]:
    """Return the rows of some documents by their doc_id; the statement has the condition WANTED."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in select(con, sql, doc_ids):
        found[row["doc_id"]].append(row)
    return found
