"""Whether a row of a build says what the gold says: column by column, and which row is which fact."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from labelpipe.evaluation.fact_gold import Fact

Row = Mapping[str, Any]

NOT_COLUMNS = ("at", "optional", "qualifiers_also", "locator", "sha256")

_EVERY = {
    "d": ("daily", "a day", "per day", "each day", "every day", "in a day"),
    "wk": ("weekly", "a week", "per week", "each week", "every week"),
    "h": ("hourly", "an hour", "per hour", "every hour"),
}
_PER_OF = {words: per for per, wordings in _EVERY.items() for words in wordings}


@dataclass(slots=True)
class Matched:
    """The outcome for some passages: facts and rows, and the pairs of them with the columns that differ."""

    facts: int = 0
    rows: int = 0
    pairs: list[tuple[Fact, Row, tuple[str, ...]]] = field(default_factory=list)
    missed: list[Fact] = field(default_factory=list)
    spurious: list[Row] = field(default_factory=list)

    def add(self, other: "Matched") -> None:
        """Take in another outcome."""
        self.facts += other.facts
        self.rows += other.rows
        self.pairs += other.pairs
        self.missed += other.missed
        self.spurious += other.spurious

    @property
    def exact(self) -> int:
        """How many pairs have no column that differs."""
        return sum(not differing for _, _, differing in self.pairs)


def match(facts: Sequence[Fact], rows: Sequence[Row], core: Iterable[str], touching: Sequence[Row] = ()) -> Matched:
    """Pair facts and rows: the same in all columns first, then those that share the `core` columns, best first.

    An optional fact takes its row out of the count, and does not count itself. Rows only `touching` the passage
    count where they are a fact of it, and belong to another passage where they are not.
    """
    left, core = [*rows, *touching], tuple(core)
    found: dict[int, tuple[Row, tuple[str, ...]]] = {}
    order = sorted(range(len(facts)), key=lambda index: bool(facts[index].get("optional")))
    for allowed in range(len(NOT_COLUMNS) + 20):
        for index in order:
            if index in found:
                continue
            for row in left:
                differing = differences(facts[index], row)
                if len(differing) <= allowed and not set(differing) & set(core):
                    found[index] = (row, differing)
                    left = [one for one in left if one is not row]
                    break
    left = [row for row in left if not any(row is one for one in touching)]
    required = [index for index in order if not facts[index].get("optional")]
    return Matched(
        facts=len(required),
        rows=len(left) + sum(index in found for index in required),
        pairs=[(facts[index], *found[index]) for index in required if index in found],
        missed=[facts[index] for index in required if index not in found],
        spurious=left,
    )


def differences(fact: Fact, row: Row) -> tuple[str, ...]:
    """Return the columns in which a row differs from a fact; a column the fact does not name is not compared."""
    row = _canonical(row)
    named = [column for column in fact if column not in NOT_COLUMNS]
    wrong = [c for c in named if c not in ("per", "frequency", "qualifiers") and not _accepts(fact[c], row.get(c))]
    if "per" in fact or "frequency" in fact:
        wrong += _rhythm_differs(fact, row)
    if "qualifiers" in fact and not _qualifiers_agree(fact, row):
        wrong.append("qualifiers")
    return tuple(wrong)


def _canonical(row: Row) -> Row:
    """A maximum printed as one number is its upper end."""
    if row.get("kind") == "maximum" and row.get("value_low") == row.get("value_high"):
        return {**row, "value_low": None}
    return row


def _options(spec: Any) -> list[Any]:
    return list(spec["any_of"]) if isinstance(spec, dict) else [spec]


def _accepts(spec: Any, value: Any) -> bool:
    if isinstance(spec, dict) and "like" in spec:
        return isinstance(value, str) and _alike(_folded(spec["like"]), _folded(value))
    return any(_same(option, value) for option in _options(spec))


def _same(wanted: Any, value: Any) -> bool:
    if isinstance(wanted, int | float) and isinstance(value, int | float):
        return math.isclose(wanted, value, rel_tol=1e-3, abs_tol=1e-4)
    if isinstance(wanted, str) and isinstance(value, str):
        return _folded(wanted) == _folded(value)
    return bool(wanted == value)


def _alike(words: str, others: str) -> bool:
    """Whether one has the other in it, as `oral anticoagulants` has `anticoagulants`."""
    return words in others or others in words


def _folded(text: str) -> str:
    """Return words without case and hyphens, and the terms of a list (`ORAL; TOPICAL`) in one order."""
    terms = text.casefold().replace("-", " ").split(";")
    return "; ".join(sorted(" ".join(term.split()) for term in terms))


def _rhythm_differs(fact: Fact, row: Row) -> list[str]:
    """Compare what an amount is per and how often: `40 mg daily` is 40 mg per d, whichever column says so."""
    said = _rhythm(row.get("per"), row.get("frequency"))
    pers = _options(fact["per"]) if "per" in fact else [None]
    frequencies = _options(fact["frequency"]) if "frequency" in fact else [None]
    wanted = [_rhythm(per, frequency) for per in pers for frequency in frequencies]
    right_per = "per" not in fact or any(said[0] == per for per, _ in wanted)
    right_frequency = "frequency" not in fact or any(_same(frequency, said[1]) for _, frequency in wanted)
    return [name for name, right in (("per", right_per), ("frequency", right_frequency)) if not right]


def _rhythm(per: str | None, frequency: str | None) -> tuple[str | None, str | None]:
    every = _PER_OF.get(_folded(frequency)) if frequency else None
    if every is None:
        return per, frequency
    if per and every in per.split("/"):
        return per, None
    return f"{per}/{every}" if per else every, None


def _qualifiers_agree(fact: Fact, row: Row) -> bool:
    said = {_folded(words) for words in row.get("qualifiers") or ()}
    needed = {_folded(words) for words in fact["qualifiers"]}
    also = {_folded(words) for words in fact.get("qualifiers_also", ())}
    return needed <= said and ("*" in also or said <= needed | also)
