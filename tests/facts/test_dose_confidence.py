"""A dose is as sure as the gold set measures for its kind of evidence, and doses are as right as they were."""

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

TOLERANCE = 0.05
FLOORS = {"dev": (0.95, 0.95, 0.88), "held_out": (0.90, 0.87, 0.70)}
"""Core precision, core recall and exact precision that must not be lost."""

Outcomes = dict[tuple[str, str], Outcome]


@pytest.fixture(scope="module")
def outcomes() -> Outcomes:
    return score_facts(GOLD, ROOTS, ("doses",))


@pytest.mark.parametrize("evidence", load("dose_confidence")["exact_precision"])
def test_confidence_is_the_measured_precision(outcomes: Outcomes, evidence: str) -> None:
    right, rows = exact_precision(outcome.total for outcome in outcomes.values())[evidence]
    assert load("dose_confidence")["exact_precision"][evidence] == pytest.approx(right / rows, abs=TOLERANCE)


@pytest.mark.parametrize("split", FLOORS)
def test_doses_are_as_right_as_they_were(outcomes: Outcomes, split: str) -> None:
    found = figures(outcomes["doses", split].total)
    measured = (found["core_precision"], found["core_recall"], found["exact_precision"])
    assert all(got >= floor for got, floor in zip(measured, FLOORS[split], strict=True)), measured
