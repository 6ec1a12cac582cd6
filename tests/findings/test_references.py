"""Words that point back: at something there, and at something gone."""

import pytest

from labelpipe.findings.references import dangling_references
from labelpipe.model import Block


def blocks_of(*texts: str, sections: str = "warnings_and_precautions") -> tuple[Block, ...]:
    """Make a block of each text, a list item of one behind a hyphen; `sections` is one slug or one each."""
    slugs = sections.split() if " " in sections else [sections] * len(texts)
    kinds = ["list_item" if text.startswith("- ") else "paragraph" for text in texts]
    return tuple(
        Block(number, kind, text, 100 * number, 100 * number + len(text), "", section=slug)
        for number, (text, kind, slug) in enumerate(zip(texts, kinds, slugs, strict=True), 1)
    )


DANGLING = [
    ("items of a lost list", ("Tell us about:", "The last two are the worst."), "The last two are"),
    (
        "a noun never said",
        ("Keep it dry.", "Few nerves send these electrical impulses now."),
        "these electrical impulses",
    ),
]


@pytest.mark.parametrize(("texts", "words"), [case[1:] for case in DANGLING], ids=[case[0] for case in DANGLING])
def test_words_that_point_at_nothing_are_found(texts: tuple[str, ...], words: str) -> None:
    (finding,) = dangling_references(blocks_of(*texts))
    assert (finding.rule, finding.severity, finding.evidence) == ("dangling_reference", "info", words)
    assert finding.char_start is not None
    assert finding.char_start == 200 + texts[1].index(words)


def test_an_opening_dangles_only_behind_another_section() -> None:
    texts = ("Newborns were not studied.", "This is the most fragile organ.")
    assert dangling_references(blocks_of(*texts, sections="pregnancy renal_impairment"))
    assert not dangling_references(blocks_of(*texts))


GROUNDED = [
    ("items that are there", ("Tell us about:", "- Fever", "- Cough", "The last two are the worst.")),
    ("items in a sentence", ("Fever, cough and chills occur.", "The last two are the worst.")),
    ("a span of time", ("Rest at home.", "The first two weeks are the worst.")),
    ("a noun said before", ("A nerve sends an impulse.", "These electrical impulses move the muscle.")),
    ("a general noun", ("Ibuprofen and aspirin irritate the gut.", "These common medicines need food.")),
]


@pytest.mark.parametrize("texts", [case[1] for case in GROUNDED], ids=[case[0] for case in GROUNDED])
def test_words_that_point_at_something_are_left_alone(texts: tuple[str, ...]) -> None:
    assert dangling_references(blocks_of(*texts)) == []
