"""What travels between the stages: plain, frozen records, one for each row of a table.

The field names are the column names of the contract (less `doc_id`, which a row gets when it leaves the document), so
that `contract.rows` turns records into frames without a mapping in between. Offsets count code points in the
document's text; `_no` counts from 1 within the document.

What is a row is a named tuple: a document has hundreds of them, and no other frozen record is made as fast. One with
other values is `record._replace(...)`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, NamedTuple

from labelpipe.errors import UnreadableSource


@dataclass(frozen=True, slots=True)
class Source:
    """One document as it was given: its bytes and where they came from."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Unopened:
    """What should have been a document, and why its bytes cannot be had."""

    path: str
    error: UnreadableSource


class Block(NamedTuple):
    """A piece of the source with its place in the text, what it is (`kind`), and, once placed, its section."""

    block_no: int
    kind: str
    text: str
    char_start: int
    char_end: int
    locator: str
    field: str | None = None
    section: str | None = None
    section_candidate: str | None = None
    section_method: str = "none"
    section_confidence: float | None = None
    section_evidence: str | None = None
    population: str | None = None
    topic: str | None = None

    def placed(
        self,
        section: str | None,
        candidate: str | None,
        method: str,
        confidence: float | None,
        evidence: str | None,
        population: str | None,
        topic: str | None,
    ) -> "Block":
        """Return the block with its section. (`_replace` takes three times as long, and every block is placed.)"""
        return Block(*self[:7], section, candidate, method, confidence, evidence, population, topic)

    def quoted(self, start: int = 0, end: int | None = None) -> dict[str, Any]:
        """Return the columns of a fact that quote the block, or its code points from `start` to `end`."""
        words = self.text[start:end]
        first = self.char_start + start
        place = {"block_no": self.block_no, "char_start": first, "char_end": first + len(words)}
        return {**place, "quote": words}


class Finding(NamedTuple):
    """Something that the reader of this data should know."""

    rule: str
    severity: str
    message: str
    block_no: int | None = None
    char_start: int | None = None
    char_end: int | None = None
    evidence: str | None = None
    finding_no: int = 0
    quote: str | None = None


HIGHLIGHTS = "highlights"
"""What the words of a label's first page go by, beside the slugs of its sections."""


class Form(NamedTuple):
    """One of several documents of the same label: the words of its stated sections, by slug, and its highlights."""

    doc_id: str
    set_id: str
    label_version: str | None
    source_path: str
    source_format: str
    words: Mapping[str, str]


class OtherLabel(NamedTuple):
    """Where another label of the same active ingredients and routes says something else: what, and where it stands."""

    doc_id: str
    rule: str
    said: str | None
    other_said: str
    other_path: str
    subject: str | None = None
    block_no: int | None = None
    char_start: int | None = None
    char_end: int | None = None
    quote: str | None = None


class Document(NamedTuple):
    """The label as a whole: identity, origin, and what its header says."""

    label_id: str
    source_path: str
    source_format: str
    source_sha256: str
    source_bytes: int
    source_tier: str
    brand_name: str | None = None
    generic_name: str | None = None
    active_ingredients: tuple[str, ...] = ()
    pharm_class: str | None = None
    pharm_class_type: str | None = None
    labeler: str | None = None
    document_type: str | None = None
    set_id: str | None = None
    label_version: str | None = None
    effective_date: date | None = None
    declared_products: int | None = None
    language: str | None = None
    parser_version: str = ""


class Section(NamedTuple):
    """One entry of the label's outline, with the words of the blocks it gathers."""

    section_no: int
    parent_no: int | None
    depth: int
    section: str | None
    loinc: str | None
    title: str | None
    text: str
    block_nos: tuple[int, ...]
    section_method: str
    section_confidence: float | None


class Table(NamedTuple):
    """A table's shape; its cells are `TableCell`s."""

    table_no: int
    section: str | None
    caption: str | None
    n_rows: int
    n_columns: int
    n_header_rows: int


class TableCell(NamedTuple):
    """One cell as printed, at its place in the logical grid."""

    table_no: int
    row_no: int
    column_no: int
    text: str
    block_no: int
    is_header: bool = False
    header_path: tuple[str, ...] = ()
    row_span: int = 1
    column_span: int = 1
    footnotes: tuple[str, ...] = ()


class Faq(NamedTuple):
    """An answer with its question, as the source states it or as it can be inferred."""

    faq_no: int
    question: str | None
    inferred_question: str | None
    question_method: str
    intent: str
    intent_confidence: float
    answer: str
    block_no: int
    char_start: int
    char_end: int
    section: str | None


class Product(NamedTuple):
    """One product the label covers. Units are UCUM. What a source's own data says, and no words, has no quote."""

    product_no: int
    name: str | None = None
    strength_text: str | None = None
    strength_value: float | None = None
    strength_unit: str | None = None
    strength_per_value: float | None = None
    strength_per_unit: str | None = None
    dosage_form: str | None = None
    route: str | None = None
    ndc: str | None = None
    ndc_labeler: str | None = None
    ndc_product: str | None = None
    ndc_package: str | None = None
    ndc11: str | None = None
    ndc12: str | None = None
    marketing_category: str | None = None
    application_number: str | None = None
    marketing_status: str | None = None
    block_no: int | None = None
    char_start: int | None = None
    char_end: int | None = None
    quote: str | None = None
    method: str = "stated"
    confidence: float = 1.0
    dosage_form_term: str | None = None
    dosage_form_code: str | None = None
    route_term: str | None = None
    route_code: str | None = None

    @property
    def known_route(self) -> str | None:
        """The route as the FDA's terms for it, else as the source says it."""
        return self.route_term or self.route


class Ingredient(NamedTuple):
    """An ingredient of a product. What a source's own data says, and no words, has no quote."""

    product_no: int
    ingredient_no: int
    name: str
    unii: str | None = None
    is_active: bool = True
    strength: str | None = None
    block_no: int | None = None
    char_start: int | None = None
    char_end: int | None = None
    quote: str | None = None
    method: str = "stated"
    confidence: float = 1.0


class Pharmacokinetic(NamedTuple):
    """One value of one kinetic parameter, with the words it was read from."""

    pk_no: int
    parameter: str
    text: str
    comparator: str | None = None
    value_low: float | None = None
    value_high: float | None = None
    value_mean: float | None = None
    value_sd: float | None = None
    unit: str | None = None
    qualifiers: tuple[str, ...] = ()
    population: str | None = None
    route: str | None = None
    dose_value: float | None = None
    dose_unit: str | None = None
    table_no: int | None = None
    row_no: int | None = None
    block_no: int | None = None
    char_start: int | None = None
    char_end: int | None = None
    quote: str | None = None
    method: str = "table"
    confidence: float | None = None


class BoxedWarning(NamedTuple):
    """Whether there is a boxed warning, for one route or for the whole label, and the words that say so."""

    boxed_warning_no: int
    scope_route: str | None
    state: str
    block_no: int | None = None
    char_start: int | None = None
    char_end: int | None = None
    quote: str | None = None
    method: str | None = None
    confidence: float | None = None


class Adjustment(NamedTuple):
    """Whether the dose changes where an organ is weak, and the words that say so."""

    adjustment_no: int
    organ: str
    state: str
    condition: str | None = None
    block_no: int | None = None
    char_start: int | None = None
    char_end: int | None = None
    quote: str | None = None
    method: str | None = None
    confidence: float | None = None


class Contraindication(NamedTuple):
    """A condition, a medicine or a history that forbids the drug, as printed, and the words that say so."""

    contraindication_no: int
    item: str
    severity: str
    block_no: int
    char_start: int
    char_end: int
    quote: str
    method: str
    confidence: float


class Interaction(NamedTuple):
    """Another substance the drug interacts with, as printed, and how strongly the words warn."""

    interaction_no: int
    substance: str
    severity: str | None
    severity_text: str | None
    block_no: int
    char_start: int
    char_end: int
    quote: str
    method: str
    confidence: float


class Classification(NamedTuple):
    """A class that regulators put the drug in, such as a pregnancy category, and the words that say so."""

    classification_no: int
    kind: str
    value: str
    block_no: int
    char_start: int
    char_end: int
    quote: str
    method: str
    confidence: float


class Dose(NamedTuple):
    """An amount to be given, for whom and how often, with the words it was read from. Units are UCUM."""

    dose_no: int
    population: str | None
    route: str | None
    kind: str | None
    value_low: float | None
    value_high: float | None
    unit: str
    per: str | None
    frequency: str | None
    product_no: int | None
    block_no: int
    char_start: int
    char_end: int
    quote: str
    route_method: str | None = None
    duration: str | None = None
    indication: str | None = None
    age_low_years: float | None = None
    age_high_years: float | None = None
    weight_low_kg: float | None = None
    weight_high_kg: float | None = None
    crcl_low_ml_min: float | None = None
    crcl_high_ml_min: float | None = None
    hepatic_class: str | None = None
    table_no: int | None = None
    row_no: int | None = None
    method: str = "prose"
    confidence: float | None = None


class StatedSection(NamedTuple):
    """A section as a structured source states it: its code, its title, and the blocks that stand directly in it."""

    section_no: int
    parent_no: int | None
    depth: int
    code: str | None
    title: str | None
    block_nos: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of a source: the text every offset counts in, its blocks, and the reader's own findings.

    Formats that state more than words fill the rest: their sections, tables and products, and in `stated`, by name,
    columns of the documents row (set_id, effective_date, brand_name, ...).
    """

    source_format: str
    text: str
    blocks: tuple[Block, ...]
    language: str | None
    findings: tuple[Finding, ...] = ()
    stated: Mapping[str, Any] = field(default_factory=dict)
    stated_sections: tuple[StatedSection, ...] = ()
    tables: tuple[Table, ...] = ()
    table_cells: tuple[TableCell, ...] = ()
    products: tuple[Product, ...] = ()
    ingredients: tuple[Ingredient, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What `extract` reads from placed blocks."""

    tables: tuple[Table, ...] = ()
    table_cells: tuple[TableCell, ...] = ()
    faqs: tuple[Faq, ...] = ()
    products: tuple[Product, ...] = ()
    ingredients: tuple[Ingredient, ...] = ()
    pharmacokinetics: tuple[Pharmacokinetic, ...] = ()
    boxed_warnings: tuple[BoxedWarning, ...] = ()
    contraindications: tuple[Contraindication, ...] = ()
    interactions: tuple[Interaction, ...] = ()
    classifications: tuple[Classification, ...] = ()
    doses: tuple[Dose, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """One document, parsed: everything a build would write about it."""

    doc_id: str
    document: Document
    text: str
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    facts: Facts
    findings: tuple[Finding, ...] = field(default=())

    def as_dict(self) -> dict[str, Any]:
        """Return the label as dicts and lists that `json.dumps` takes: a list of rows for each table, by its name."""
        document = self.document._asdict()
        dated = document["effective_date"]
        rows: dict[str, tuple[Any, ...]] = {"blocks": self.blocks, "sections": self.sections, "findings": self.findings}
        rows |= {table.name: getattr(self.facts, table.name) for table in fields(self.facts)}
        return {
            "doc_id": self.doc_id,
            "document": {**document, "effective_date": dated.isoformat() if dated else None},
            "text": self.text,
            **{name: [row._asdict() for row in told] for name, told in rows.items()},
        }


class Reject(NamedTuple):
    """A document or a row that was not loaded, and why."""

    source_path: str | None
    doc_id: str | None
    table_name: str
    rule: str
    column_name: str | None
    value: str | None
    row_json: str | None
    message: str


RECORDS: Mapping[str, type[NamedTuple]] = {
    "documents": Document,
    "blocks": Block,
    "sections": Section,
    "tables": Table,
    "table_cells": TableCell,
    "faqs": Faq,
    "products": Product,
    "ingredients": Ingredient,
    "pharmacokinetics": Pharmacokinetic,
    "boxed_warnings": BoxedWarning,
    "contraindications": Contraindication,
    "interactions": Interaction,
    "classifications": Classification,
    "doses": Dose,
    "adjustments": Adjustment,
    "findings": Finding,
    "rejects": Reject,
}
"""The record of each table; a text is a label's own, and units and a run have none."""
