"""Questions and answers: the question as the source states it, or the one that the answer seems to answer."""

import re
from collections.abc import Iterator, Sequence

from labelpipe.extract.intents import intents_of
from labelpipe.extract.questions import inferred_question
from labelpipe.model import Block, Faq
from labelpipe.vocabulary import load, topics

MIN_CONFIDENCE = 0.3
"""Below this an intent is too unsure to write a question for."""

MIN_TOPIC_CONFIDENCE = 0.4
"""Below this an answer's words say better what it is about than the intent does."""

TOPICS_OF_OTHER_INTENTS = ("food",)
"""Topics that no intent stands for: their own words say them."""

POPULATIONS_OF_INTENT = {"pregnancy": ("pregnancy", "lactation"), "children": ("pediatric",)}

_QUESTION_MARK = re.compile(r"^(?:Q(?:uestion)?\s*\d*\s*[.:)]\s*)", re.I)
_ANSWER_MARK = re.compile(r"^(?:A(?:nswer)?\s*\d*\s*[.:)]\s*)")


def read_faqs(blocks: tuple[Block, ...], brand: str | None, substances: Sequence[str] = ()) -> tuple[Faq, ...]:
    """Return a row for each paragraph of an answer.

    Args:
        blocks: the document's blocks, in document order.
        brand: the drug's name as the page uses it, for the questions that are inferred.
        substances: its generic names, for answers that use them.
    """
    pairs = list(_pairs(blocks))
    found = intents_of([(question, _answer(block)) for question, block in pairs])
    rows = []
    for number, ((question, block), (intent, confidence)) in enumerate(zip(pairs, found, strict=True), 1):
        lost = question is None and confidence >= MIN_CONFIDENCE
        inferred = inferred_question(intent, _answer(block), brand, substances) if lost else None
        rows.append(_faq(number, question, inferred, block, intent, confidence))
    return tuple(rows)


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


def _faq(number: int, question: str | None, inferred: str | None, block: Block, intent: str, confidence: float) -> Faq:
    answer = _answer(block)
    return Faq(
        faq_no=number,
        question=question,
        inferred_question=inferred,
        question_method="stated" if question else "inferred" if inferred else "none",
        intent=intent,
        intent_confidence=confidence,
        answer=answer,
        block_no=block.block_no,
        char_start=block.char_end - len(answer),
        char_end=block.char_end,
        section=load("intents")[intent].get("section"),
    )


def tag_answers(blocks: tuple[Block, ...], faqs: Sequence[Faq]) -> tuple[Block, ...]:
    """Return the blocks, the answers among them with the topic and population of what they answer.

    What was asked tells better what an answer is about than the words that stand in it.
    """
    asked = {faq.block_no: faq.intent for faq in faqs if faq.intent_confidence >= MIN_TOPIC_CONFIDENCE}
    if not asked:
        return blocks
    return tuple([_tagged(block, asked[block.block_no]) if block.block_no in asked else block for block in blocks])


def _tagged(block: Block, intent: str) -> Block:
    own = intent in topics() or block.topic not in TOPICS_OF_OTHER_INTENTS
    populations = POPULATIONS_OF_INTENT.get(intent, ())
    return block._replace(
        topic=(intent if intent in topics() else None) if own else block.topic,
        population=populations[0] if populations and block.population not in populations else block.population,
    )
