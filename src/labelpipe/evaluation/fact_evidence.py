"""How often facts of a table are right by the kind of evidence they rest on: what their confidence is set to."""

from collections import Counter
from collections.abc import Iterable

from labelpipe.evaluation.fact_match import Matched
from labelpipe.extract.evidence import evidence_of


def exact_precision(table: str, found: Iterable[Matched]) -> dict[str, tuple[int, int]]:
    """Return for each kind of evidence how many rows are right in every column, and how many there are."""
    rows: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for matched in found:
        for _, row, differing in matched.pairs:
            rows[evidence_of(table, row)] += 1
            right[evidence_of(table, row)] += not differing
        rows.update(evidence_of(table, row) for row in matched.spurious)
    return {evidence: (right[evidence], rows[evidence]) for evidence in sorted(rows)}


def as_text(table: str, shares: dict[str, tuple[int, int]]) -> str:
    """Return the figures as a table."""
    lines = (f"{name:<20}{right:>5} of {rows:>4}  {right / rows:.2f}\n" for name, (right, rows) in shares.items())
    return f"{table}\n{''.join(lines)}"
