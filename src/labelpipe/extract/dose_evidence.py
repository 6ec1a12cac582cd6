"""What kind of evidence a dose rests on, and how often rows of that kind are right in every column."""

from collections.abc import Mapping
from typing import Any

from labelpipe.vocabulary import load


def evidence_of(row: Mapping[str, Any]) -> str:
    """Return the kind of evidence: prose or a table, which says how often or per what, or the amount alone.

    >>> evidence_of({"method": "prose", "per": "d", "frequency": None})
    'prose_with_rhythm'
    """
    has_rhythm = row["per"] is not None or row["frequency"] is not None
    return f"{row['method']}_{'with_rhythm' if has_rhythm else 'amount_only'}"


def confidence_of(row: Mapping[str, Any]) -> float:
    """Return the share of the gold set's rows of this kind that are right in every column, 0 to 1."""
    measured: dict[str, float] = load("dose_confidence")["exact_precision"]
    return measured[evidence_of(row)]
