"""Train the small models that ship with the package on our own monographs: `python -m labelpipe.training.small_models`.

Nothing is random, so that the same monographs give the same files, byte for byte.
"""

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np

from labelpipe.extract import intents
from labelpipe.findings.lost_lists import features as lead_in_features
from labelpipe.findings.lost_lists import lead_ins
from labelpipe.learned import Features, LinearModel
from labelpipe.model import Block
from labelpipe.training.monographs import Item, Monograph, read_monograph
from labelpipe.training.save import save_arrays
from labelpipe.vocabulary import intents as intent_names
from labelpipe.vocabulary import load
from labelpipe.vocabulary.phrases import PhraseBook

PACKAGE = Path(__file__).parents[1]
TRAINING = PACKAGE.parents[1] / "training"
MONOGRAPHS = TRAINING / "monographs"

BUCKETS = 4096
STEPS, RATE = 120, 1.5
PENALTY = 1e-5
LATER_ANSWER = 0.5
"""Of the intents that a question's file accepts, each counts so much of the one before it."""

SECTION_WEIGHT = 0.3
"""A paragraph of a section that speaks of one intent counts so much of an answer."""

MAX_SECTION_WEIGHT = 5.0
"""All paragraphs of an intent's sections together count no more than so many answers."""

QUESTION_WEIGHT = 0.3
MIN_PARAGRAPH_CHARACTERS = 80

INTENT_OF_SECTION = {
    "missed_dose": "missed_dose",
    "overdosage": "overdose",
    "pregnancy": "pregnancy",
    "lactation": "pregnancy",
    "pediatric_use": "children",
    "storage_and_handling": "storage",
    "drug_interactions": "interactions",
    "adverse_reactions": "side_effects",
    "drug_abuse_and_dependence": "dependence",
    "renal_impairment": "conditions",
    "hepatic_impairment": "conditions",
    "contraindications": "conditions",
    "dosage_and_administration": "how_to_take",
    "indications_and_usage": "uses",
}
INTENTS_OF_WARNINGS = ("alcohol", "driving", "stopping", "monitoring", "dependence")


@dataclass(frozen=True, slots=True)
class Example:
    """What a model sees, the share of each class in the truth, how much it counts, and the scores known beforehand."""

    features: Features
    target: np.ndarray
    weight: float = 1.0
    offset: np.ndarray = field(default_factory=lambda: np.zeros(1))


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


def intent_examples(pages: Sequence[Monograph], accepted: dict[str, list[str]]) -> Iterator[Example]:
    """Yield the answers with their questions and without, the questions alone, and sections that speak of an intent."""
    for page in pages:
        question = ""
        for item in page.tabs["faq"]:
            if item.kind == "faq_question":
                question = item.text
            elif question in accepted:
                target = _target(accepted[question])
                yield _intent_example(None, item.text, target, 1.0)
                yield _intent_example(question, item.text, target, QUESTION_WEIGHT)
    paragraphs = [found for page in pages for found in _section_paragraphs(page)]
    share = Counter(intent for _, intent in paragraphs)
    for text, intent in paragraphs:
        weight = min(SECTION_WEIGHT, MAX_SECTION_WEIGHT / share[intent])
        yield _intent_example(None, text, _target([intent]), weight)


def answer_examples(lines: Iterable[str]) -> Iterator[Example]:
    """Yield answers that were written on their own (one JSON object a line), with their questions and without."""
    for line in lines:
        entry = json.loads(line)
        target = _target(entry["intents"])
        yield _intent_example(None, entry["answer"], target, 1.0)
        yield _intent_example(entry["question"], entry["answer"], target, QUESTION_WEIGHT)


def _intent_example(question: str | None, answer: str, target: np.ndarray, weight: float) -> Example:
    heard = intents.hear(question, answer)
    return Example(intents.features(heard), target, weight, np.array(intents.cue_scores(heard)))


def _target(accepted: Sequence[str]) -> np.ndarray:
    target = np.zeros(len(intent_names()))
    for place, intent in enumerate(accepted):
        target[intent_names().index(intent)] = LATER_ANSWER**place
    return np.asarray(target / target.sum())


def _section_paragraphs(page: Monograph) -> Iterator[tuple[str, str]]:
    for name, tab in page.tabs.items():
        heading = ""
        for item in tab if name != "faq" else ():
            heading = item.text if item.kind == "heading" else heading
            long = item.kind in ("paragraph", "callout") and len(item.text) >= MIN_PARAGRAPH_CHARACTERS
            if long and (intent := _intent_of_paragraph(item, heading)):
                yield item.text, intent


def _intent_of_paragraph(item: Item, heading: str) -> str | None:
    if len(item.sections) != 1:
        return None
    if item.sections[0] != "warnings_and_precautions":
        return INTENT_OF_SECTION.get(item.sections[0])
    asks = PhraseBook({intent: load("intents")[intent]["asks"] for intent in INTENTS_OF_WARNINGS})
    return next(iter(asks.keys_in(heading)), None)


def fit(examples: Sequence[Example], classes: Sequence[str]) -> dict[str, np.ndarray]:
    """Fit a softmax regression by accelerated gradient descent; return a LinearModel's arrays."""
    target = np.array([example.target for example in examples])
    offset = np.array([np.broadcast_to(example.offset, len(classes)) for example in examples])
    share = np.array([[example.weight] for example in examples])
    share /= share.sum()
    inputs, columns = _inputs(examples)
    penalty = np.full((len(columns) + 1, 1), PENALTY)
    penalty[-1] = 0.0
    weights = ahead = np.zeros((len(columns) + 1, len(classes)))
    pace = 1.0
    for _ in range(STEPS):
        scores = inputs @ ahead + offset
        chance = np.exp(scores - scores.max(axis=1, keepdims=True))
        chance /= chance.sum(axis=1, keepdims=True)
        step = ahead - RATE * (inputs.T @ ((chance - target) * share) + penalty * ahead)
        faster = (1 + np.sqrt(1 + 4 * pace * pace)) / 2
        ahead = step + (pace - 1) / faster * (step - weights)
        weights, pace = step, faster
    full = np.zeros((BUCKETS, len(classes)), dtype=np.float16)
    full[columns] = weights[:-1]
    return {"classes": np.array(classes), "weights": full, "bias": weights[-1].astype(np.float16)}


def _inputs(examples: Sequence[Example]) -> tuple[np.ndarray, np.ndarray]:
    """Return the features in use as unit rows with a constant column behind them, and the buckets of the columns."""
    hasher = LinearModel((), np.zeros((BUCKETS, 0)), np.zeros(0))
    whole = np.zeros((len(examples), BUCKETS))
    for row, example in enumerate(examples):
        found = list(hasher.buckets(example.features))
        whole[row, found] = 1 / np.sqrt(max(len(found), 1))
    columns = np.flatnonzero(whole.any(axis=0))
    return np.hstack([whole[:, columns], np.ones((len(examples), 1))]), columns


def main() -> None:
    """Train on our own monographs and answers, less the monographs held out; write both models beside their code."""
    held_out = (TRAINING / "held_out.txt").read_text(encoding="utf-8").split()
    pages = [read_monograph(path) for path in sorted(MONOGRAPHS.glob("*.md")) if path.stem not in held_out]
    accepted = json.loads((MONOGRAPHS / "intents.json").read_text(encoding="utf-8"))
    answers = [line for path in sorted((TRAINING / "answers").glob("*.jsonl")) for line in path.open(encoding="utf-8")]
    lists = fit(list(lost_list_examples(pages)), ("prose", "lost"))
    save_arrays(PACKAGE / "findings" / "lost_lists.npz", lists)
    asked = fit([*intent_examples(pages, accepted), *answer_examples(answers)], intent_names())
    save_arrays(PACKAGE / "extract" / "intents.npz", asked)


if __name__ == "__main__":
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    main()
