"""The statements behind the pages: each is complete, so that whoever copies one gets what the page shows."""

from collections.abc import Mapping

from labelpipe.contract import TABLES
from labelpipe.report.index import INDEX, NEED
from labelpipe.sql import quoted

ROWS_SHOWN = 50
"""Rows of one page of a list."""


MARKS = ("⟦", "⟧")
"""What a search puts around the words that it found; the page shows them as marked."""


def documents(asked: Mapping[str, str], first: int) -> str:
    """Return the statement that lists documents: by words of their name or path, a finding's rule, a format."""
    conditions = []
    if words := asked.get("words"):
        conditions.append(f"contains(lower(concat_ws(' ', name, source_path, doc_id)), lower({quoted(words)}))")
    if rule := asked.get("rule"):
        conditions.append(f"list_contains(rules, {quoted(rule)})")
    if source_format := asked.get("source_format"):
        conditions.append(f"source_format = {quoted(source_format)}")
    return _page(f"SELECT * FROM ({INDEX.strip()})\n{_where(conditions)}ORDER BY {NEED}", first)


def search(words: str, first: int) -> str:
    """Return the statement that finds passages, the best first."""
    start, end = MARKS
    found = (
        f"search({quoted(words)}, max_hits := {first + ROWS_SHOWN + 1}, mark_start := '{start}', mark_end := '{end}')"
    )
    return _page(f"FROM {found}", first)


def rows_of(table: str, asked: Mapping[str, str], first: int) -> str:
    """Return the statement that lists a table's rows whose columns are what was asked.

    Raises:
        KeyError: the contract has no such table.
    """
    spec = TABLES[table]
    known = [(column, value) for column, value in asked.items() if column in spec.descriptions and value]
    conditions = [f"{column}::VARCHAR = {quoted(value)}" for column, value in known]
    return _page(f"FROM {table}\n{_where(conditions)}ORDER BY {', '.join(spec.key)}", first)


def _where(conditions: list[str]) -> str:
    return f"WHERE {' AND '.join(conditions)}\n" if conditions else ""


def _page(sql: str, first: int) -> str:
    """Ask for one row more than is shown: it tells whether there is a next page."""
    return f"{sql}\nLIMIT {ROWS_SHOWN + 1} OFFSET {first}"
