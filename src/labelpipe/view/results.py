"""A query's result as a table, CSV or JSON. Data goes to stdout and nothing else does."""

import json
from collections import Counter
from decimal import Decimal
from typing import TextIO

import pyarrow as pa
from pyarrow import csv

MIN_COLUMN_WIDTH = 8
WIDE = 10_000
"""Characters a line may have where no terminal says how many fit."""


def render(result: pa.Table, style: str, out: TextIO) -> None:
    """Print the result in the given style: table, csv or json (one object a row)."""
    {"table": _table, "csv": _csv, "json": _json}[style](result, out)


def _table(result: pa.Table, out: TextIO) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in result.column_names:
        table.add_column(name, overflow="fold", min_width=min(len(name), MIN_COLUMN_WIDTH))
    for values in zip(*(column.to_pylist() for column in result.columns), strict=True):
        table.add_row(*(Text(_cell(value)) for value in values))
    width = None if out.isatty() else WIDE
    Console(file=out, markup=False, highlight=False, emoji=False, width=width).print(table)


def _cell(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, list):
        return "[" + ", ".join(map(_cell, value)) + "]"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _csv(result: pa.Table, out: TextIO) -> None:
    """Lists become JSON, for CSV has none."""
    columns = [
        pa.array([None if v is None else json.dumps(v, ensure_ascii=False) for v in column.to_pylist()], pa.string())
        if pa.types.is_nested(column.type)
        else column
        for column in result.columns
    ]
    buffer = pa.BufferOutputStream()
    csv.write_csv(pa.table(columns, names=result.column_names), buffer)
    out.write(buffer.getvalue().to_pybytes().decode("utf-8"))


def _json(result: pa.Table, out: TextIO) -> None:
    """An object has no two keys of one name: the second column `a` becomes `a_2`."""
    seen: Counter[str] = Counter()
    names = []
    for name in result.column_names:
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    for row in result.rename_columns(names).to_pylist():
        out.write(json.dumps(row, default=_plain, ensure_ascii=False) + "\n")


def _plain(value: object) -> float | str:
    """DuckDB sums integers to decimals, which JSON knows as numbers; the rest (dates, times) is text there."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)
