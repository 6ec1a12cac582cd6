"""What no single row can show: keys that are not unique, references to rows that are not there, false quotes."""

import json
from collections.abc import Iterator

import duckdb

from labelpipe.contract import DOCUMENT_TABLES, TABLES
from labelpipe.model import Reject


def is_whole(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether no row of the loaded tables breaks its key or points nowhere.

    One check after the other: all in one statement would hold what each of them has to hold at the same time.
    """
    return not any(
        con.execute(f"FROM {name} AS t SELECT 1 WHERE {condition} LIMIT 1").fetchall()
        for name in DOCUMENT_TABLES
        for _, _, condition in broken_conditions(name)
    )


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
    """Yield (rule, columns, SQL condition) for the key, for each reference and for the quotes of a table."""
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
    if spec.quote and name != "blocks":  # blocks are held against their text before they come here
        yield "quote_in_block", f"block_no, char_start, char_end, {spec.quote}", _misquoting(spec.quote)


def _misquoting(quote: str) -> str:
    """Return the SQL condition that a row's span is not in its block, or holds other words than those quoted.

    The block's own text is compared, which costs less than the document's: it is the same words.
    """
    return f"""
        (t.{quote} IS NOT NULL OR t.char_start IS NOT NULL) AND NOT EXISTS (
            SELECT 1 FROM blocks AS o WHERE o.doc_id = t.doc_id AND o.block_no = t.block_no
            AND o.char_start <= t.char_start AND t.char_end <= o.char_end
            AND substring(o.text, t.char_start - o.char_start + 1, t.char_end - t.char_start) = t.{quote})
    """


_WHAT = {
    "unique_key": "stands there more than once",
    "quote_in_block": "does not hold the words of the source: look at texts.text there",
}


def _reject(name: str, rule: str, columns: str, row: dict[str, object]) -> Reject:
    value = ", ".join(str(row[column]) for column in columns.split(", "))
    what = _WHAT.get(rule) or f"is not in {rule.removeprefix('reference_')}"
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
