"""The ledger: what the source had lost, what is doubtful, and what contradicts itself."""

from bisect import bisect_right
from collections.abc import Iterator

from labelpipe.findings.ambiguous_codes import ambiguous_codes
from labelpipe.findings.contradictions import boxed_warning_by_route, boxed_warning_contradiction
from labelpipe.findings.dose_order import dose_order
from labelpipe.findings.doubts import (
    abstentions,
    doubtful_products,
    doubtful_subject,
    is_about_a_drug,
    uneven_tables,
    unknown_parameters,
    unread_kinetics,
)
from labelpipe.findings.kinetic_agreement import kinetic_agreement
from labelpipe.findings.losses import glued_labels, lost_field_values, lost_products, lost_questions
from labelpipe.findings.lost_lists import lost_lists
from labelpipe.findings.references import dangling_references
from labelpipe.findings.route_advice import route_advice
from labelpipe.findings.route_mismatch import route_mismatches
from labelpipe.findings.stances import answers_against_sections
from labelpipe.model import Block, Document, Facts, Finding

__all__ = ["is_about_a_drug", "judge"]


def judge(
    document: Document, blocks: tuple[Block, ...], facts: Facts, known: tuple[Finding, ...]
) -> tuple[Finding, ...]:
    """Return all findings of a document, numbered in document order. `known` are those of the stages before."""
    quoting = [_quoting(finding, blocks) for finding in (*known, *_all(document, blocks, facts))]
    quoting.sort(key=lambda finding: (finding.block_no or 0, finding.rule, finding.char_start or 0))
    return tuple(finding._replace(finding_no=number) for number, finding in enumerate(quoting, 1))


def _quoting(finding: Finding, blocks: tuple[Block, ...]) -> Finding:
    """Return the finding with its block and the words at its span, where that lies in one block."""
    start, end = finding.char_start, finding.char_end
    if start is None or end is None:
        return finding
    at = bisect_right(blocks, start, key=lambda block: block.char_start) - 1
    if at < 0 or end > blocks[at].char_end or finding.block_no not in (None, blocks[at].block_no):
        return finding
    block = blocks[at]
    quote = block.text[start - block.char_start : end - block.char_start]
    return finding._replace(block_no=block.block_no, quote=quote)


def _all(document: Document, blocks: tuple[Block, ...], facts: Facts) -> Iterator[Finding]:
    yield from glued_labels(blocks)
    yield from lost_field_values(blocks)
    yield from lost_products(document, facts)
    yield from doubtful_products(facts)
    yield from ambiguous_codes(facts)
    if document.source_format == "text":  # readers of markup say it themselves, and know the spans
        yield from uneven_tables(facts)
    yield from unread_kinetics(facts)
    yield from unknown_parameters(facts)
    subject = list(doubtful_subject(document, blocks))
    yield from subject
    if subject:
        return
    yield from lost_questions(blocks, facts)
    if document.source_tier != "regulator":
        yield from lost_lists(blocks, has_markup=document.source_format != "text")
    if document.source_format == "text":
        yield from dangling_references(blocks)
    yield from route_mismatches(document, blocks, facts)
    yield from route_advice(document, blocks, facts)
    yield from boxed_warning_by_route(facts)
    yield from boxed_warning_contradiction(facts)
    yield from dose_order(facts)
    yield from kinetic_agreement(facts)
    yield from answers_against_sections(blocks)
    yield from abstentions(blocks)
