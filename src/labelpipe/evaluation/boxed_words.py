"""Boxed warnings found again from the words alone: labels as plain text, their codes and headings stripped."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from labelpipe.errors import UnreadableSource
from labelpipe.evaluation.fact_gold import Roots, open_source, read_rows
from labelpipe.evaluation.fact_match import differences
from labelpipe.model import Reading, Source
from labelpipe.pipeline import parse_source
from labelpipe.readers import read

CODE = "34066-1"
"""The LOINC code of a boxed warning section."""

PATTERNS = ("spl/*.xml", "openfda/*.json")


@dataclass(slots=True)
class Found:
    """Which labels have a boxed warning, and which were found to have one."""

    labels: int = 0
    right: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    made_up: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Of those found, the share that has one."""
        return len(self.right) / (len(self.right) + len(self.made_up) or 1)

    @property
    def recall(self) -> float:
        """Of those that have one, the share found."""
        return len(self.right) / (len(self.right) + len(self.missed) or 1)


def score_boxed_words(gold: Path, roots: Roots, patterns: Iterable[str] = PATTERNS) -> Found:
    """Strip every label of the corpora, and find its boxed warning again; where the gold speaks, it is the truth."""
    read_by_eye = {row["source"]: row["states"] for row in read_rows(gold, "boxed_warnings")}
    found = Found()
    for source, reading in _labels(roots, patterns):
        text = stripped(reading)
        facts = parse_source(Source(f"{Path(source).stem}.txt", text.encode())).facts
        said = any(row.state == "present" for row in facts.boxed_warnings)
        stated = any(section.code == CODE and section.block_nos for section in reading.stated_sections)
        if states := read_by_eye.get(source):
            open_to_both = not differences(states[0], {"state": "present"} if said else {"state": "not_stated"})
            stated = said if open_to_both else not said
        found.labels += 1
        group = found.right if said and stated else found.missed if stated else found.made_up if said else None
        if group is not None:
            group.append(source)
    return found


def stripped(reading: Reading) -> str:
    """Return a label's words without its headings and header, one block a line."""
    kept = (block for block in reading.blocks if block.kind not in ("heading", "field_label", "field_value"))
    return "\n".join(" ".join(block.text.split()) for block in kept)


def _labels(roots: Roots, patterns: Iterable[str]) -> Iterator[tuple[str, Reading]]:
    for pattern in patterns:
        for path in sorted(roots.corpus.glob(pattern)):
            source = path.relative_to(roots.corpus).as_posix()
            try:
                yield source, read(open_source(source, roots))
            except UnreadableSource:
                continue
