"""Facts of two versions side by side: what is new, gone, or has another value."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from labelpipe.history.versions import Change, Fact


def compare_facts(old: Iterable[Fact], new: Iterable[Fact]) -> Iterator[Change]:
    """Yield the facts that differ. Of facts of one name, what both versions say is let go first."""
    here, there = _by_name(old), _by_name(new)
    for name in dict.fromkeys([*there, *here]):
        before, after = _without(here[name], there[name]), _without(there[name], here[name])
        for one, other in zip(before, after, strict=False):
            yield _change("changed", one, other)
        yield from (_change("removed", one, None) for one in before[len(after) :])
        yield from (_change("added", None, one) for one in after[len(before) :])


def _by_name(facts: Iterable[Fact]) -> dict[tuple[str, str], list[Fact]]:
    named: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        named[fact.table, fact.name].append(fact)
    return named


def _without(facts: list[Fact], others: list[Fact]) -> list[Fact]:
    """Return the facts whose value the others do not have, as often as they do."""
    there = Counter(fact.value for fact in others)
    left = []
    for fact in facts:
        if there[fact.value]:
            there[fact.value] -= 1
        else:
            left.append(fact)
    return left


def _change(kind: str, old: Fact | None, new: Fact | None) -> Change:
    stands = new or old
    assert stands is not None
    return Change(
        level="fact",
        kind=kind,
        table_name=stands.table,
        name=stands.name,
        old_text=old.value if old else None,
        new_text=new.value if new else None,
        old_block_no=old.block_no if old else None,
        new_block_no=new.block_no if new else None,
    )
