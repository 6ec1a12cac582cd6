"""Contraindications: one item a row, from lists and from sentences."""

import pytest
from pages import blocks_of, headed, placed

from labelpipe.extract.contraindications import read_contraindications

NAMES = frozenset({"zerbal", "zerbaline"})


def items(page: str) -> list[tuple[str, str]]:
    blocks = placed(headed(page), "contraindications")
    return [(row.item, row.severity) for row in read_contraindications(blocks, NAMES)]


FORBIDS = "contraindicated"

PAGES: list[tuple[str, list[str]]] = [
    ("Zerbal is contraindicated in:\n\n- Anuria\n- Severe gout [see Warnings (5.1)].\n", ["Anuria", "Severe gout"]),
    ("Do not take Zerbal if you:\n\n- Are allergic to zerbaline. Ask if unsure.\n", ["Are allergic to zerbaline"]),
    ("Zerbal is contraindicated in patients with: 1. Active gout. 2. Anuria.", ["Active gout", "Anuria"]),
    ("Zerbal is contraindicated in patients with anuria.", ["anuria"]),
    (
        "Zerbal is contraindicated in patients who are hypersensitive to zerbaline, sulfa, or any other ingredient.",
        ["hypersensitive to zerbaline, sulfa, or any other ingredient"],
    ),
    (
        "Zerbal is contraindicated in severe bradycardia, heart block (unless paced), and in patients with gout.",
        ["severe bradycardia", "heart block (unless paced)", "gout"],
    ),
    ("Zerbal must not be given to people with active or recent bleeding.", ["active or recent bleeding"]),
    ("Use together with tizanidine is contraindicated.", ["Use together with tizanidine"]),
    ("Anyone with gout must never be given Zerbal.", ["gout"]),
    ("Zerbal is contraindicated in gout because it raises urate.", ["gout"]),
    ("Known hypersensitivity to zerbaline.", ["Known hypersensitivity to zerbaline"]),
    ("Prasugrel must never be given to people after a stroke.", []),
    ("In common with all its class, zerbal is contraindicated in coma.", ["coma"]),
    (
        "Zerbal is contraindicated in patients with: A history of gout      Active hepatitis",
        ["A history of gout", "Active hepatitis"],
    ),
    (
        "Zerbal must not be given to people with:\n\n- Gout\n- Anuria\n- The second entry is often missed.\n",
        ["Gout", "Anuria"],
    ),
    ("Zerbal is contraindicated in: Patients with gout      Active hepatitis", ["gout", "Active hepatitis"]),
    ("None.", []),
    ("There are no contraindications. Do not hesitate over:\n\n- Old age\n", []),
    ("Gout is common.", []),
]


@pytest.mark.parametrize(("page", "expected"), PAGES, ids=[page.partition("\n")[0] for page, _ in PAGES])
def test_items(page: str, expected: list[str]) -> None:
    assert items(page) == [(item, FORBIDS) for item in expected]


def test_what_is_only_weighed_is_a_caution() -> None:
    assert items("The benefit is weighed with care in people with:\n\n- Gout\n") == [("Gout", "caution")]


def test_an_item_is_listed_once_and_quoted_at_its_place() -> None:
    page = "Zerbal is contraindicated in gout. It is contraindicated in Gout.\n"
    [row] = read_contraindications(placed(blocks_of(page), "contraindications"), NAMES)
    assert page[row.char_start : row.char_end] == row.quote == "Zerbal is contraindicated in gout."
    assert row.method == "prose"


def test_a_list_that_another_section_announces_is_not_ours() -> None:
    page = "Zerbal is contraindicated in gout.\n\nWatch the baby for:\n\n- Weak sucking\n"
    blocks = placed(blocks_of(page), "contraindications")
    elsewhere = tuple(b._replace(section="lactation") if "Watch" in b.text else b for b in blocks)
    assert [row.item for row in read_contraindications(elsewhere, NAMES)] == ["gout"]
