"""The views and macros that answer what people ask first: one SQL file for each subject, in sql/."""

import re
from importlib.resources import files

import duckdb

from labelpipe.sql import quoted

SUBJECTS = (
    *("label_versions", "history"),
    *("units", "labels", "safety", "kinetics", "dosing", "products", "losses", "lineage"),
    *("lookups", "search"),
)
"""The files of sql/, in the order they are executed: what a view is made of comes before it."""

_SOURCES = re.compile(r"\b(?:FROM|JOIN)\s+\(*(?:labels\.)?(?:main\.)?([a-z_]+)", re.I)


def create_views(con: duckdb.DuckDBPyConnection) -> None:
    """Create all views and macros, each with its comments, in the database that the connection uses."""
    for subject in SUBJECTS:
        con.execute(files("labelpipe.sql").joinpath(f"{subject}.sql").read_text(encoding="utf-8"))
    _explain_columns(con)


def _explain_columns(con: duckdb.DuckDBPyConnection) -> None:
    """Give a view's column without a comment that of the column it was made from."""
    comments: dict[str, dict[str, str | None]] = {}
    for relation, column, comment in con.execute(_COLUMNS).fetchall():
        comments.setdefault(relation, {})[column] = comment
    for view, sql in con.execute(_VIEWS).fetchall():
        for column, comment in comments[view].items():
            told = (comments[name].get(column) for name in _SOURCES.findall(sql) if name in comments)
            if comment is None and (comment := next(filter(None, told), None)):
                comments[view][column] = comment
                con.execute(f"COMMENT ON COLUMN {view}.{column} IS {quoted(comment)}")


_COLUMNS = """
SELECT table_name, column_name, comment FROM duckdb_columns()
WHERE database_name = current_database() AND schema_name = 'main' ORDER BY table_oid, column_index
"""
_VIEWS = """
SELECT view_name, sql FROM duckdb_views()
WHERE database_name = current_database() AND schema_name = 'main' AND NOT internal ORDER BY view_oid
"""
