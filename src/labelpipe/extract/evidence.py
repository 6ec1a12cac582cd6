"""What kind of evidence a fact rests on, and how often rows of that kind are right in every column."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from labelpipe.vocabulary import load

Row = Mapping[str, Any]

_FIGURES = re.compile(r"\d[\d.,]*")
_FEW = 2


def confidence_of(table: str, row: Row) -> float:
    """Return the share of the gold set's rows of this kind that are right in every column, 0 to 1."""
    measured: dict[str, float] = load("confidence")[table]
    return measured[evidence_of(table, row)]


def evidence_of(table: str, row: Row) -> str:
    """Return the kind of evidence a row of `doses` or `pharmacokinetics` rests on.

    >>> evidence_of("doses", {"method": "prose", "per": "d", "frequency": None})
    'prose_with_rhythm'
    >>> evidence_of("pharmacokinetics", {"method": "prose", "quote": "The half-life is 3 to 5 hours."})
    'prose_few_figures'
    """
    return KINDS[table](row)


def _of_dose(row: Row) -> str:
    """A dose rests on prose or on a table, which says how often or per what, or the amount alone."""
    has_rhythm = row["per"] is not None or row["frequency"] is not None
    return f"{row['method']}_{'with_rhythm' if has_rhythm else 'amount_only'}"


def _of_kinetic_value(row: Row) -> str:
    """A kinetic value rests on a table's cell, or on a sentence of few figures, or of many that can be mixed up."""
    if row["method"] == "table":
        return "table"
    return f"prose_{'few' if len(_FIGURES.findall(row['quote'])) <= _FEW else 'many'}_figures"


KINDS: dict[str, Callable[[Row], str]] = {"doses": _of_dose, "pharmacokinetics": _of_kinetic_value}
"""How to tell the kind of evidence, for each table whose rows are as sure as the gold set measures."""
