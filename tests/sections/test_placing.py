"""Where the blocks of small pages end up, and on what evidence."""

import pytest
from small_pages import (
    DOSE,
    HALF_LIFE,
    HARMS,
    HEADER,
    HEADLESS,
    HOW,
    MISSED,
    PREGNANCY,
    STORAGE,
    TRUTH,
    USES,
    placed,
    reading_of,
)

from labelpipe.model import Block
from labelpipe.sections import place
from labelpipe.sections.outline import outline

HEADED = f"""{HEADER}Uses
{USES}
Dosage
{DOSE}
Take the tablet with a glass of water.
Side Effects
{HARMS}
Storage
{STORAGE}
"""


@pytest.mark.parametrize("text", TRUTH)
def test_headless_paragraphs_are_placed_by_their_words(text: str) -> None:
    block = placed(HEADLESS)[text]
    assert block.section == TRUTH[text]
    assert block.section_method == "inferred"
    assert block.section_evidence


def test_a_heading_places_what_stands_under_it() -> None:
    block = placed(HEADED)["Take the tablet with a glass of water."]
    assert block.section == "dosage_and_administration"
    assert block.section_method == "stated"
    assert block.section_evidence == "heading: Dosage"


def test_headings_and_header_get_no_section() -> None:
    unplaced = [block for block in placed(HEADED).values() if block.kind in ("heading", "field_label", "field_value")]
    assert unplaced
    assert all(block.section is None for block in unplaced)


def test_a_callout_is_placed() -> None:
    callout = "> Warning: Tell your doctor at once if your lips or face swell after a tablet, a serious side effect."
    block = placed(HEADLESS.replace(HARMS, f"{HARMS}\n{callout}"))[callout]
    assert block.kind == "callout"
    assert block.section == "adverse_reactions"


def test_under_an_unknown_heading_the_words_decide() -> None:
    block = placed(HEADED.replace("\nStorage\n", "\nA Place in the House\n"))[STORAGE]
    assert block.section == "storage_and_handling"
    assert block.section_method == "inferred"


def test_a_lone_heading_speaks_only_for_what_is_near() -> None:
    lines = [*TRUTH, *(f"{text} Ask your pharmacist." for text in TRUTH)]
    blocks = placed(HEADER + "Uses\n" + "\n".join(lines))
    assert blocks[USES].section == "indications_and_usage"
    assert blocks[f"{HALF_LIFE} Ask your pharmacist."].section == "pharmacokinetics"


def test_answers_are_placed_under_the_questions() -> None:
    text = f"{HEADLESS}\nCommon questions about Zerbal\nCan I drink wine with it?\nA glass now and then does no harm.\n"
    assert placed(text)["A glass now and then does no harm."].section == "faq"


def test_unsupported_languages_are_left_alone() -> None:
    reading = reading_of(HEADLESS)
    foreign = type(reading)(**{name: getattr(reading, name) for name in reading.__slots__} | {"language": "es"})
    assert place(foreign) == reading.blocks


def test_abstention_keeps_the_guess(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("labelpipe.sections.placer.MIN_CONFIDENCE", 1.01)
    block = placed(HEADLESS)[USES]
    assert block.section is None
    assert block.section_candidate == "indications_and_usage"
    assert block.section_method == "none"
    assert block.section_confidence is not None


def test_populations_and_topics_are_told() -> None:
    blocks = placed(HEADLESS)
    assert blocks[PREGNANCY].population == "pregnancy"
    assert blocks[MISSED].topic == "missed_dose"
    assert blocks[HOW].population is None


def test_the_same_page_is_placed_the_same() -> None:
    reading = reading_of(HEADLESS)
    assert place(reading) == place(reading)


def test_a_page_without_paragraphs_is_left_as_it_is() -> None:
    reading = reading_of("Brand Name\nZerbal\n")
    assert place(reading) == reading.blocks


def test_outline_without_headings_has_a_row_a_section() -> None:
    blocks = place(reading_of(HEADLESS))
    rows = outline(blocks)
    assert [row.section for row in rows] == list(dict.fromkeys(row.section for row in rows))
    assert all(row.title is None for row in rows)
    assert {number for row in rows for number in row.block_nos} == {b.block_no for b in blocks if b.section}


def test_outline_with_headings_keeps_their_words_and_order() -> None:
    rows = outline(place(reading_of(HEADED)))
    assert [row.title for row in rows] == ["Uses", "Dosage", "Side Effects", "Storage"]
    assert rows[1].text == f"{DOSE}\nTake the tablet with a glass of water."
    assert rows[0].loinc == "34067-9"


def test_outline_of_nothing_is_empty() -> None:
    assert outline([Block(1, "noise", "Loading...", 0, 10, "line 1")]) == ()
