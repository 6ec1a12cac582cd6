"""The `units` table: every unit that a build's tables hold, with its factor to the unit it is compared in."""

from functools import lru_cache
from typing import Any

import duckdb
import pyarrow as pa

from labelpipe.contract import TABLES
from labelpipe.errors import UnitError
from labelpipe.ucum import convert, is_ucum
from labelpipe.vocabulary import load

UNITS_IN_USE = """
SELECT unit FROM pharmacokinetics
UNION SELECT dose_unit FROM pharmacokinetics
UNION SELECT unit FROM doses
UNION SELECT unit || '/' || per FROM doses
UNION SELECT strength_unit FROM products
UNION SELECT strength_per_unit FROM products
UNION SELECT strength_unit || '/' || strength_per_unit FROM products
"""


def units_table(con: duckdb.DuckDBPyConnection) -> pa.Table:
    """Return a row for each unit in the loaded tables, and for each that amounts are compared in."""
    used = {unit for (unit,) in con.execute(UNITS_IN_USE).fetchall() if unit}
    rows = [_row(unit) for unit in sorted({*used, *load("units")["comparable"]["units"]})]
    return pa.Table.from_pylist(rows, schema=TABLES["units"].arrow)


@lru_cache(maxsize=4096)
def _row(unit: str) -> dict[str, Any]:
    """Return a unit's row. What pint says of common units is kept as words: loading it takes longer than a document."""
    known = load("unit_factors").get(unit)
    return {"unit": unit, "standard_unit": None, "factor": None, **(known or measured(unit))}


def measured(unit: str) -> dict[str, Any]:
    """Return what pint says of a unit: whether it is a UCUM code, and its factor to the unit it is compared in."""
    for standard in (*load("units")["comparable"]["units"], unit):
        try:
            return {"is_ucum": is_ucum(unit), "standard_unit": standard, "factor": convert(1, unit, standard)}
        except UnitError:
            continue
    return {"is_ucum": is_ucum(unit)}
