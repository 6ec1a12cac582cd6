"""A review file: written for people, read back as truth."""

import pytest
from samples import make_label

from labelpipe.errors import LabelpipeError
from labelpipe.evaluation.gold import GoldLine
from labelpipe.evaluation.review import parse_review, render_review


def test_a_fresh_review_teaches_nothing() -> None:
    label = make_label()
    gold = parse_review(render_review(label), "lorvel")
    assert gold.lines == ()
    assert gold.text.split("\n") == [block.text for block in label.blocks]


def test_marked_lines_are_truth() -> None:
    gold = parse_review("# a\n~ heading - | Uses\n= paragraph indications_and_usage 0.40 | For pain.\n", "a")
    assert gold.text == "Uses\nFor pain."
    assert gold.lines == (GoldLine(2, "paragraph", ("indications_and_usage",)),)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("paragraph indications_and_usage | For pain.", "line 1"),
        ("= paragraph uses | For pain.", "no section 'uses'"),
        ("= sentence indications_and_usage | For pain.", "no kind 'sentence'"),
    ],
)
def test_a_broken_line_is_told(line: str, told: str) -> None:
    with pytest.raises(LabelpipeError, match=told):
        parse_review(line, "a")
