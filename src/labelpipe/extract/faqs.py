"""Questions and answers: the question as the source states it, or the one that the answer seems to answer."""

import re
from collections.abc import Iterator

from labelpipe.extract.intents import intents_of
from labelpipe.model import Block, Faq
from labelpipe.vocabulary import load

MIN_CONFIDENCE = 0.3
"""Below this an intent is too unsure to write a question for."""

_QUESTION_MARK = re.compile(r"^(?:Q(?:uestion)?\s*\d*\s*[.:)]\s*)", re.I)
_ANSWER_MARK = re.compile(r"^(?:A(?:nswer)?\s*\d*\s*[.:)]\s*)")
_YES_OR_NO = re.compile(
    r"(?:yes|no|nope|yep|certainly|absolutely|definitely|sure|usually|not necessarily)\b(?! more| less)", re.I
)


def read_faqs(blocks: tuple[Block, ...], name: str | None) -> tuple[Faq, ...]:
    """Return a row for each paragraph of an answer.

    Args:
        blocks: the document's blocks, in document order.
        name: the drug's name as the page uses it, for the questions that are inferred.
    """
    pairs = list(_pairs(blocks))
    found = intents_of([(question, _answer(block)) for question, block in pairs])
    return tuple(
        _faq(number, question, block, intent, name or "this medicine")
        for number, ((question, block), intent) in enumerate(zip(pairs, found, strict=True), 1)
    )


def _pairs(blocks: tuple[Block, ...]) -> Iterator[tuple[str | None, Block]]:
    """Yield each answer with the question that stands right before it; a question is used up by one paragraph."""
    question: str | None = None
    for block in blocks:
        if block.kind == "faq_question":
            question = _QUESTION_MARK.sub("", block.text)
        elif block.kind == "faq_answer":
            yield question, block
            question = None
        elif block.kind != "noise":
            question = None


def _answer(block: Block) -> str:
    return _ANSWER_MARK.sub("", block.text)


def _faq(number: int, question: str | None, block: Block, found: tuple[str, float], name: str) -> Faq:
    answer = _answer(block)
    intent, confidence = found
    inferred = None if question else _inferred_question(intent, confidence, answer, name)
    return Faq(
        faq_no=number,
        question=question,
        inferred_question=inferred,
        question_method="stated" if question else "inferred" if inferred else "none",
        intent=intent,
        intent_confidence=confidence,
        answer=answer,
        block_no=block.block_no,
        section=load("intents")[intent].get("section"),
    )


def _inferred_question(intent: str, confidence: float, answer: str, name: str) -> str | None:
    """Return the question a person would ask, put so that the answer's yes or no fits it."""
    if intent == "other" or confidence < MIN_CONFIDENCE:
        return None
    entry = load("intents")[intent]
    wording = entry.get("yes_no", entry["question"]) if _YES_OR_NO.match(answer) else entry["question"]
    return str(wording.replace("{name}", name))
