"""The views that answer what people ask first: one SQL file for each subject, in sql/."""

from importlib.resources import files

import duckdb

SUBJECTS = (
    *("units", "labels", "safety", "kinetics", "dosing", "products", "losses", "lineage"),
    *("lookups", "search"),
)
"""The files of sql/, in the order they are executed: what a view is made of comes before it."""


def create_views(con: duckdb.DuckDBPyConnection) -> None:
    """Create all views, each with its comments, in the database that the connection uses."""
    for subject in SUBJECTS:
        con.execute(files("labelpipe.sql").joinpath(f"{subject}.sql").read_text(encoding="utf-8"))
