"""A fact is as sure as the gold set measures for its kind of evidence, and facts are as right as they were."""

import os
from pathlib import Path

import pytest

from labelpipe.evaluation.fact_board import figures
from labelpipe.evaluation.fact_evidence import exact_precision
from labelpipe.evaluation.fact_gold import Roots
from labelpipe.evaluation.fact_scores import Outcome, score_facts
from labelpipe.vocabulary import load

GOLD = Path(__file__).parent / "gold"
ROOTS = Roots(GOLD.parents[2], Path(os.environ.get("LABELPIPE_SHARED", "/nowhere")) / "corpus")
pytestmark = pytest.mark.skipif(not ROOTS.corpus.is_dir(), reason="LABELPIPE_SHARED names no folder of labels")

ABOVE, BELOW = 0.05, 0.1
"""So much surer than measured a kind may be, and so much less sure: labels in no gold set do worse."""

FLOORS = {
    ("doses", "dev"): (0.95, 0.94, 0.89),
    ("doses", "held_out"): (0.92, 0.89, 0.80),
    ("pharmacokinetics", "dev"): (0.97, 0.95, 0.95),
    ("pharmacokinetics", "held_out"): (0.95, 0.91, 0.83),
}
"""Core precision, core recall and exact precision that must not be lost."""

Outcomes = dict[tuple[str, str], Outcome]
EVIDENCE = [(table, kind) for table, kinds in load("confidence").items() for kind in kinds]


@pytest.fixture(scope="module")
def outcomes() -> Outcomes:
    return score_facts(GOLD, ROOTS, tuple(load("confidence")))


@pytest.mark.parametrize(("table", "evidence"), EVIDENCE)
def test_confidence_is_the_measured_precision(outcomes: Outcomes, table: str, evidence: str) -> None:
    totals = (outcome.total for (name, _), outcome in outcomes.items() if name == table)
    right, rows = exact_precision(table, totals)[evidence]
    assert right / rows - BELOW <= load("confidence")[table][evidence] <= right / rows + ABOVE


@pytest.mark.parametrize(("table", "split"), FLOORS)
def test_facts_are_as_right_as_they_were(outcomes: Outcomes, table: str, split: str) -> None:
    found = figures(outcomes[table, split].total)
    measured = (found["core_precision"], found["core_recall"], found["exact_precision"])
    assert all(got >= floor for got, floor in zip(measured, FLOORS[table, split], strict=True)), measured
