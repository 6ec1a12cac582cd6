"""The figures, on lines whose scores anyone can count."""

import json
from pathlib import Path

import pytest

from labelpipe.evaluation import as_dict, as_text, read_gold, score_lines
from labelpipe.evaluation.gold import GoldDocument, GoldLine, align
from labelpipe.evaluation.scores import Placed
from labelpipe.model import Block

USES, DOSE, HARMS = "indications_and_usage", "dosage_and_administration", "adverse_reactions"


def line(
    number: int, accepted: tuple[str, ...], said: str | None, confidence: float, guess: str | None = None
) -> Placed:
    return Placed("page", number, accepted, said, guess or said, confidence, "Some words.")


LINES = [
    line(1, (USES,), USES, 0.95),
    line(2, (DOSE,), DOSE, 0.95),
    line(3, (DOSE, USES), USES, 0.85),
    line(4, (HARMS,), DOSE, 0.65),
    line(5, (HARMS,), None, 0.15, HARMS),
]


def test_shares_are_counted() -> None:
    scores = score_lines(LINES)
    assert scores.n == 5
    assert scores.documents == 1
    assert scores.accuracy == pytest.approx(3 / 5)
    assert scores.coverage == pytest.approx(4 / 5)
    assert scores.covered == pytest.approx(3 / 4)
    assert scores.at_80 == pytest.approx(3 / 4)


def test_an_abstention_is_wrong_but_its_guess_counts_for_calibration() -> None:
    assert score_lines([LINES[4]]).accuracy == 0
    assert score_lines([LINES[4]]).ece == pytest.approx(0.85)


def test_calibration_error_is_weighted_by_lines() -> None:
    lines = [line(1, (USES,), USES, 0.95), line(2, (USES,), DOSE, 0.95), line(3, (USES,), USES, 0.75)]
    assert score_lines(lines).ece == pytest.approx((abs(1.9 - 1) + abs(0.75 - 1)) / 3)


def test_f1_of_each_section() -> None:
    """A right line counts for the best section that its gold accepts, whichever of them was said."""
    per_section = score_lines(LINES).per_section
    assert per_section[DOSE] == pytest.approx((4 / 5, 2))
    assert per_section[HARMS] == (0.0, 2)


def test_confusions_are_named() -> None:
    assert score_lines(LINES).confusions == ((HARMS, "(none)", 1), (HARMS, DOSE, 1))


def test_boundaries_between_sections() -> None:
    lines = [line(1, (USES,), USES, 1), line(2, (USES,), DOSE, 1), line(3, (DOSE,), DOSE, 1)]
    assert score_lines(lines).boundary_f1 == 0
    assert score_lines([lines[0], lines[2]]).boundary_f1 == 1


def test_interval_holds_the_share_and_narrows() -> None:
    few, many = score_lines(LINES), score_lines(LINES * 40)
    assert few.interval[0] < few.accuracy < few.interval[1]
    assert many.interval[1] - many.interval[0] < few.interval[1] - few.interval[0]


def test_nothing_scored_is_zero() -> None:
    scores = score_lines([])
    assert (scores.n, scores.accuracy, scores.interval) == (0, 0.0, (0.0, 1.0))


def test_scores_are_plain_values() -> None:
    found = as_dict(score_lines(LINES))
    assert json.loads(json.dumps(found)) == found
    assert found["confusions"][0] == {"gold": HARMS, "said": "(none)", "n": 1}
    assert "accuracy     0.6000" in as_text(score_lines(LINES))


def test_gold_is_read_with_its_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Uses\nFor pain.\n", encoding="utf-8")
    (tmp_path / "a.gold.jsonl").write_text(
        f'{{"line": 2, "kind": "paragraph", "sections": ["{USES}"]}}\n', encoding="utf-8"
    )
    (tmp_path / "b.gold.jsonl").write_text("{}\n", encoding="utf-8")
    assert read_gold(tmp_path) == [GoldDocument("a.txt", "Uses\nFor pain.\n", (GoldLine(2, "paragraph", (USES,)),))]


def test_gold_lines_find_their_blocks() -> None:
    document = GoldDocument("a", "For pain.\n\nTwice a day.", (GoldLine(1, "paragraph"), GoldLine(3, "paragraph")))
    blocks = [
        Block(1, "paragraph", "For pain.", 0, 9, "line 1"),
        Block(2, "paragraph", "Twice a day.", 11, 23, "line 3"),
    ]
    assert align(document, blocks) == blocks
    assert align(document, blocks[:1]) == [blocks[0], None]
