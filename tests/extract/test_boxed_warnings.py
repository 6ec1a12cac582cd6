"""Boxed warnings: stated, denied or not mentioned, for which route, and in which words."""

import pytest
from pages import blocks_of, headed, placed

from labelpipe.extract.boxed_warnings import read_boxed_warnings
from labelpipe.model import Block

Said = list[tuple[str | None, str]]


def said(blocks: tuple[Block, ...]) -> Said:
    return [(row.scope_route, row.state) for row in read_boxed_warnings(blocks)]


PARAGRAPHS: list[tuple[str, Said]] = [
    ("Zerbal carries a boxed warning about bleeding into the gut.", [(None, "present")]),
    ("Zerbal has no boxed warning.", [(None, "absent")]),
    ("There isn't a black box warning here, as Zerbal does not carry a boxed warning.", [(None, "absent")]),
    ("The agency has never required a boxed warning for Zerbal.", [(None, "absent")]),
    ("Zerbal lacks a boxed warning.", [(None, "absent")]),
    ("A boxed warning has not been placed on Zerbal.", [(None, "absent")]),
    ("Boxed warning: none.", [(None, "absent")]),
    ("The boxed warning says that Zerbal must not be stopped at once.", [(None, "present")]),
    ("Never start Zerbal before you have read the boxed warning.", [(None, "present")]),
    ("Oral Zerbal has no black box warning.", [("ORAL", "absent")]),
    (
        "While oral Zerbal does not carry a boxed warning, the intrathecal form has a boxed warning on withdrawal.",
        [("ORAL", "absent"), ("INTRATHECAL", "present")],
    ),
    (
        "The intrathecal form has a boxed warning, but the tablets do not.",
        [("INTRATHECAL", "present"), ("ORAL", "absent")],
    ),
    (
        "Oral Zerbal (unlike the intrathecal form) has no boxed warning.",
        [("ORAL", "absent")],
    ),
    ("Black Box Summary (Intrathecal): never stop the pump abruptly.", [("INTRATHECAL", "present")]),
    ("Does Zerbal have a boxed warning?", [(None, "not_stated")]),
    ("A box about asthma was once printed on relatives such as salmeterol.", [(None, "not_stated")]),
    ("Relatives such as salmeterol carry a boxed warning.", [(None, "not_stated")]),
    ("Unlike diclofenac, which carries one, Zerbal has no boxed warning.", [(None, "absent")]),
    ("A vial from another maker does have a boxed warning for zerbaline.", [(None, "not_stated")]),
    ("Zerbal does not have any FDA boxed warning.", [(None, "absent")]),
    ("Keep the vial in its box, out of the glove box.", [(None, "not_stated")]),
    ("It is not for those on an inhaled steroid [see Boxed Warning].", [(None, "present")]),
    ("Tablets: see full prescribing information for the complete boxed warning.", [(None, "present")]),
    ("The drops have no boxed warning. The tablets carry one.", [(None, "absent"), ("ORAL", "present")]),
    ("Zerbal carries the agency's strongest warning about bleeding.", [(None, "present")]),
    ("The agency's most serious warning has not been placed on Zerbal.", [(None, "absent")]),
    ("The tablets are free from any boxed warning.", [("ORAL", "absent")]),
    ("The boxed warning about bleeding has since been lifted.", [(None, "absent")]),
    ("The boxed warning should not be removed from the package.", [(None, "present")]),
    (
        "There is a boxed warning for the intravenous form; none for tablets.",
        [("INTRAVENOUS", "present"), ("ORAL", "absent")],
    ),
    ("Does Zerbal have a boxed warning? No.", [(None, "absent")]),
    ("Does Zerbal have a boxed warning? Yes, about bleeding.", [(None, "present")]),
    ("Is there a boxed warning for the tablets? There is none.", [("ORAL", "absent")]),
    ("Does Zerbal have a boxed warning? Ask your doctor. No food is needed.", [(None, "not_stated")]),
    ("Zerbal has no boxed warning. Zerbal tablets carry no boxed warning.", [(None, "absent")]),
    ("Opioids carry a boxed warning about sedatives.", [(None, "not_stated")]),
    ("Labels of opioids, on their part, do have such a boxed warning.", [(None, "not_stated")]),
    ("The boxed warning of opioid painkillers names Zerbal.", [(None, "not_stated")]),
    ("Opioids carry a boxed warning about sedatives; Zerbal itself has none.", [(None, "absent")]),
    ("Zerbal is an opioid. Opioids carry a boxed warning about breathing.", [(None, "present")]),
    ("Like other opioids it slows breathing. The boxed warning of all opioids says so.", [(None, "present")]),
    ("With opioids, as the boxed warning says, breathing may stop.", [(None, "present")]),
    (
        "Fluoroquinolones have a boxed warning about tendons, but the ear drops do not.",
        [("AURICULAR (OTIC)", "absent")],
    ),
    ("Older drugs of this class carry a boxed warning; Zerbal does not.", [(None, "absent")]),
    ("Some of the medicines it is given with carry boxed warnings.", [(None, "not_stated")]),
    ("The agency has never asked for a boxed warning.", [(None, "absent")]),
    ("Boxed Warning, Removed 05/2019", [(None, "absent")]),
    ("While this is not a boxed warning, take it seriously.", [(None, "not_stated")]),
    ("The boxed warning is about the heart. Sleep is what Zerbal does.", [(None, "present")]),
]


@pytest.mark.parametrize(("paragraph", "expected"), PARAGRAPHS, ids=[words for words, _ in PARAGRAPHS])
def test_paragraph(paragraph: str, expected: Said) -> None:
    assert said(headed(paragraph)) == expected


def test_nothing_said_is_one_row_without_a_place() -> None:
    [row] = read_boxed_warnings(blocks_of("Take it with water."))
    assert (row.state, row.block_no, row.char_start, row.quote) == ("not_stated", None, None, None)


def test_the_first_words_that_say_so_are_quoted() -> None:
    page = "Some words first. Zerbal carries a boxed warning. It is long.\nThe boxed warning is about the heart.\n"
    [row] = read_boxed_warnings(blocks_of(page))
    assert row.quote == "Zerbal carries a boxed warning."
    assert page[row.char_start : row.char_end] == row.quote
    assert row.method == "prose"


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("None.", [(None, "absent")]),
        ("Nope, there is nothing of the kind.", [(None, "absent")]),
        ("Zerbal does not have one.", [(None, "absent")]),
        ("None for the tablets.", [("ORAL", "absent")]),
        ("Severe injury of the liver has been seen.", [(None, "present")]),
        ("Yes. Bleeding of the gut.", [(None, "present")]),
        ("Tamper-evident: do not use it where the seal is broken.", [(None, "not_stated")]),
    ],
)
def test_section_that_a_heading_states(opening: str, expected: Said) -> None:
    assert said(placed(blocks_of(f"{opening} More words follow it."), "boxed_warning")) == expected


def test_inferred_section_alone_states_nothing() -> None:
    blocks = blocks_of("Severe injury of the liver has been seen in a few.")
    assert said(blocks) == [(None, "not_stated")]
