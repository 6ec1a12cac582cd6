"""The contract: one pandera model for each table, and how the tables hang together.

Validation, the DuckDB DDL and its comments, the Parquet schema and everything in `schemas/` come from here.
"""

from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd
import pandera.pandas as pa
import pyarrow

from labelpipe.contract.audit_tables import Findings, Rejects, Runs
from labelpipe.contract.columns import Table
from labelpipe.contract.fact_tables import Doses, Ingredients, Pharmacokinetics, Products
from labelpipe.contract.history_tables import Changes
from labelpipe.contract.outline_tables import Faqs, Sections, TableCells, Tables
from labelpipe.contract.safety_tables import (
    Adjustments,
    BoxedWarnings,
    Classifications,
    Contraindications,
    Interactions,
)
from labelpipe.contract.source_tables import Blocks, Documents, Texts
from labelpipe.contract.unit_tables import Units

SCHEMA_VERSION = "1.1.0"

NOTICE = "This data describes what drug labels say. It is not medical advice: ask a doctor or a pharmacist."

Reference = tuple[tuple[str, ...], str]
"""The columns that point elsewhere, and the table whose key of the same names they point at."""

DOCUMENT: Reference = (("doc_id",), "documents")
BLOCK: Reference = (("doc_id", "block_no"), "blocks")
TABLE: Reference = (("doc_id", "table_no"), "tables")
PRODUCT: Reference = (("doc_id", "product_no"), "products")


@dataclass(frozen=True)
class TableSpec:
    """A table of the contract: its model, the key that is unique, and the references that must exist.

    `quote` names the column whose words stand at char_start to char_end of the text, in tables that quote the source.
    """

    model: type[Table]
    key: tuple[str, ...]
    references: tuple[Reference, ...] = field(default=(DOCUMENT,))
    quote: str | None = None

    @cached_property
    def schema(self) -> pa.DataFrameSchema:
        """The pandera schema."""
        return self.model.to_schema()

    @cached_property
    def arrow(self) -> pyarrow.Schema:
        """The Arrow schema: same columns, same order."""
        return pyarrow.schema(
            [
                pyarrow.field(name, _arrow_type(column.dtype.type), nullable=column.nullable)
                for name, column in self.schema.columns.items()
            ]
        )

    @property
    def comment(self) -> str:
        """What the table holds, in a sentence or two."""
        return " ".join((self.model.__doc__ or "").split())

    @cached_property
    def descriptions(self) -> dict[str, str]:
        """What each column holds."""
        return {name: column.description for name, column in self.schema.columns.items()}


def _arrow_type(dtype: pd.ArrowDtype) -> pyarrow.DataType:
    return dtype.pyarrow_dtype


TABLES: dict[str, TableSpec] = {
    "documents": TableSpec(Documents, ("doc_id",), ()),
    "texts": TableSpec(Texts, ("doc_id",)),
    "blocks": TableSpec(Blocks, ("doc_id", "block_no"), quote="text"),
    "sections": TableSpec(Sections, ("doc_id", "section_no")),
    "tables": TableSpec(Tables, ("doc_id", "table_no")),
    "table_cells": TableSpec(TableCells, ("doc_id", "table_no", "row_no", "column_no"), (DOCUMENT, TABLE, BLOCK)),
    "faqs": TableSpec(Faqs, ("doc_id", "faq_no"), (DOCUMENT, BLOCK), "answer"),
    "products": TableSpec(Products, ("doc_id", "product_no"), (DOCUMENT, BLOCK), "quote"),
    "ingredients": TableSpec(
        Ingredients, ("doc_id", "product_no", "ingredient_no"), (DOCUMENT, PRODUCT, BLOCK), "quote"
    ),
    "pharmacokinetics": TableSpec(Pharmacokinetics, ("doc_id", "pk_no"), (DOCUMENT, BLOCK, TABLE), "quote"),
    "boxed_warnings": TableSpec(BoxedWarnings, ("doc_id", "boxed_warning_no"), (DOCUMENT, BLOCK), "quote"),
    "contraindications": TableSpec(Contraindications, ("doc_id", "contraindication_no"), (DOCUMENT, BLOCK), "quote"),
    "interactions": TableSpec(Interactions, ("doc_id", "interaction_no"), (DOCUMENT, BLOCK), "quote"),
    "classifications": TableSpec(Classifications, ("doc_id", "classification_no"), (DOCUMENT, BLOCK), "quote"),
    "doses": TableSpec(Doses, ("doc_id", "dose_no"), (DOCUMENT, BLOCK, TABLE, PRODUCT), "quote"),
    "adjustments": TableSpec(Adjustments, ("doc_id", "adjustment_no"), (DOCUMENT, BLOCK), "quote"),
    "findings": TableSpec(Findings, ("doc_id", "finding_no"), (DOCUMENT, BLOCK), "quote"),
    "units": TableSpec(Units, ("unit",), ()),
    "changes": TableSpec(Changes, ("doc_id", "change_no"), (DOCUMENT,)),
    "rejects": TableSpec(Rejects, ("reject_no",), ()),
    "runs": TableSpec(Runs, ("run_id",), ()),
}

DOCUMENT_TABLES = tuple(name for name in TABLES if name not in ("changes", "units", "rejects", "runs"))
"""The tables that are filled document by document, referenced tables before those that refer to them."""

__all__ = ["DOCUMENT_TABLES", "NOTICE", "SCHEMA_VERSION", "TABLES", "TableSpec"]
