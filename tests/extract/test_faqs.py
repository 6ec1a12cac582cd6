"""Questions and answers: the question stated, lost, or used up by the paragraph before."""

import pytest
from pages import blocks_of

from labelpipe.extract.faqs import read_faqs
from labelpipe.extract.intents import intent_of
from labelpipe.model import Faq

FAQ = "Common questions about Zerbal\n"


def faqs(page: str, name: str | None = "Zerbal") -> tuple[Faq, ...]:
    return read_faqs(blocks_of(FAQ + page), name)


def test_a_stated_question_belongs_to_the_next_paragraph_only() -> None:
    first, second = faqs("Q: May I have wine?\nLoading...\nA: One glass of wine is fine.\nTwo glasses are not.\n")
    assert (first.question, first.question_method, first.intent) == ("May I have wine?", "stated", "alcohol")
    assert first.answer == "One glass of wine is fine."
    assert first.inferred_question is None
    assert second.question is None


def test_a_lost_question_is_inferred_and_never_stated() -> None:
    (row,) = faqs("Two companies sell a generic, and it costs far less than the brand.\n")
    assert (row.question, row.question_method) == (None, "inferred")
    assert row.inferred_question == "Can I get Zerbal as a generic?"
    assert row.section == "how_supplied"


def test_an_answer_that_opens_with_no_answers_a_yes_or_no_question() -> None:
    (row,) = faqs("No. Keep the bottle at room temperature and never freeze or refrigerate it.\n", name=None)
    assert row.inferred_question == "Does it matter how I store this medicine?"


ANSWERS = [
    ("Skip the missed dose when the next one is near, and never double up.", "missed_dose"),
    ("Alcohol and this tablet both make you drowsy, so leave the wine alone.", "alcohol"),
    ("Do not stop suddenly. Withdrawal can be rough, so taper over a month.", "stopping"),
    ("Call poison control, since an overdose can stop the breathing.", "overdose"),
    ("Wait until you know how sleepy you get before driving or using machinery.", "driving"),
]


@pytest.mark.parametrize(("answer", "intent"), ANSWERS)
def test_an_answer_alone_gives_its_intent_away(answer: str, intent: str) -> None:
    found, confidence = intent_of(None, answer)
    assert found == intent
    assert 0 < confidence <= 1
