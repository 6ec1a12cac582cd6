"""What each address shows."""

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

import duckdb
from markupsafe import Markup, escape

from labelpipe.contract import TABLES
from labelpipe.explore import statements
from labelpipe.report.document import BLOCKS, read_page
from labelpipe.report.facts import FACT_TABLES
from labelpipe.report.page import environment, policy, visible
from labelpipe.report.rows import WANTED, Row, select

Asked = Mapping[str, str]

HIGHEST_OFFSET = 10**6

_NOTHING = {"words": "", "rule": "", "source_format": ""}
"""What the forms ask where nobody has filled them in."""


class NoSuchPage(LookupError):
    """There is nothing at this address."""


def render(con: duckdb.DuckDBPyConnection, path: str, asked: Asked) -> str:
    """Return the page at a path.

    Raises:
        NoSuchPage: there is none.
    """
    kind, _, name = path.strip("/").partition("/")
    pages: dict[str, Callable[[duckdb.DuckDBPyConnection, str, Asked], str]] = {
        "": _documents,
        "doc": _document,
        "search": _search,
        "table": _table,
    }
    if kind not in pages:
        raise NoSuchPage(path)
    return pages[kind](con, name, asked)


def refusal(title: str, words: str) -> str:
    """Return a page that says why there is nothing else."""
    return _fill("explore_refusal.html", {}, title=title, words=words)


def _documents(con: duckdb.DuckDBPyConnection, _: str, asked: Asked) -> str:
    sql = statements.documents(asked, _first(asked))
    rules = [row["rule"] for row in select(con, "SELECT DISTINCT rule FROM findings ORDER BY rule")]
    formats = [row["source_format"] for row in select(con, "SELECT DISTINCT source_format FROM documents ORDER BY ALL")]
    return _listed("explore_documents.html", "/", asked, sql, select(con, sql), rules=rules, formats=formats)


def _document(con: duckdb.DuckDBPyConnection, name: str, asked: Asked) -> str:
    page = read_page(con, name)
    if page is None:
        raise NoSuchPage(name)
    sql = BLOCKS.strip().replace(WANTED, f"doc_id = '{page.document['doc_id']}'")
    return _fill("explore_document.html", asked, page=page, sql=sql)


def _search(con: duckdb.DuckDBPyConnection, _: str, asked: Asked) -> str:
    words = asked.get("words", "")
    sql = statements.search(words, _first(asked))
    rows = select(con, sql) if words.strip() else []
    return _listed("explore_search.html", "/search", asked, sql, rows, marked=marked)


def marked(snippet: str) -> Markup:
    """Return a snippet with the found words as marked text; all else in it is words."""
    start, end = statements.MARKS
    return Markup(re.sub(f"{start}([^{start}{end}]*){end}", r"<mark>\1</mark>", str(escape(visible(snippet)))))


def _table(con: duckdb.DuckDBPyConnection, name: str, asked: Asked) -> str:
    if name not in TABLES:
        raise NoSuchPage(name)
    sql = statements.rows_of(name, asked, _first(asked))
    spec = TABLES[name]
    known = {column: value for column, value in asked.items() if column in spec.descriptions and value}
    return _listed(
        "explore_table.html",
        f"/table/{name}",
        asked,
        sql,
        select(con, sql),
        table=name,
        spec=spec,
        known=known,
        way=lambda row: way_to_words(name, row),
    )


def way_to_words(table: str, row: Row) -> str:
    """Return the address of the words that a row was read from, else of its block, else of its document."""
    page = f"/doc/{row['doc_id']}"
    if (table in FACT_TABLES or table == "findings") and row.get("block_no"):
        name = f"{table}-{row[TABLES[table].key[-1]]}"
        return f"{page}#d{row['doc_id']}-{name}{'-words' if row.get('char_start') is not None else ''}"
    block_no = row.get("block_no") or (row.get("block_nos") or [None])[0]
    return f"{page}#d{row['doc_id']}-b{block_no}" if block_no else page


def _listed(template: str, path: str, asked: Asked, sql: str, rows: list[Row], **more: Any) -> str:
    """Fill a page that lists rows, with ways to the rows before and after."""
    first, size = _first(asked), statements.ROWS_SHOWN
    kept = {name: value for name, value in asked.items() if name != "first" and value}
    before = f"{path}?{urlencode({**kept, 'first': max(first - size, 0)})}" if first else None
    after = f"{path}?{urlencode({**kept, 'first': first + size})}" if len(rows) > size else None
    return _fill(template, asked, sql=sql, rows=rows[:size], first=first, before=before, after=after, **more)


def _fill(template: str, asked: Asked, **more: Any) -> str:
    return (
        environment()
        .get_template(template)
        .render(policy=policy(served=True), asked={**_NOTHING, **asked}, tables=list(TABLES), **more)
    )


def _first(asked: Asked) -> int:
    """Return how many rows come before those that are shown."""
    given = asked.get("first", "0")
    return min(int(given), HIGHEST_OFFSET) if given.isascii() and given.isdigit() else 0
