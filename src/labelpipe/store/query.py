"""SQL of a user on the published database: read-only, and shut off from the rest of the machine unless asked."""

from pathlib import Path

import duckdb
import pyarrow as pa

from labelpipe.errors import QueryError
from labelpipe.store.release import published_database

LIST = """
SELECT kind, name, comment FROM (
    SELECT 1 AS rank, 'view' AS kind, view_name AS name, comment FROM duckdb_views()
    WHERE NOT internal AND schema_name = 'main'
    UNION ALL
    SELECT 2, 'macro', function_name || '(' || array_to_string(parameters, ', ') || ')', comment FROM duckdb_functions()
    WHERE NOT internal AND schema_name = 'main'
    UNION ALL
    SELECT 3, 'table', table_name, comment FROM duckdb_tables() WHERE NOT internal AND schema_name = 'main'
)
ORDER BY rank, name
"""
"""Views, macros and tables of the database itself, each with its comment."""

_FIND = """
SELECT doc_id, source_path FROM documents
WHERE source_path = $1 OR label_id = $1 OR lower(brand_name) = lower($1)
    OR (length($1) >= 4 AND starts_with(doc_id, $1))
ORDER BY source_path, doc_id
"""


def find_documents(output: Path, name: str) -> list[tuple[str, str]]:
    """Return doc_id and source path of the documents that go by a path, label id, brand, doc_id or how it begins.

    Raises:
        OutputNotFound: there is no build.
        QueryError: no document is called that.
    """
    found = run_query(output, _FIND, parameters=(name,)).to_pylist()
    if not found:
        raise QueryError(f'no document is called {name!r}; `labelpipe query "FROM label_overview"` lists them')
    return [(row["doc_id"], row["source_path"]) for row in found]


def run_query(output: Path, sql: str, allow_external: bool = False, parameters: tuple[object, ...] = ()) -> pa.Table:
    """Return the result of a statement; a statement without a result gives an empty table.

    Raises:
        OutputNotFound: there is no build.
        QueryError: DuckDB refuses the query; its own words are in the message.
    """
    config: dict[str, str | bool | int | float | list[str]] = {"enable_external_access": allow_external}
    with duckdb.connect(str(published_database(output)), read_only=True, config=config) as con:
        try:
            result = con.sql(sql, params=list(parameters))
            return result.to_arrow_table() if result is not None else pa.table({})
        except duckdb.Error as error:
            if isinstance(error, duckdb.CatalogException):
                raise QueryError(f"{error}\n`labelpipe query --list` prints what there is to ask") from error
            told = '`labelpipe query "DESCRIBE name"` prints the columns of a table or view'
            raise QueryError(f"{error}\n{told}") from error
