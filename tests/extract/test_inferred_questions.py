"""The question put to an answer that has lost its own: a person's, about the drug, for every intent."""

import pytest

from labelpipe.extract.questions import inferred_question, name_in
from labelpipe.vocabulary import intents, load

CASES = [
    ("missed_dose", "Skip it if the next one is near.", "What should I do if I miss a dose of Zerbal?"),
    ("missed_dose", "Yes, a little.", "Does it matter if I miss a dose of Zerbal?"),
    ("pregnancy", "Little of it reaches breast milk.", "Can I breastfeed while taking Zerbal?"),
    ("pregnancy", "It harms the fetus. Men are not concerned.", "Is Zerbal safe during pregnancy?"),
    ("pregnancy", "Fertility comes back within a month.", "Does Zerbal affect fertility?"),
    ("weight", "Most people gain a few pounds.", "Does Zerbal cause weight gain?"),
    ("weight", "Some lose a few pounds.", "Will Zerbal help me lose weight?"),
    ("interactions", "Grapefruit raises its level.", "Which foods and drinks should I avoid with Zerbal?"),
    ("interactions", "No. Grapefruit raises its level.", "Can I take Zerbal with other medicines?"),
    ("storage", "In your hand luggage, not in the hold.", "How do I travel with Zerbal?"),
    ("alcohol", "A glass is fine on days without a shot.", "Can I drink alcohol while using Zerbal?"),
    ("conditions", "Weak kidneys clear it slowly.", "Can I take Zerbal if I have kidney problems?"),
    ("how_to_take", "Spread the cream thinly.", "How should I use Zerbal?"),
    ("stopping", "Treatment is lifelong.", "How long will I need to take Zerbal?"),
    ("other", "The name means nothing.", "What else should I know about Zerbal?"),
]


@pytest.mark.parametrize(("intent", "answer", "question"), CASES)
def test_the_answer_chooses_the_wording(intent: str, answer: str, question: str) -> None:
    assert inferred_question(intent, answer, "Zerbal", ["Zerbaline"]) == question


@pytest.mark.parametrize("intent", intents())
@pytest.mark.parametrize("answer", ["Yes. The cream is for you.", "Seldom."])
def test_every_question_names_the_drug_once(intent: str, answer: str) -> None:
    question = inferred_question(intent, answer, "Zerbal", [])
    assert question.count("Zerbal") == 1
    assert question.endswith("?")
    assert not set("{}") & set(question)


def test_every_wording_of_the_vocabulary_is_a_question_about_the_drug() -> None:
    for intent, entry in load("intents").items():
        variants = [variant["question"] for variant in entry.get("variants", ())]
        for wording in (entry["question"], entry.get("yes_no", entry["question"]), *variants):
            assert wording.count("{name}") == 1, intent
            assert wording.endswith("?"), intent


def test_the_drug_is_called_what_the_answer_calls_it() -> None:
    substances = ["Metformin Hydrochloride"]
    assert name_in("Metformin is taken with food.", "Glucophage", substances) == "metformin"
    assert name_in("Unlike other brands of metformin, GLUCOPHAGE is white.", "Glucophage", substances) == "Glucophage"
    assert name_in("With food.", "Glucophage", substances) == "Glucophage"
    assert name_in("With food.", None, substances) == "metformin"
    assert name_in("With food.", None, []) == "this medicine"
