"""How often an answer alone gives away what was asked, on drugs that the model has not seen."""

import json
from pathlib import Path

import pytest

from labelpipe.training import small_models
from labelpipe.training.corpora import first_word
from labelpipe.training.held_out import held_out_names
from labelpipe.training.intent_scores import cross_validated, held_out, scored
from labelpipe.training.monographs import read_monograph
from labelpipe.training.save import save_arrays

HELD_OUT_FLOORS = {"held-out pages, questions lost": 0.78, "held-out pages, questions kept": 0.92}
CROSS_VALIDATED_FLOORS = {
    "pages, cross-validated, questions lost": 0.88,
    "pages, cross-validated, questions kept": 0.93,
}


def assert_above(floors: dict[str, float], counts: dict[str, tuple[int, int]]) -> None:
    shares = {name: right / n for name, (right, n) in counts.items() if name in floors}
    assert {name: share for name, share in shares.items() if share < floors[name]} == {}
    assert shares.keys() == floors.keys()


def test_questions_of_held_out_monographs_are_guessed() -> None:
    assert_above(HELD_OUT_FLOORS, scored(held_out()))


@pytest.mark.slow
def test_questions_about_drugs_not_learned_from_are_guessed() -> None:
    assert_above(CROSS_VALIDATED_FLOORS, scored(cross_validated()))


def test_no_written_answer_is_about_a_held_out_drug() -> None:
    pages = [read_monograph(small_models.MONOGRAPHS / f"{name}.md") for name in held_out_names()]
    unseen = {first_word(page.header["generic"]) for page in pages}
    assert [
        answer["question"] for answer in small_models.written_answers() if first_word(answer["drug"]) in unseen
    ] == []


def test_every_question_of_the_monographs_has_its_intents() -> None:
    accepted = small_models.accepted_intents()
    pages = [read_monograph(path) for path in sorted(small_models.MONOGRAPHS.glob("*.md"))]
    questions = [item.text for page in pages for item in page.tabs["faq"] if item.kind == "faq_question"]
    assert [question for question in questions if question not in accepted] == []


@pytest.mark.slow
def test_training_again_gives_the_shipped_model(tmp_path: Path) -> None:
    again = tmp_path / "intents.npz"
    save_arrays(again, small_models.fit_intents(small_models.pages_to_learn_from(), small_models.written_answers()))
    assert again.read_bytes() == (small_models.PACKAGE / "extract" / "intents.npz").read_bytes()


def test_written_answers_are_one_json_object_a_line() -> None:
    for path in sorted((small_models.TRAINING / "answers").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert set(json.loads(line)) == {"drug", "question", "intents", "answer"}
