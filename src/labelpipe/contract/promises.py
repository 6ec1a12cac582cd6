"""What the contract promises of each column, free of pandera: what every published form of it is written from."""

from dataclasses import dataclass
from typing import Any

import pandera.pandas as pandera

from labelpipe.contract import TABLES
from labelpipe.contract.ddl import SQL_TYPES

_LIMITS = {
    "isin": {"allowed_values": "values"},
    "greater_than_or_equal_to": {"min_value": "minimum"},
    "greater_than": {"min_value": "above"},
    "in_range": {"min_value": "minimum", "max_value": "maximum"},
    "str_matches": {"pattern": "pattern"},
}
"""Which limit of a Promise each statistic of a pandera check is."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A column: its SQL type, whether it may be NULL, and which values it may have.

    `values` is None where any value goes; the bounds are None where there are none; `pattern` fits Python, RE2 and
    ECMAScript alike.
    """

    name: str
    description: str
    type: str
    nullable: bool
    values: tuple[str, ...] | None = None
    minimum: float | None = None
    above: float | None = None
    maximum: float | None = None
    pattern: str | None = None


def promises(table: str) -> tuple[Promise, ...]:
    """Return what is promised of each column of a table, in their order."""
    spec = TABLES[table]
    return tuple(
        Promise(
            name=field.name,
            description=spec.descriptions[field.name],
            type=SQL_TYPES[field.type],
            nullable=field.nullable,
            **_limits(spec.schema.columns[field.name].checks),
        )
        for field in spec.arrow
    )


def _limits(checks: list[pandera.Check]) -> dict[str, Any]:
    """Return the checks of a column as arguments of a Promise.

    Raises:
        KeyError: a model uses a check that no published form could tell; teach it to `_LIMITS` first.
    """
    limits: dict[str, Any] = {}
    for check in checks:
        for given, limit in _LIMITS[str(check.name)].items():
            limits[limit] = (check.statistics or {})[given]
    return limits
