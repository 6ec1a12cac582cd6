"""Parsed labels to Arrow tables: one table a kind of row, columns in the contract's order."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from itertools import repeat
from typing import Any

import pyarrow as pa

from labelpipe.contract import DOCUMENT_TABLES, TABLES
from labelpipe.model import Label, Reject

Columns = dict[str, list[Any]]


class Rows:
    """The rows of labels while they are gathered: a list a column, so that a label can go once it is added."""

    def __init__(self) -> None:
        self.n_documents = 0
        self.source_bytes = 0
        self._columns: dict[str, Columns] = {
            name: {c: [] for c in TABLES[name].arrow.names} for name in DOCUMENT_TABLES
        }

    def add(self, label: Label) -> None:
        """Add all rows of a label."""
        self.n_documents += 1
        self.source_bytes += label.document.source_bytes
        facts = label.facts
        of_facts = ((field.name, getattr(facts, field.name)) for field in fields(facts))
        records = {"documents": (label.document,), "blocks": label.blocks, "sections": label.sections}
        for name, rows in (*records.items(), ("findings", label.findings), *of_facts):
            if rows:
                _extend(self._columns[name], label.doc_id, rows)
        self._columns["texts"]["doc_id"].append(label.doc_id)
        self._columns["texts"]["text"].append(label.text)

    def tables(self) -> dict[str, pa.Table]:
        """Return the rows as one Arrow table for each table of the contract.

        Types are the contract's; a value that does not fit its type raises `pyarrow.ArrowInvalid`, for it is our
        mistake.
        """
        return {name: pa.table(self._columns[name], schema=_loose(TABLES[name].arrow)) for name in DOCUMENT_TABLES}


def to_tables(labels: Iterable[Label]) -> dict[str, pa.Table]:
    """Return the rows of labels as one Arrow table for each table of the contract."""
    rows = Rows()
    for label in labels:
        rows.add(label)
    return rows.tables()


def reject_rows(rejects: Sequence[Reject]) -> pa.Table:
    """Return rejects as an Arrow table that lacks their numbers, which only a whole build can give."""
    columns: Columns = {name: [reject[at] for reject in rejects] for at, name in enumerate(Reject._fields)}
    return pa.table(columns, schema=_loose(TABLES["rejects"].arrow).remove(0))


def _extend(columns: Columns, doc_id: str, records: tuple[Any, ...]) -> None:
    """Add records of one kind, column by column."""
    columns["doc_id"].extend(repeat(doc_id, len(records)))
    for name, values in zip(records[0]._fields, zip(*records, strict=True), strict=True):
        columns[name].extend(values)


def _loose(schema: pa.Schema) -> pa.Schema:
    """Let every column hold NULL: whether it may is pandera's to say, row by row."""
    return pa.schema([field.with_nullable(True) for field in schema])
