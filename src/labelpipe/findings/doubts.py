"""What could not be read with confidence, and what may not be a drug label at all."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache

from labelpipe.findings.losses import about
from labelpipe.model import Block, Document, Facts, Finding
from labelpipe.vocabulary import SUPPORTED_LANGUAGES, load
from labelpipe.vocabulary.ndc import is_ambiguous
from labelpipe.vocabulary.subject import speaks_of_medicine

MIN_KNOWN_ROWS = 2
"""So many rows of known parameters make a kinetics table."""

_PROSE = ("paragraph", "list_item", "callout", "faq_answer")


def doubtful_subject(document: Document, blocks: tuple[Block, ...]) -> Iterator[Finding]:
    """A language the vocabulary does not know, or a text about something other than a medicine."""
    if document.language not in (None, *SUPPORTED_LANGUAGES):
        known = ", ".join(SUPPORTED_LANGUAGES)
        message = f"the text seems to be in {document.language!r}; the vocabulary knows {known}, so nothing was placed"
        yield Finding("unsupported_language", "warning", message, evidence=document.language)
    elif not is_about_a_drug(document, blocks):
        yield Finding("not_a_monograph", "warning", "hardly a paragraph speaks of a medicine; nothing was placed")


def is_about_a_drug(document: Document, blocks: tuple[Block, ...]) -> bool:
    """Whether it is a registered label, the header names a drug, or at least the paragraphs speak of medicine."""
    named = document.set_id or document.brand_name or document.generic_name or document.active_ingredients
    return bool(named) or speaks_of_medicine(block.text for block in blocks if block.kind in _PROSE)


def abstentions(blocks: tuple[Block, ...]) -> Iterator[Finding]:
    """Paragraphs that no section could be given to."""
    for block in blocks:
        if block.kind in ("paragraph", "list_item", "callout") and block.section is None:
            guess = (
                f"; the best guess, {block.section_candidate}, is not sure enough" if block.section_candidate else ""
            )
            evidence = f"{block.section_candidate} {block.section_confidence}" if block.section_candidate else None
            yield about(block, "section_abstained", "info", f"{block.locator}: no section was given{guess}", evidence)


def doubtful_products(facts: Facts) -> Iterator[Finding]:
    """Strengths that could not be read, and codes that are no NDC. A combination has a strength for each ingredient."""
    strengths = Counter(one.product_no for one in facts.ingredients if one.is_active and one.strength)
    for product in facts.products:
        if product.strength_text and product.strength_value is None and strengths[product.product_no] < 2:
            message = f"product {product.product_no}: the strength {product.strength_text!r} could not be read"
            yield Finding(
                "unparsed_quantity", "info", message, block_no=product.block_no, evidence=product.strength_text
            )
        if product.ndc and product.ndc_labeler is None and not is_ambiguous(product.ndc):
            message = f"product {product.product_no}: {product.ndc!r} fits none of the NDC layouts"
            yield Finding("invalid_ndc", "warning", message, block_no=product.block_no, evidence=product.ndc)


def unread_kinetics(facts: Facts) -> Iterator[Finding]:
    """Kinetic cells that print a number with a unit which is no value of their parameter."""
    for row in facts.pharmacokinetics:
        if row.unit is None and _measured().search(row.text):
            message = f"{row.parameter}: no value of it could be read from {row.text!r}"
            yield Finding("unparsed_quantity", "info", message, block_no=row.block_no, evidence=row.text)


def unknown_parameters(facts: Facts) -> Iterator[Finding]:
    """Rows of a kinetics table (two or more of its rows are known) whose name is no parameter that is known."""
    read: dict[int, set[int]] = defaultdict(set)
    for value in facts.pharmacokinetics:
        if value.table_no is not None and value.row_no is not None:
            read[value.table_no].add(value.row_no)
    for cell in facts.table_cells:
        known = read[cell.table_no]
        is_name = cell.column_no == 1 and cell.column_span == 1 and not cell.is_header
        if is_name and len(known) >= MIN_KNOWN_ROWS and cell.row_no not in known:
            message = f"table {cell.table_no}, row {cell.row_no}: {cell.text!r} is no kinetic parameter that is known"
            yield Finding("unknown_parameter", "info", message, block_no=cell.block_no, evidence=cell.text)


@cache
def _measured() -> re.Pattern[str]:
    units = sorted((unit for unit in load("units")["ucum"] if unit != "1"), key=len, reverse=True)
    return re.compile(rf"(?<![\w.-])\d[\d.,]*\s*(?:{'|'.join(map(re.escape, units))})(?!\w)")


def uneven_tables(facts: Facts) -> Iterator[Finding]:
    """Tables whose rows do not have the same number of cells."""
    widths: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    first: dict[int, int] = {}
    for cell in facts.table_cells:
        widths[cell.table_no][cell.row_no] += cell.column_span
        first.setdefault(cell.table_no, cell.block_no)
    for table_no, rows in widths.items():
        if len(set(rows.values())) > 1:
            message = f"table {table_no}: its rows have {min(rows.values())} to {max(rows.values())} cells"
            yield Finding("uneven_table", "info", message, block_no=first[table_no])
