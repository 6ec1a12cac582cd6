"""What the source has lost on its way here: labels run together, questions, products, values."""

from collections.abc import Iterator
from itertools import pairwise

from labelpipe.model import Block, Document, Facts, Finding


def about(block: Block, rule: str, severity: str, message: str, evidence: str | None = None) -> Finding:
    """Return a finding about a whole block."""
    return Finding(rule, severity, message, block.block_no, block.char_start, block.char_end, evidence)


def glued_labels(blocks: tuple[Block, ...]) -> Iterator[Finding]:
    """A value and the next label that stand on one line with nothing between: `BaclofenCategory`."""
    for value, label in pairwise(blocks):
        if value.kind == "field_value" and label.kind == "field_label" and value.char_end == label.char_start:
            message = f"{value.locator}: the value {value.text!r} and the label {label.text!r} were run together"
            yield about(label, "glued_label", "info", message, value.text + label.text)


def lost_field_values(blocks: tuple[Block, ...]) -> Iterator[Finding]:
    """A header label with no value behind it."""
    header = [block for block in blocks if block.kind != "noise"]
    for label, after in zip(header, [*header[1:], None], strict=False):
        if label.kind == "field_label" and not (after and after.kind == "field_value" and after.field == label.field):
            yield about(label, "lost_field_value", "info", f"{label.locator}: nothing stands behind {label.text!r}")


def lost_products(document: Document, facts: Facts) -> Iterator[Finding]:
    """Fewer products than the page says it has."""
    declared, found = document.declared_products, len(facts.products)
    if declared is not None and found < declared:
        message = f"the page declares {declared} products; {found} of them {'is' if found == 1 else 'are'} there"
        yield Finding("lost_products", "warning", message, evidence=f"{found} of {declared}")


def lost_questions(blocks: tuple[Block, ...], facts: Facts) -> Iterator[Finding]:
    """Answers whose question is gone."""
    by_no = {block.block_no: block for block in blocks}
    for faq in facts.faqs:
        if faq.question is None:
            block = by_no[faq.block_no]
            guess = f"; it may have been {faq.inferred_question!r}" if faq.inferred_question else ""
            yield about(
                block, "lost_question", "info", f"{block.locator}: the answer's question is gone{guess}", faq.intent
            )
