"""The scores of facts for people: figures for every table, and on request the passages that went wrong."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from labelpipe.evaluation.fact_match import NOT_COLUMNS, Matched
from labelpipe.evaluation.fact_scores import Outcome

_SHARES = tuple(f"{level}_{share}" for level in ("core", "exact") for share in ("precision", "recall", "f1"))

Outcomes = Mapping[tuple[str, str], Outcome]


def figures(found: Matched) -> dict[str, float]:
    """Return precision, recall and F1: of facts found (`core`), and of those right in every column (`exact`)."""
    out: dict[str, float] = {"facts": found.facts, "rows": found.rows}
    for level, right in (("core", len(found.pairs)), ("exact", found.exact)):
        precision, recall = _share(right, found.rows), _share(right, found.facts)
        out |= {f"{level}_precision": precision, f"{level}_recall": recall}
        out[f"{level}_f1"] = _share(2 * precision * recall, precision + recall)
    return out


def overview(found: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Return figures as a table, a line for each `table split`."""
    lines = [f"{'table':<28}{'facts':>6}{'rows':>6}" + "".join(f"{name.replace('_', ' '):>16}" for name in _SHARES)]
    for name, f in found.items():
        shares = "".join(f"{f[share]:>16.3f}" for share in _SHARES)
        lines.append(f"{name:<28}{f['facts']:>6.0f}{f['rows']:>6.0f}{shares}")
    return lines


def all_figures(outcomes: Outcomes) -> dict[str, dict[str, float]]:
    """Return the figures of each table and split, to three digits: what is kept with the code."""
    return {
        f"{table} {split}": {name: round(value, 3) for name, value in figures(outcome.total).items()}
        for (table, split), outcome in outcomes.items()
    }


def as_text(outcomes: Outcomes) -> str:
    """Return the figures as a table, and how often each column was right where the fact was found."""
    lines = overview(all_figures(outcomes))
    for outcome in outcomes.values():
        lines += [f"not read: {source}" for source in sorted(set(outcome.unread))]
    for (table, split), outcome in outcomes.items():
        lines += ["", f"{table}, {split}: columns right where the fact was found"]
        lines += [f"  {column:<20}{right:>5} of {of}" for column, right, of in columns(outcome.total)]
    return "\n".join(lines)


def columns(found: Matched) -> Iterator[tuple[str, int, int]]:
    """Yield (column, times right, times compared), most wrong first."""
    named = Counter(c for fact, _, _ in found.pairs for c in fact if c not in NOT_COLUMNS)
    wrong = Counter(c for _, _, differing in found.pairs for c in differing)
    for column in sorted(named, key=lambda c: (-wrong[c], c)):
        yield column, named[column] - wrong[column], named[column]


def mistakes(outcome: Outcome) -> Iterator[str]:
    """Yield a line for each fact that was missed, wrong or made up, under its passage."""
    for source, locator, words, found in outcome.passages:
        bad = [pair for pair in found.pairs if pair[2]]
        if not (bad or found.missed or found.spurious):
            continue
        yield f"{source} {locator}: {words[:300]}"
        for fact, row, differing in bad:
            said = ", ".join(f"{c}: {row.get(c)!r} for {fact[c]!r}" for c in differing)
            yield f"    wrong    {_amount(fact, words)}  {said}"
        yield from (f"    missed   {_amount(fact, words)}  {_told(fact)}" for fact in found.missed)
        yield from (f"    made up  {_told(row)}" for row in found.spurious)


def _amount(fact: Mapping[str, Any], words: str) -> str:
    at = fact.get("at")
    return repr(words[at[0] : at[1]]) if at else ""


def _told(row: Mapping[str, Any]) -> str:
    shown = {
        c: v
        for c, v in row.items()
        if v not in (None, (), []) and c not in (*NOT_COLUMNS, "quote", "char_start", "char_end")
    }
    return " ".join(f"{c}={v!r}" for c, v in shown.items())


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
