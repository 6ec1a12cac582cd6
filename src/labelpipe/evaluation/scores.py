"""Scores of placed lines: right or wrong, how sure, and where the boundaries fall."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from labelpipe.errors import LabelpipeError
from labelpipe.evaluation.gold import GoldDocument, align, read_gold
from labelpipe.model import Reading, Source
from labelpipe.readers import read
from labelpipe.sections import place

SCORED_KINDS = ("paragraph", "list_item", "callout")
MIN_LINES_OF_SECTION = 20
BINS = 10
WORST = 20
NORMAL_95 = 1.96


@dataclass(frozen=True, slots=True)
class Placed:
    """One scored line: what the gold accepts, what the pipeline said, and how sure it was."""

    document: str
    line_no: int
    accepted: tuple[str, ...]
    section: str | None
    candidate: str | None
    confidence: float
    text: str

    @property
    def right(self) -> bool:
        """Whether the section is among those accepted; an abstention is wrong."""
        return self.section in self.accepted


@dataclass(frozen=True, slots=True)
class Scores:
    """The figures over all scored lines; every share is 0 to 1, and 0 where there is nothing to count.

    `covered` is the accuracy over the lines that got a section, `coverage` their share, `at_80` the accuracy over the
    80 % with the highest confidence and `ece` the expected calibration error (both by candidate), `boundary_f1` how
    well the places are found where one section gives way to another, `confusions` (gold, said, lines), most first.
    """

    n: int
    documents: int
    accuracy: float
    interval: tuple[float, float]
    macro_f1: float
    coverage: float
    covered: float
    at_80: float
    ece: float
    boundary_f1: float
    per_section: dict[str, tuple[float, int]]
    confusions: tuple[tuple[str, str, int], ...]
    worst: tuple[Placed, ...]


def evaluate(gold_dir: Path) -> Scores:
    """Place the gold documents of a folder (NAME.txt with NAME.gold.jsonl) and score them.

    Raises:
        LabelpipeError: the folder holds none.
    """
    documents = read_gold(gold_dir)
    if not documents:
        raise LabelpipeError(f"{gold_dir} holds no gold: there has to be a NAME.gold.jsonl beside a NAME.txt")
    return score_documents(documents)


def score_documents(documents: Iterable[GoldDocument]) -> Scores:
    """Place gold documents and score their paragraphs, list items and callouts."""
    return score_lines([line for document in documents for line in place_document(document)])


def place_document(document: GoldDocument) -> list[Placed]:
    """Read and place one gold document; return its scored lines in order."""
    reading: Reading = read(Source(document.name, document.text.encode()))
    blocks = align(document, place(reading))
    lines = document.text.split("\n")
    return [
        Placed(
            document.name,
            line.line_no,
            line.sections,
            block.section if block else None,
            block.section_candidate if block else None,
            (block.section_confidence or 0.0) if block else 0.0,
            lines[line.line_no - 1],
        )
        for line, block in zip(document.lines, blocks, strict=True)
        if line.kind in SCORED_KINDS and line.sections
    ]


def score_lines(lines: Sequence[Placed]) -> Scores:
    """Score lines that were placed, in document order."""
    n, right = len(lines), sum(line.right for line in lines)
    covered = [line for line in lines if line.section]
    ranked = sorted(lines, key=lambda line: -line.confidence)
    top = ranked[: round(0.8 * n)]
    per_section = _per_section(lines)
    known = [f1 for f1, support in per_section.values() if support >= MIN_LINES_OF_SECTION]
    wrong = [line for line in ranked if not line.right]
    confused = Counter((line.accepted[0], line.section or "(none)") for line in wrong)
    return Scores(
        n=n,
        documents=len({line.document for line in lines}),
        accuracy=_share(right, n),
        interval=wilson_interval(right, n),
        macro_f1=_share(sum(known), len(known)),
        coverage=_share(len(covered), n),
        covered=_share(right, len(covered)),
        at_80=_share(sum(_guessed(line) for line in top), len(top)),
        ece=_calibration_error(lines),
        boundary_f1=_boundary_f1(lines),
        per_section=per_section,
        confusions=tuple(
            (gold, said, count) for (gold, said), count in sorted(confused.items(), key=lambda x: (-x[1], x[0]))
        ),
        worst=tuple(wrong[:WORST]),
    )


def _guessed(line: Placed) -> bool:
    return line.candidate in line.accepted


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def wilson_interval(right: int, n: int) -> tuple[float, float]:
    """Return the 95 % interval of a share of which `right` of `n` is an estimate, by Wilson's formula."""
    if not n:
        return 0.0, 1.0
    share, z2 = right / n, NORMAL_95**2
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = NORMAL_95 / (1 + z2 / n) * (share * (1 - share) / n + z2 / (4 * n * n)) ** 0.5
    return middle - half, middle + half


def _calibration_error(lines: Sequence[Placed]) -> float:
    """Ten bins of equal width: how far the confidence lies from the share that is right, weighted by lines."""
    sure, true = [0.0] * BINS, [0] * BINS
    for line in lines:
        index = min(BINS - 1, int(line.confidence * BINS))
        sure[index] += line.confidence
        true[index] += _guessed(line)
    return _share(sum(abs(a - b) for a, b in zip(sure, true, strict=True)), len(lines))


def _per_section(lines: Sequence[Placed]) -> dict[str, tuple[float, int]]:
    """F1 and the number of gold lines of each section; a line counts for the first section its gold accepts."""
    hit, missed, wrongly, support = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for line in lines:
        wanted = line.accepted[0]
        support[wanted] += 1
        if line.right and line.section:
            hit[wanted] += 1
        else:
            missed[wanted] += 1
            if line.section:
                wrongly[line.section] += 1
    return {s: (_share(2 * hit[s], 2 * hit[s] + missed[s] + wrongly[s]), support[s]) for s in sorted(support)}


def _boundary_f1(lines: Sequence[Placed]) -> float:
    """A boundary stands between two lines whose accepted sections have none in common, or whose sections differ."""
    found = hit = wanted = 0
    for before, after in pairwise(lines):
        if before.document == after.document:
            gold, said = not set(before.accepted) & set(after.accepted), before.section != after.section
            found, wanted, hit = found + said, wanted + gold, hit + (said and gold)
    return _share(2 * hit, found + wanted)
