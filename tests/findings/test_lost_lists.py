"""A list that is announced: there, gone, or never meant."""

import pytest

from labelpipe.findings.lost_lists import lost_lists
from labelpipe.model import Block, Source
from labelpipe.readers import read


def blocks_of(page: str) -> tuple[Block, ...]:
    return read(Source("page.txt", page.encode())).blocks


LOST = [
    ("before other prose", "Patients should call if they notice any of the following:\nStore the bottle upright."),
    ("in a callout", "> Warning: Get help at once if you have:\nStore the bottle upright."),
    ("at the end", "The most common side effects are:"),
    (
        "without a colon",
        "Blood is taken once a month. The things that the lab will look for in it usually include\nKeep it dry.",
    ),
]


@pytest.mark.parametrize("page", [page for _, page in LOST], ids=[name for name, _ in LOST])
def test_a_lead_in_without_its_list_is_found(page: str) -> None:
    blocks = blocks_of(page)
    (finding,) = lost_lists(blocks)
    assert (finding.rule, finding.severity, finding.block_no) == ("lost_list", "warning", 1)
    assert (finding.char_start, finding.char_end) == (blocks[0].char_start, blocks[0].char_end)


KEPT = [
    ("page without prose", "Loading..."),
    ("list", "The most common side effects are:\nLoading...\n- Headache\n- Cough"),
    ("table", "The doses by weight are as follows:\n| Weight | Dose |\n|---|---|\n| 20 kg | 5 mg |"),
    ("one rule in prose", "There is one simple rule:\nNever take two tablets on the same day."),
    (
        "a broken line",
        "Blood is taken once a month. The things that the lab will look for in it usually include\niron.",
    ),
    ("no announcement", "Headache and cough are common.\nStore the bottle upright."),
]


@pytest.mark.parametrize("page", [page for _, page in KEPT], ids=[name for name, _ in KEPT])
def test_what_follows_is_what_was_announced(page: str) -> None:
    assert lost_lists(blocks_of(page)) == []
