"""What the page has lost in its header, its products and its questions."""

import pytest

from labelpipe.findings.losses import glued_labels, lost_field_values, lost_products, lost_questions
from labelpipe.model import Block, Document, Facts, Faq, Product, Source
from labelpipe.readers import read


def blocks_of(page: str) -> tuple[Block, ...]:
    return read(Source("page.txt", page.encode())).blocks


def document(declared: int | None = None) -> Document:
    return Document("zerbal", "zerbal.txt", "text", "0" * 64, 1, "secondary", declared_products=declared)


def test_a_value_that_ran_into_the_next_label() -> None:
    page = "Brand Name\nZerbal\nActive Ingredient\nZerbalineCategory\nBiguanide [EPC]\n"
    [finding] = glued_labels(blocks_of(page))
    assert (finding.rule, finding.severity, finding.evidence) == ("glued_label", "info", "ZerbalineCategory")
    assert page[finding.char_start : finding.char_end] == "Category"


def test_labels_on_lines_of_their_own_are_not_glued() -> None:
    assert [*glued_labels(blocks_of("Brand Name\nZerbal\nActive Ingredient\nZerbaline\nCategory\nBiguanide\n"))] == []


def test_a_label_with_nothing_behind_it() -> None:
    page = "Brand Name\nZerbal\nGeneric Name\nActive Ingredient\nZerbaline\n"
    [finding] = lost_field_values(blocks_of(page))
    assert finding.rule == "lost_field_value"
    assert page[finding.char_start : finding.char_end] == "Generic Name"


@pytest.mark.parametrize(
    ("declared", "found", "n_findings"), [(4, 1, 1), (4, 0, 1), (4, 4, 0), (1, 2, 0), (None, 0, 0)]
)
def test_fewer_products_than_declared(declared: int | None, found: int, n_findings: int) -> None:
    facts = Facts(products=tuple(Product(number) for number in range(1, found + 1)))
    findings = [*lost_products(document(declared), facts)]
    assert len(findings) == n_findings
    assert all(finding.evidence == f"{found} of {declared}" for finding in findings)


def test_an_answer_whose_question_is_gone() -> None:
    blocks = blocks_of("It works within an hour for most people.\nYes, but only with food.")
    first, second = (
        Faq(number, None, None, "none", "onset", 0.5, block.text, number, block.char_start, block.char_end, None)
        for number, block in enumerate(blocks, 1)
    )
    guessed = first._replace(inferred_question="How fast does it work?", question_method="inferred")
    facts = Facts(faqs=(guessed, second._replace(question="May I drink?", question_method="stated")))
    [finding] = lost_questions(blocks, facts)
    assert (finding.rule, finding.block_no, finding.evidence) == ("lost_question", 1, "onset")
    assert "How fast does it work?" in finding.message
