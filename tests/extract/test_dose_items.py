"""Items of a list that a format has run into one paragraph."""

import pytest

from labelpipe.extract.dose_items import items

CASES = [
    ("Take 5 mg daily. Do not chew.", ["Take 5 mg daily.", "Do not chew."]),
    ("Adults: • 5 mg at first • 10 mg later.", ["Adults:", "5 mg at first", "10 mg later."]),
    ("Take 5 mg ( 2.1 ) o Children: 2 mg", ["Take 5 mg ( 2.1 )", "Children: 2 mg"]),
    ("Take 5 mg (2.1) Children: 2 mg", ["Take 5 mg (2.1)", "Children: 2 mg"]),
    ("Aim for 200 mg•h/L. • Take 5 mg.", ["Aim for 200 mg•h/L.", "Take 5 mg."]),
    ("Take two tablets (10 mg) Monday to Friday", ["Take two tablets (10 mg) Monday to Friday"]),
]


@pytest.mark.parametrize(("words", "cut"), CASES, ids=[row[0] for row in CASES])
def test_items(words: str, cut: list[str]) -> None:
    found = list(items(words))
    assert [item.text for item in found] == cut
    assert all(words[item.start : item.end] == item.text for item in found)
