"""What tells an answer from the other paragraphs of a page: our own monographs and answers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from labelpipe.sections.answer_runs import features
from labelpipe.training.monographs import Monograph
from labelpipe.training.softmax import Example

WRITTEN_WEIGHT = 0.2
"""Answers that were written on their own are shorter than those of pages."""


def run_examples(pages: Sequence[Monograph], answers: Iterable[Mapping[str, Any]]) -> Iterator[Example]:
    """Yield the paragraphs of the monographs as other text or as answers, and the single answers."""
    for page in pages:
        for item in (item for tab in page.tabs.values() for item in tab):
            if item.kind in ("paragraph", "faq_answer"):
                answers_one = item.kind == "faq_answer"
                yield Example(features(item.text), np.array([not answers_one, answers_one], dtype=float))
    for answer in answers:
        yield Example(features(answer["answer"]), np.array([0.0, 1.0]), WRITTEN_WEIGHT)
