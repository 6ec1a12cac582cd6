"""Product codes without hyphens: kept, reported once, never cut up."""

from typing import Any

import pytest

from labelpipe.findings.ambiguous_codes import ambiguous_codes
from labelpipe.findings.doubts import doubtful_products
from labelpipe.model import Facts, Product
from labelpipe.vocabulary.ndc import ndc_columns


def facts_of(*codes: str) -> Facts:
    columns: list[dict[str, Any]] = [{**ndc_columns(code)} for code in codes]
    return Facts(products=tuple(Product(number, **stated) for number, stated in enumerate(columns, 1)))


@pytest.mark.parametrize("printed", ["1234567890", "12345678901", "NDC 1234567890"])
def test_digits_without_hyphens_are_kept_and_reported_once(printed: str) -> None:
    facts = facts_of(printed)
    [finding] = [*ambiguous_codes(facts), *doubtful_products(facts)]
    assert (finding.rule, finding.severity, finding.evidence) == ("ambiguous_ndc", "warning", printed)
    [product] = facts.products
    assert (product.ndc, product.ndc_labeler, product.ndc11, product.ndc12) == (printed, None, None, None)


@pytest.mark.parametrize(
    "codes",
    [("12345-678-90",), ("12345-678",), ("12345-678", "12345-678")],
    ids=["a package", "a product", "a product code twice"],
)
def test_codes_that_are_certain(codes: tuple[str, ...]) -> None:
    facts = facts_of(*codes)
    assert [*ambiguous_codes(facts), *doubtful_products(facts)] == []
