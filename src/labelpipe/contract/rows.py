"""Parsed labels to Arrow tables: one table a kind of row, columns in the contract's order."""

from collections.abc import Callable, Iterable
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any

import pyarrow as pa

from labelpipe.contract import DOCUMENT_TABLES, TABLES
from labelpipe.model import Label, Reject

Columns = dict[str, list[Any]]


def to_tables(labels: Iterable[Label]) -> dict[str, pa.Table]:
    """Return the rows of the labels as one Arrow table for each table of the contract.

    Types are the contract's; a value that does not fit its type raises `pyarrow.ArrowInvalid`, for it is our mistake.
    """
    columns: dict[str, Columns] = {name: {c: [] for c in TABLES[name].schema.columns} for name in DOCUMENT_TABLES}
    for label in labels:
        for name, records in _records(label):
            _add(columns[name], label.doc_id, records)
        _add_text(columns["texts"], label)
    return {name: pa.table(columns[name], schema=_loose(TABLES[name].arrow)) for name in DOCUMENT_TABLES}


def rejects_table(rejects: Iterable[Reject]) -> pa.Table:
    """Return the rejects as an Arrow table, numbered in an order that depends on what they say and nothing else."""
    ordered = sorted(rejects, key=lambda r: tuple(str(value) for value in _values(Reject)(r)))
    names = [name for name in TABLES["rejects"].schema.columns if name != "reject_no"]
    columns: Columns = {"reject_no": list(range(1, len(ordered) + 1))}
    columns |= {name: [getattr(reject, name) for reject in ordered] for name in names}
    return pa.table(columns, schema=_loose(TABLES["rejects"].arrow))


def _records(label: Label) -> Iterable[tuple[str, Iterable[Any]]]:
    facts = label.facts
    yield "documents", (label.document,)
    yield "blocks", label.blocks
    yield "sections", label.sections
    yield "findings", label.findings
    for name in (
        "tables",
        "table_cells",
        "faqs",
        "products",
        "ingredients",
        "pharmacokinetics",
        "boxed_warnings",
        "doses",
    ):
        yield name, getattr(facts, name)


def _add(columns: Columns, doc_id: str, records: Iterable[Any]) -> None:
    for record in records:
        columns["doc_id"].append(doc_id)
        kind: type = type(record)
        for name, value in zip(_names(kind), _values(kind)(record), strict=True):
            columns[name].append(value)


def _add_text(columns: Columns, label: Label) -> None:
    columns["doc_id"].append(label.doc_id)
    columns["text"].append(label.text)


@cache
def _names(record_type: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(record_type))


@cache
def _values(record_type: type) -> Callable[[Any], tuple[Any, ...]]:
    return attrgetter(*_names(record_type))


def _loose(schema: pa.Schema) -> pa.Schema:
    """Let every column hold NULL: whether it may is pandera's to say, row by row."""
    return pa.schema([field.with_nullable(True) for field in schema])
