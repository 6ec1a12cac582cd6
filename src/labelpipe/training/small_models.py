"""Train the small models that ship with the package on our own monographs: `python -m labelpipe.training.small_models`.

Nothing is random, so that the same monographs give the same files, byte for byte.
"""

import json
import os
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from labelpipe.findings.lost_lists import features as lead_in_features
from labelpipe.findings.lost_lists import lead_ins
from labelpipe.model import Block
from labelpipe.training.held_out import held_out_names
from labelpipe.training.intent_examples import answer_examples, page_examples
from labelpipe.training.monographs import Monograph, read_monograph
from labelpipe.training.run_examples import run_examples
from labelpipe.training.save import save_arrays
from labelpipe.training.softmax import Example, fit
from labelpipe.vocabulary import intents

PACKAGE = Path(__file__).parents[1]
TRAINING = PACKAGE.parents[1] / "training"
MONOGRAPHS = TRAINING / "monographs"

LIST_BUCKETS, LIST_PENALTY = 4096, 1e-4
INTENT_BUCKETS, INTENT_PENALTY = 16384, 3e-6
RUN_BUCKETS, RUN_PENALTY = 8192, 1e-5


def lost_list_examples(pages: Sequence[Monograph]) -> Iterator[Example]:
    """Yield the lead-ins of the monographs as they read when the lists are gone, with headings and without."""
    for page in pages:
        items = [item for name, tab in page.tabs.items() if name != "faq" for item in tab]
        announcing = {id(a) for a, b in pairwise(items) if b.kind == "list_item"}
        for gone in ({"list_item"}, {"list_item", "heading"}):
            left = [item for item in items if item.kind not in gone]
            blocks = tuple(Block(number, item.kind, item.text, 0, 0, "") for number, item in enumerate(left))
            for block, after in lead_ins(blocks):
                lost = id(left[block.block_no]) in announcing
                yield Example(lead_in_features(block, after), np.array([not lost, lost], dtype=float))


def fit_intents(pages: Sequence[Monograph], answers: Sequence[dict[str, Any]]) -> dict[str, np.ndarray]:
    """Return the arrays of the model that tells what a question asks."""
    examples = [*page_examples(pages, accepted_intents()), *answer_examples(answers)]
    return fit(examples, intents(), INTENT_BUCKETS, INTENT_PENALTY, rare_counts_more=True)


def fit_runs(pages: Sequence[Monograph], answers: Sequence[dict[str, Any]]) -> dict[str, np.ndarray]:
    """Return the arrays of the model that tells answers from other paragraphs."""
    examples = list(run_examples(pages, answers))
    return fit(examples, ("other", "answer"), RUN_BUCKETS, RUN_PENALTY, rare_counts_more=True)


def pages_to_learn_from() -> list[Monograph]:
    """Return our own monographs less those held out."""
    return [read_monograph(path) for path in sorted(MONOGRAPHS.glob("*.md")) if path.stem not in held_out_names()]


def accepted_intents() -> dict[str, list[str]]:
    """Return the intents that count as right for each question of our monographs, best first."""
    accepted: dict[str, list[str]] = json.loads((MONOGRAPHS / "intents.json").read_text(encoding="utf-8"))
    return accepted


def written_answers() -> list[dict[str, Any]]:
    """Return the answers that were written on their own: drug, question, intents, answer."""
    paths = sorted((TRAINING / "answers").glob("*.jsonl"))
    return [json.loads(line) for path in paths for line in path.open(encoding="utf-8")]


def main() -> None:
    """Train on our own monographs and answers, less the monographs held out; write the models beside their code."""
    pages = pages_to_learn_from()
    lists = fit(list(lost_list_examples(pages)), ("prose", "lost"), LIST_BUCKETS, LIST_PENALTY)
    save_arrays(PACKAGE / "findings" / "lost_lists.npz", lists)
    save_arrays(PACKAGE / "extract" / "intents.npz", fit_intents(pages, written_answers()))
    save_arrays(PACKAGE / "sections" / "answer_runs.npz", fit_runs(pages, written_answers()))


if __name__ == "__main__":
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    main()
