"""How often an answer alone gives away what was asked: `python -m labelpipe.training.intent_scores`.

On drugs not learned from: cross-validation deals monographs and answers into folds by drug, and the held-out monographs
are scored by the model that ships. Each is scored as answers without their questions, and with them.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from zlib import crc32

from labelpipe.evaluation.scores import wilson_interval
from labelpipe.extract.intents import intents_of
from labelpipe.learned import LinearModel
from labelpipe.training.corpora import first_word
from labelpipe.training.held_out import held_out_names
from labelpipe.training.monographs import Monograph, read_monograph
from labelpipe.training.small_models import (
    MONOGRAPHS,
    accepted_intents,
    fit_intents,
    pages_to_learn_from,
    written_answers,
)

FOLDS = 5

Asked = tuple[str, str, list[str]]
"""A question, its answer, and the intents that count as right."""


def cross_validated() -> Iterator[tuple[str, list[Asked], LinearModel]]:
    """Yield each page's questions and each single answer, with a model that learned nothing about the drug."""
    pages, answers = pages_to_learn_from(), written_answers()
    for fold in range(FOLDS):
        learned = [page for page in pages if fold_of(page.header["generic"]) != fold]
        written = [answer for answer in answers if fold_of(answer["drug"]) != fold]
        model = LinearModel.from_arrays(fit_intents(learned, written))
        for page in pages:
            if fold_of(page.header["generic"]) == fold:
                yield "pages, cross-validated", list(asked_on(page)), model
        for answer in answers:
            if fold_of(answer["drug"]) == fold:
                asked = (answer["question"], answer["answer"], answer["intents"])
                yield "single answers, cross-validated", [asked], model


def held_out() -> Iterator[tuple[str, list[Asked], None]]:
    """Yield the questions of each held-out monograph."""
    for name in sorted(held_out_names()):
        yield "held-out pages", list(asked_on(read_monograph(MONOGRAPHS / f"{name}.md"))), None


def asked_on(page: Monograph) -> Iterator[Asked]:
    """Yield a monograph's questions with their answers and intents."""
    question, accepted = "", accepted_intents()
    for item in page.tabs["faq"]:
        if item.kind == "faq_question":
            question = item.text
        elif question in accepted:
            yield question, item.text, accepted[question]


def fold_of(drug: str) -> int:
    """Return the fold of a drug, by how its name begins."""
    return crc32(first_word(drug).encode()) % FOLDS


def scored(groups: Iterable[tuple[str, list[Asked], LinearModel | None]]) -> dict[str, tuple[int, int]]:
    """Return how many are right and how many there are, by what was scored."""
    counts: dict[str, tuple[int, int]] = {}
    for name, asked, model in groups:
        for kept in (False, True):
            found = intents_of([(question if kept else None, answer) for question, answer, _ in asked], model)
            right = sum(intent in accepted for (intent, _), (_, _, accepted) in zip(found, asked, strict=True))
            row = f"{name}, questions {'kept' if kept else 'lost'}"
            before = counts.get(row, (0, 0))
            counts[row] = before[0] + right, before[1] + len(asked)
    return counts


def main() -> None:
    """Print the accuracies with their 95 % intervals."""
    for name, (right, n) in scored([*cross_validated(), *held_out()]).items():
        low, high = wilson_interval(right, n)
        sys.stdout.write(f"{name:50}{n:6}   {right / n:.3f} ({low:.3f} to {high:.3f})\n")


if __name__ == "__main__":
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    main()
