"""The figures of facts that are kept with the code, and shown in the README, are those that the code makes."""

import json
import os
from pathlib import Path

import pytest

from labelpipe.evaluation.fact_board import all_figures
from labelpipe.evaluation.fact_gold import Roots
from labelpipe.evaluation.fact_scores import CORE, score_facts

GOLD = Path(__file__).parent / "gold"
ROOT = GOLD.parents[2]
CORPUS = Path(os.environ.get("LABELPIPE_SHARED", "/nowhere")) / "corpus"


@pytest.mark.skipif(not CORPUS.is_dir(), reason="LABELPIPE_SHARED names no folder of labels")
def test_saved_figures_are_those_of_this_code() -> None:
    saved = json.loads((ROOT / "training" / "facts.json").read_text(encoding="utf-8"))
    now = all_figures(score_facts(GOLD, Roots(ROOT, CORPUS), tuple(CORE)))
    assert now == saved, "run tools/fact_scores.py --save, and say in the commit why a figure fell"
