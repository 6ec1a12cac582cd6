"""SQL of a user on the published database: read-only, and shut off from the rest of the machine unless asked."""

from pathlib import Path

import duckdb
import pyarrow as pa

from labelpipe.errors import QueryError
from labelpipe.store.release import published_database


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
            raise QueryError(f"{error}\nTables and columns are explained in schemas/data_dictionary.md") from error
