"""What stands together goes together: under one heading, or in one list."""

from labelpipe.model import Block, StatedSection
from labelpipe.sections.votes import MAX_BLOCKS, settle


def block(number: int, slug: str, sure: float, kind: str = "paragraph", text: str = "Words.") -> Block:
    placed = Block(number, kind, text, number * 10, number * 10 + len(text), "line 1")
    return placed._replace(
        section=slug, section_candidate=slug, section_method="inferred", section_confidence=sure, section_evidence="own"
    )


def settled(title: str | None, *blocks: Block) -> list[Block]:
    placed = {one.block_no: one for one in blocks}
    section = StatedSection(1, None, 1, None, title, tuple(placed))
    return list(settle([section], placed).values())


def test_the_majority_under_a_heading_wins() -> None:
    found = settled("What else", block(1, "overdosage", 0.9), block(2, "overdosage", 0.8), block(3, "pregnancy", 0.4))
    assert [one.section for one in found] == ["overdosage"] * 3
    assert found[0].section_evidence == "own"
    assert (found[2].section_method, found[2].section_evidence) == ("inferred", "neighbours under the same heading")
    assert found[2].section_confidence == round(1.7 / 2.1, 4)


def test_a_title_that_is_the_name_of_a_section_decides() -> None:
    [found] = settled("Storage", block(1, "adverse_reactions", 0.99))
    assert (found.section, found.section_method) == ("storage_and_handling", "stated")
    assert found.section_evidence == "heading: storage"


def test_a_title_that_names_a_section_among_others_is_one_vote() -> None:
    title = "Adults and Teenagers at the Start of It All"
    found = settled(title, block(1, "dosage_and_administration", 0.9), block(2, "dosage_and_administration", 0.9))
    assert {one.section for one in found} == {"dosage_and_administration"}


def test_under_a_broad_heading_a_list_stays_together() -> None:
    others = [block(number, "pregnancy" if number % 2 else "lactation", 0.9) for number in range(1, MAX_BLOCKS)]
    lead = block(20, "contraindications", 0.9, text="Not for:")
    items = [block(21, "contraindications", 0.9, "list_item"), block(22, "overdosage", 0.3, "list_item")]
    found = settled("What to know", *others, lead, *items)
    assert [one.section for one in found[-3:]] == ["contraindications"] * 3
    assert {one.section for one in found[:-3]} == {"pregnancy", "lactation"}


def test_blocks_under_no_heading_stay_as_they_are() -> None:
    alone = block(7, "overdosage", 0.5)
    assert settle([], {7: alone}) == {7: alone}
