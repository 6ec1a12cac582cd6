"""Good rows and bad rows: pandera checks a whole frame at once, and every row that fails becomes a reject."""

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pyarrow as pa
from pandera.errors import SchemaErrors

from labelpipe.contract import TABLES
from labelpipe.errors import ContractError
from labelpipe.model import Reject


@dataclass(frozen=True, slots=True)
class Checked:
    """The rows that keep the contract, and the others with the reason for each. No row is in neither."""

    good: pa.Table
    rejects: list[Reject]


def validate_table(name: str, table: pa.Table) -> Checked:
    """Check a table against its model.

    Raises:
        ContractError: a column is missing, undeclared or of the wrong type; then no row of it can be trusted.
    """
    if not len(table) and table.schema.names == TABLES[name].arrow.names:
        return Checked(table, [])
    frame = table.to_pandas(types_mapper=pd.ArrowDtype).reset_index(drop=True)
    try:
        TABLES[name].schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        return _split(name, table, errors.failure_cases)
    return Checked(table, [])


def _split(name: str, table: pa.Table, failures: pd.DataFrame) -> Checked:
    whole = failures[failures["index"].isna()]
    if len(whole):
        first = whole.iloc[0]
        raise ContractError(
            f"table {name}: {first['check']} fails for the whole table "
            f"(column {first['column']}: {first['failure_case']}); nothing was published; "
            "this is a mistake in labelpipe, please report it"
        )
    reasons: dict[int, list[tuple[str, str, Any]]] = defaultdict(list)
    for row_no, column, check, value in zip(
        *(failures[c] for c in ("index", "column", "check", "failure_case")), strict=True
    ):
        reasons[int(row_no)].append((str(column), str(check), value))
    bad = sorted(reasons)
    good = table.filter(pa.array([row not in reasons for row in range(len(table))]))
    rows = table.take(bad).to_pylist()
    return Checked(good, [_to_reject(name, row, reasons[number]) for number, row in zip(bad, rows, strict=True)])


def _to_reject(name: str, row: dict[str, Any], reasons: list[tuple[str, str, Any]]) -> Reject:
    """Return one reject a row, however many of its values fail; all of them are in the message."""
    column, check, value = reasons[0]
    told = "; ".join(f"{c} is {v!r}, which fails {k}" for c, k, v in reasons)
    return Reject(
        source_path=row.get("source_path"),
        doc_id=row.get("doc_id"),
        table_name=name,
        rule=check.partition("(")[0],
        column_name=column,
        value=None if pd.isna(value) else str(value),
        row_json=json.dumps(row, default=str, sort_keys=True, ensure_ascii=False),
        message=f"{name}: {told}",
    )
