"""What the source states is known to the blocks between, and is not read again."""

import pytest

from labelpipe.model import Block
from labelpipe.sections.placer import place_blocks


def paragraphs(*texts: str) -> list[Block]:
    return [Block(number, "paragraph", text, 0, len(text), "") for number, text in enumerate(texts, 1)]


@pytest.mark.parametrize("slug", ["adverse_reactions", "storage_and_handling", "overdosage", "otc_stop_use"])
def test_what_says_nothing_is_what_stands_around_it(slug: str) -> None:
    blocks = paragraphs("One.", "Two.", "It was the same in all of them.", "Four.", "Five.")
    placed = place_blocks(blocks, dict.fromkeys((1, 2, 4, 5), slug))
    assert placed[3].section == {"otc_stop_use": "warnings_and_precautions"}.get(slug, slug)
    assert list(placed) == [3]


def test_words_of_stated_blocks_are_not_asked() -> None:
    told = paragraphs("Keep the bottle in a dry place, at room temperature.", "It was the same in all of them.")
    placed = place_blocks(told, {1: "overdosage"})
    assert placed[2].section == "overdosage"
