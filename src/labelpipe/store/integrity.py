"""What no single row can show: keys that are not unique, references to rows that are not there."""

import json
from collections.abc import Iterator

import duckdb

from labelpipe.contract import DOCUMENT_TABLES, TABLES
from labelpipe.model import Reject


def is_whole(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether no row of the loaded tables breaks its key or points nowhere: all checks in one statement."""
    broken = (
        f"(FROM {name} AS t SELECT 1 WHERE {condition} LIMIT 1)"
        for name in DOCUMENT_TABLES
        for _, _, condition in broken_conditions(name)
    )
    return not con.execute(" UNION ALL ".join(broken)).fetchall()


def remove_broken_rows(con: duckdb.DuckDBPyConnection, name: str) -> list[Reject]:
    """Take the rows out of a loaded table that break its key or point nowhere, and return them as rejects.

    Tables are checked in the contract's order, referenced tables first: what hangs on a rejected row is rejected too.
    """
    rejects: list[Reject] = []
    for rule, column, condition in broken_conditions(name):
        rows = con.sql(f"SELECT * FROM {name} AS t WHERE {condition} ORDER BY ALL").to_arrow_table().to_pylist()
        if rows:
            con.execute(f"DELETE FROM {name} AS t WHERE {condition}")
            rejects.extend(_reject(name, rule, column, row) for row in rows)
    return rejects


def broken_conditions(name: str) -> Iterator[tuple[str, str, str]]:
    """Yield (rule, columns, SQL condition) for the key and for each reference of a table."""
    spec = TABLES[name]
    key = ", ".join(spec.key)
    yield "unique_key", key, f"({key}) IN (SELECT ({key}) FROM {name} GROUP BY {key} HAVING count(*) > 1)"
    for columns, other in spec.references:
        same = " AND ".join(f"o.{column} = t.{column}" for column in columns)
        given = " AND ".join(f"t.{column} IS NOT NULL" for column in columns)
        yield (
            f"reference_{other}",
            ", ".join(columns),
            f"{given} AND NOT EXISTS (SELECT 1 FROM {other} AS o WHERE {same})",
        )


def _reject(name: str, rule: str, columns: str, row: dict[str, object]) -> Reject:
    value = ", ".join(str(row[column]) for column in columns.split(", "))
    what = "stands there more than once" if rule == "unique_key" else f"is not in {rule.removeprefix('reference_')}"
    path = row.get("source_path")
    return Reject(
        source_path=str(path) if path is not None else None,
        doc_id=str(row["doc_id"]) if row.get("doc_id") else None,
        table_name=name,
        rule=rule,
        column_name=columns,
        value=value,
        row_json=json.dumps(row, default=str, sort_keys=True, ensure_ascii=False),
        message=f"{name}: ({columns}) = ({value}) {what}",
    )
