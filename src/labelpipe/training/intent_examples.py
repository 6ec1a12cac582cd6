"""What the model of questions learns from: our own answers, and paragraphs of sections that speak of one thing."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from labelpipe.extract import intents
from labelpipe.training.monographs import Item, Monograph
from labelpipe.training.softmax import Example
from labelpipe.vocabulary import intents as intent_names
from labelpipe.vocabulary import load
from labelpipe.vocabulary.phrases import PhraseBook

LATER_ANSWER = 0.5
"""Of the intents that a question's file accepts, each counts so much of the one before it."""

SECTION_WEIGHT = 0.3
"""A paragraph of a section that speaks of one intent counts so much of an answer."""

MAX_SECTION_WEIGHT = 5.0
"""All paragraphs of an intent's sections together count no more than so many answers."""

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


def page_examples(pages: Sequence[Monograph], accepted: dict[str, list[str]]) -> Iterator[Example]:
    """Yield the answers with their questions and without, the questions alone, and sections that speak of an intent."""
    for page in pages:
        question = ""
        for item in page.tabs["faq"]:
            if item.kind == "faq_question":
                question = item.text
            elif question in accepted:
                target = _target(accepted[question])
                yield _intent_example(None, item.text, target, 1.0)
                yield _intent_example(question, item.text, target, 1.0)
    paragraphs = [found for page in pages for found in _section_paragraphs(page)]
    share = Counter(intent for _, intent in paragraphs)
    for text, intent in paragraphs:
        weight = min(SECTION_WEIGHT, MAX_SECTION_WEIGHT / share[intent])
        yield _intent_example(None, text, _target([intent]), weight)


def answer_examples(answers: Iterable[Mapping[str, Any]]) -> Iterator[Example]:
    """Yield answers that were written on their own with their questions and without."""
    for entry in answers:
        target = _target(entry["intents"])
        yield _intent_example(None, entry["answer"], target, 1.0)
        yield _intent_example(entry["question"], entry["answer"], target, 1.0)


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
