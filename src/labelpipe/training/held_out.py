"""Monographs that no model learns from, as scrapers leave them: `python -m labelpipe.training.held_out` scores them."""

import os
import sys
from pathlib import Path
from random import Random
from typing import Any

from labelpipe.evaluation import GoldDocument, as_dict, as_text, score_documents
from labelpipe.training.damage import STRIPPED, Damage, damaged
from labelpipe.training.monographs import read_monograph

TRAINING = Path(__file__).parents[3] / "training"
COPIES = 2
LEVELS = ("stripped", "partial")


def held_out_names(folder: Path = TRAINING) -> frozenset[str]:
    """Return the names of the monographs that are only scored."""
    return frozenset((folder / "held_out.txt").read_text(encoding="utf-8").split())


def gold_documents(folder: Path = TRAINING) -> list[GoldDocument]:
    """Return every held-out monograph stripped and partial, the same at every call.

    Stripped: no headings, lists or questions, the page in two parts. Partial: each of them kept or lost by a coin, the
    tabs in another order. The last word of a document's name says which.
    """
    documents = []
    for name in sorted(held_out_names(folder)):
        page = read_monograph(folder / "monographs" / f"{name}.md")
        for level in LEVELS:
            for copy in range(COPIES):
                random = Random(f"held out {name} {level} {copy}")
                damage = STRIPPED if level == "stripped" else _partial(random)
                documents.append(damaged(page, damage, random, {}, f"{copy + 1} {level}"))
    return documents


def held_out_scores(folder: Path = TRAINING) -> dict[str, dict[str, Any]]:
    """Return the scores of the model in use on the held-out monographs, by level."""
    return {f"held out {level}": as_dict(score_documents(_of_level(folder, level))) for level in LEVELS}


def _of_level(folder: Path, level: str) -> list[GoldDocument]:
    return [document for document in gold_documents(folder) if document.name.endswith(level)]


def _partial(random: Random) -> Damage:
    headings, lists, questions = (random.random() < 0.5 for _ in range(3))
    return Damage(headings, lists, questions, cut_in_two=False, shuffled=True)


def main() -> None:
    """Print the scores by level."""
    for level in LEVELS:
        sys.stdout.write(f"held out, {level}\n{as_text(score_documents(_of_level(TRAINING, level)), worst=0)}\n\n")


if __name__ == "__main__":
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    main()
