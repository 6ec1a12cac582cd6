"""Labels of a build as FHIR documents: the rows are fetched a label at a time."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from labelpipe.contract import TABLES
from labelpipe.errors import QueryError
from labelpipe.exports.fhir import epi_bundle
from labelpipe.store.release import published_database

_FIND = """
    SELECT doc_id FROM documents
    WHERE $1 IS NULL OR source_path = $1 OR label_id = $1 OR lower(brand_name) = lower($1)
        OR (length($1) >= 4 AND starts_with(doc_id, $1))
    ORDER BY source_path, doc_id
"""

_TABLES = ("sections", "blocks", "table_cells", "products", "ingredients", "contraindications", "interactions")


def export_labels(output: Path, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield doc_id and FHIR JSON of each label named (by path, label id, brand or doc_id), or of all where none is.

    Raises:
        OutputNotFound: there is no build.
        QueryError: no document is called that.
    """
    with duckdb.connect(str(published_database(output)), read_only=True) as con:
        con.execute("SET TimeZone = 'UTC'")
        for name in names or (None,):
            found = con.execute(_FIND, [name]).fetchall()
            if not found:
                raise QueryError(f'no document is called {name!r}; `labelpipe query "FROM label_overview"` lists them')
            for (doc_id,) in found:
                yield doc_id, json.dumps(_bundle(con, doc_id), indent=2, ensure_ascii=False) + "\n"


def _bundle(con: duckdb.DuckDBPyConnection, doc_id: str) -> dict[str, Any]:
    rows = {table: _rows(con, f"FROM {table} WHERE doc_id = ? ORDER BY {_key(table)}", doc_id) for table in _TABLES}
    (document,) = _rows(con, "FROM documents WHERE doc_id = ?", doc_id)
    (run,) = _rows(con, "FROM runs")
    return epi_bundle(document, rows, run["finished_at"])


def _key(table: str) -> str:
    return ", ".join(TABLES[table].key)


def _rows(con: duckdb.DuckDBPyConnection, sql: str, *parameters: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = con.sql(sql, params=list(parameters)).to_arrow_table().to_pylist()
    return rows
