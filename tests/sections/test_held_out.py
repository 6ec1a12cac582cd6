"""The model that ships, on monographs that it has not seen: it may not get worse unnoticed."""

import json
from pathlib import Path

import pytest

from labelpipe.evaluation import as_dict, score_documents
from labelpipe.training.held_out import LEVELS, gold_documents, held_out_names


@pytest.mark.parametrize("level", LEVELS)
def test_accuracy_stays_above_the_floor(root: Path, level: str) -> None:
    floors = json.loads((root / "training/floors.json").read_text(encoding="utf-8"))
    scores = score_documents(document for document in gold_documents() if document.name.endswith(level))
    assert scores.documents >= 20
    assert scores.accuracy >= floors[level]["accuracy"]
    assert scores.at_80 >= floors[level]["at_80"]
    assert scores.ece <= floors[level]["ece_at_most"]


@pytest.mark.parametrize("level", LEVELS)
def test_the_committed_scores_are_those_of_the_model(root: Path, level: str) -> None:
    committed = json.loads((root / "training/scores.json").read_text(encoding="utf-8"))["held_out"][f"held out {level}"]
    found = as_dict(score_documents(document for document in gold_documents() if document.name.endswith(level)))
    assert found["n"] == committed["n"]
    assert found["accuracy"] == pytest.approx(committed["accuracy"], abs=0.005)


def test_documents_are_the_same_at_every_call() -> None:
    assert gold_documents() == gold_documents()


def test_held_out_monographs_exist(root: Path) -> None:
    assert len(held_out_names()) == 10
    assert all((root / "training/monographs" / f"{name}.md").exists() for name in held_out_names())
