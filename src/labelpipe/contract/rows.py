"""Parsed labels to Arrow tables: one table a kind of row, columns in the contract's order."""

from collections.abc import Iterable
from dataclasses import fields
from itertools import repeat
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
    ordered = sorted(rejects, key=lambda reject: tuple(map(str, reject)))
    columns: Columns = {"reject_no": list(range(1, len(ordered) + 1))}
    columns |= {name: [reject[at] for reject in ordered] for at, name in enumerate(Reject._fields)}
    return pa.table(columns, schema=_loose(TABLES["rejects"].arrow))


def _records(label: Label) -> Iterable[tuple[str, tuple[Any, ...]]]:
    """Yield the records of each table, in no order."""
    yield "documents", (label.document,)
    yield "blocks", label.blocks
    yield "sections", label.sections
    yield "findings", label.findings
    for field in fields(label.facts):
        yield field.name, getattr(label.facts, field.name)


def _add(columns: Columns, doc_id: str, records: tuple[Any, ...]) -> None:
    """Add records of one kind, column by column."""
    if records:
        columns["doc_id"].extend(repeat(doc_id, len(records)))
        for name, values in zip(records[0]._fields, zip(*records, strict=True), strict=True):
            columns[name].extend(values)


def _add_text(columns: Columns, label: Label) -> None:
    columns["doc_id"].append(label.doc_id)
    columns["text"].append(label.text)


def _loose(schema: pa.Schema) -> pa.Schema:
    """Let every column hold NULL: whether it may is pandera's to say, row by row."""
    return pa.schema([field.with_nullable(True) for field in schema])
