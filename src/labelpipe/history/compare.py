"""Two versions of a label side by side."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator

from rapidfuzz import fuzz, process

from labelpipe.history.facts import compare_facts
from labelpipe.history.versions import Change, Passage, Version
from labelpipe.history.wording import Wording, wording

MIN_LIKENESS = 55.0
"""Of 100: a passage whose words are this much like a gone one's is that one, changed."""

Pairs = list[tuple[Passage, Passage]]


def compare(old: Version, new: Version) -> Iterator[Change]:
    """Yield what the new version says otherwise than the old one: its passages in their order, then its facts."""
    yield from sorted(_compare_passages(old.passages, new.passages), key=_place)
    yield from compare_facts(old.facts, new.facts)


def _place(change: Change) -> tuple[int, int, str]:
    return (change.new_block_no or change.old_block_no or 0, change.old_block_no or 0, change.old_text or "")


def _compare_passages(old: Iterable[Passage], new: Iterable[Passage]) -> Iterator[Change]:
    """Pair what is the same first; what is left over is moved, printed otherwise, changed, gone or new."""
    _, old_left, new_left = _paired(old, new, lambda passage: (passage.section, passage.text))
    printed, old_left, new_left = _paired(old_left, new_left, lambda p: (p.section, wording(p.text)))
    yield from (_change("formatting", before, after) for before, after in printed)
    moved, old_left, new_left = _paired(old_left, new_left, lambda passage: wording(passage.text))
    yield from (_change("moved", before, after) for before, after in moved)
    here, there = _by_section(old_left), _by_section(new_left)
    for section in dict.fromkeys([*here, *there]):
        yield from _compare_sections(here.get(section, []), there.get(section, []))


def _compare_sections(old: list[Passage], new: list[Passage]) -> Iterator[Change]:
    """Compare what two versions of a section do not have in common."""
    if old and new and _run_on(old) == _run_on(new):
        yield from (_change("formatting", before, None) for before in old)
        yield from (_change("formatting", None, after) for after in new)
        return
    changed, old, new = _alike(old, new)
    yield from (_change("changed", before, after) for before, after in changed)
    yield from (_change("removed", before, None) for before in old)
    yield from (_change("added", None, after) for after in new)


def _paired(
    old: Iterable[Passage], new: Iterable[Passage], key: Callable[[Passage], Hashable]
) -> tuple[Pairs, list[Passage], list[Passage]]:
    """Pair passages of one key, in their order, and return the pairs and what is left over on either side."""
    waiting: dict[Hashable, list[Passage]] = defaultdict(list)
    for passage in reversed(list(old)):
        waiting[key(passage)].append(passage)
    pairs, new_left = [], []
    for passage in new:
        if same := waiting.get(key(passage)):
            pairs.append((same.pop(), passage))
        else:
            new_left.append(passage)
    old_left = [passage for passages in waiting.values() for passage in passages]
    return pairs, sorted(old_left, key=lambda passage: passage.block_no), new_left


def _alike(old: list[Passage], new: list[Passage]) -> tuple[Pairs, list[Passage], list[Passage]]:
    """Pair passages whose words are alike, the likest first."""
    if not old or not new:
        return [], old, new
    scores = process.cdist(
        [_joined(passage) for passage in old],
        [_joined(passage) for passage in new],
        scorer=fuzz.ratio,
        score_cutoff=MIN_LIKENESS,
    )
    ranked = sorted((-scores[i, j], i, j) for i, j in zip(*scores.nonzero(), strict=True))
    partner: dict[int, int] = {}
    for _, i, j in ranked:
        if i not in partner and j not in partner.values():
            partner[i] = j
    pairs = [(old[i], new[j]) for i, j in partner.items()]
    taken = set(partner.values())
    old_left = [passage for i, passage in enumerate(old) if i not in partner]
    return pairs, old_left, [passage for j, passage in enumerate(new) if j not in taken]


def _joined(passage: Passage) -> str:
    return " ".join(wording(passage.text))


def _run_on(passages: list[Passage]) -> Wording:
    """The words of passages without their ends: the same where only sentences or items were cut otherwise."""
    return tuple(word for passage in passages for word in wording(passage.text))


def _by_section(passages: list[Passage]) -> dict[str | None, list[Passage]]:
    grouped: dict[str | None, list[Passage]] = defaultdict(list)
    for passage in passages:
        grouped[passage.section].append(passage)
    return grouped


def _change(kind: str, old: Passage | None, new: Passage | None) -> Change:
    return Change(
        level="passage",
        kind=kind,
        section=new.section if new else None,
        old_section=old.section if old else None,
        old_text=old.text if old else None,
        new_text=new.text if new else None,
        old_block_no=old.block_no if old else None,
        new_block_no=new.block_no if new else None,
    )
