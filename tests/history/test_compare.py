"""What one version says otherwise than another: the kind of each change, and that none is missed."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelpipe.history import Change, Fact, Passage, Version, compare

USE = "Lorvel brings high blood pressure down."
DOSE = "Adults take 5 mg once a day."
FOOD = "Swallow the tablet with a little water."
STORE = "Keep it below 25 °C."


def version(*passages: tuple[str | None, str], facts: tuple[Fact, ...] = ()) -> Version:
    return Version("v", tuple(Passage(section, at, text) for at, (section, text) in enumerate(passages, 1)), facts)


def told(old: Version, new: Version) -> list[tuple[str, str | None, str | None]]:
    return [(change.kind, change.old_text, change.new_text) for change in compare(old, new)]


OLD = version(("uses", USE), ("dosing", DOSE), ("dosing", FOOD))


def test_a_version_does_not_differ_from_itself() -> None:
    assert told(OLD, OLD) == []


def test_a_sentence_that_came() -> None:
    new = version(("uses", USE), ("dosing", DOSE), ("dosing", FOOD), ("storage", STORE))
    assert told(OLD, new) == [("added", None, STORE)]


def test_a_sentence_that_went() -> None:
    assert told(OLD, version(("uses", USE), ("dosing", DOSE))) == [("removed", FOOD, None)]


def test_a_number_that_changed() -> None:
    now = DOSE.replace("5", "10")
    new = version(("uses", USE), ("dosing", now), ("dosing", FOOD))
    assert told(OLD, new) == [("changed", DOSE, now)]


def test_a_sentence_under_another_section() -> None:
    new = version(("uses", USE), ("dosing", DOSE), ("counseling", FOOD))
    assert [(c.kind, c.old_section, c.section) for c in compare(OLD, new)] == [("moved", "dosing", "counseling")]


def test_a_sentence_printed_otherwise() -> None:
    now = "• adults take 5 mg  once a day"
    new = version(("uses", USE), ("dosing", now), ("dosing", FOOD))
    assert told(OLD, new) == [("formatting", DOSE, now)]


def test_sentences_cut_otherwise_are_formatting() -> None:
    old = version(("uses", "It helps against • pain • fever"))
    new = version(("uses", "It helps against"), ("uses", "- pain"), ("uses", "- fever"))
    assert {kind for kind, _, _ in told(old, new)} == {"formatting"}


def test_items_that_stand_in_another_order_have_not_changed() -> None:
    assert told(OLD, version(("uses", USE), ("dosing", FOOD), ("dosing", DOSE))) == []


def test_a_sentence_said_twice_and_now_once() -> None:
    assert told(version(("uses", USE), ("uses", USE)), version(("uses", USE))) == [("removed", USE, None)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (["5 mg per d"], ["10 mg per d"], [("changed", "5 mg per d", "10 mg per d")]),
        (["5 mg per d"], ["5 mg per d", "10 mg per d"], [("added", None, "10 mg per d")]),
        (["5 mg per d", "10 mg per d"], ["10 mg per d"], [("removed", "5 mg per d", None)]),
        (["5 mg per d", "10 mg per d"], ["10 mg per d", "5 mg per d"], []),
    ],
)
def test_facts_of_one_name(old: list[str], new: list[str], expected: list[tuple[str, str | None, str | None]]) -> None:
    before, after = (version(facts=tuple(Fact("doses", "maximum", value, 1) for value in side)) for side in (old, new))
    assert told(before, after) == expected


SENTENCES = st.lists(
    st.tuples(st.sampled_from(["uses", "dosing", None]), st.sampled_from([USE, DOSE, FOOD, STORE, "• keep it dry"])),
    max_size=8,
)


def applied(old: Version, changes: list[Change]) -> Counter[tuple[str | None, str]]:
    """Return what the old version says once the changes are made to it."""
    said = Counter((passage.section, passage.text) for passage in old.passages)
    for change in changes:
        if change.old_text is not None:
            said[change.old_section, change.old_text] -= 1
        if change.new_text is not None:
            said[change.section, change.new_text] += 1
    return +said


@given(SENTENCES, SENTENCES)
def test_the_changes_lead_from_the_old_version_to_the_new(
    before: list[tuple[str | None, str]], after: list[tuple[str | None, str]]
) -> None:
    old, new = version(*before), version(*after)
    wanted = Counter((passage.section, passage.text) for passage in new.passages)
    assert applied(old, list(compare(old, new))) == wanted
