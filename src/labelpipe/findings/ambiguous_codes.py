"""Product codes whose hyphens are gone: which digits are the labeler's, nothing says any more."""

from collections.abc import Iterator

from labelpipe.findings.severity import severity_of
from labelpipe.model import Facts, Finding
from labelpipe.vocabulary.ndc import is_ambiguous


def ambiguous_codes(facts: Facts) -> Iterator[Finding]:
    """Ten or eleven digits without hyphens. The code is kept as printed, and no segment of it is guessed."""
    for product in facts.products:
        if product.ndc and is_ambiguous(product.ndc):
            message = f"product {product.product_no}: {product.ndc!r} has no hyphens and may be any of several NDCs"
            yield Finding(
                "ambiguous_ndc", severity_of("ambiguous_ndc"), message, block_no=product.block_no, evidence=product.ndc
            )
