"""Labels of a build as FHIR documents: the rows are fetched a label at a time."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from labelpipe.contract import TABLES
from labelpipe.exports.fhir import epi_bundle
from labelpipe.store.query import find_documents
from labelpipe.store.release import published_database

_ALL = "SELECT doc_id, source_path FROM documents ORDER BY source_path, doc_id"
_TABLES = ("sections", "blocks", "table_cells", "products", "ingredients", "contraindications", "interactions")


def export_labels(output: Path, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield doc_id and FHIR JSON of each label named (by path, label id, brand or doc_id), or of all where none is.

    Raises:
        OutputNotFound: there is no build.
        QueryError: no document is called that.
    """
    named = [one for name in names for one in find_documents(output, name)]
    with duckdb.connect(str(published_database(output)), read_only=True) as con:
        con.execute("SET TimeZone = 'UTC'")
        for doc_id, _ in named if names else con.execute(_ALL).fetchall():
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
