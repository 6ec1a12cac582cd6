"""What was made of a document: how a row of each table is told in a line, and where its words are."""

from dataclasses import dataclass

from labelpipe.report.rows import WANTED

_AMOUNT = """CASE
    WHEN value_low = value_high THEN format('{:.10g}', value_low)
    WHEN value_low IS NULL AND value_high IS NOT NULL THEN format('up to {:.10g}', value_high)
    WHEN value_high IS NULL AND value_low IS NOT NULL THEN format('from {:.10g}', value_low)
    WHEN value_low IS NOT NULL THEN format('{:.10g}–{:.10g}', value_low, value_high)
END"""
_SAID = "replace({}, '_', ' ')"


@dataclass(frozen=True, slots=True)
class FactTable:
    """A table of facts: SQL expressions that tell a row in a few words, and whether the row has a span."""

    title: str
    number: str
    headline: str
    details: str
    has_span: bool = True
    has_confidence: bool = True


FACT_TABLES = {
    "boxed_warnings": FactTable(
        "Boxed warning", "boxed_warning_no", _SAID.format("state"), "coalesce(scope_route, 'the whole label')"
    ),
    "doses": FactTable(
        "Doses",
        "dose_no",
        f"concat_ws(' ', {_AMOUNT}, unit, 'per ' || per)",
        "concat_ws(' · ', kind, replace(population, '_', ' '), route, frequency, duration, indication)",
    ),
    "adjustments": FactTable(
        "Kidneys and liver", "adjustment_no", "concat_ws(': ', organ, replace(state, '_', ' '))", "condition"
    ),
    "contraindications": FactTable("Contraindications", "contraindication_no", "item", "severity"),
    "interactions": FactTable(
        "Interactions",
        "interaction_no",
        "substance",
        "concat_ws(' · ', replace(severity, '_', ' '), "
        "CASE WHEN lower(severity_text) <> severity THEN severity_text END)",
    ),
    "classifications": FactTable("Classes", "classification_no", "value", _SAID.format("kind")),
    "pharmacokinetics": FactTable(
        "Pharmacokinetics",
        "pk_no",
        "concat_ws(': ', replace(parameter, '_', ' '), text)",
        "concat_ws(' · ', nullif(array_to_string(qualifiers, ', '), ''), replace(population, '_', ' '), route)",
    ),
    "products": FactTable(
        "Products",
        "product_no",
        "concat_ws(' ', name, strength_text, lower(dosage_form))",
        "concat_ws(' · ', route, 'NDC ' || ndc, marketing_status)",
    ),
    "faqs": FactTable(
        "Questions",
        "faq_no",
        "coalesce(question, inferred_question, 'a question that was lost')",
        "concat_ws(' · ', replace(intent, '_', ' '), 'question ' || question_method)",
        has_span=False,
        has_confidence=False,
    ),
}
"""In the order in which a page shows them."""


def facts_sql(name: str) -> str:
    """Return the statement that reads documents' rows of a table of facts; $1 is the list of their ids."""
    table = FACT_TABLES[name]
    number, headline, details = table.number, table.headline, table.details
    span = "char_start, char_end" if table.has_span else "NULL AS char_start, NULL AS char_end"
    sure = "confidence" if table.has_confidence else "NULL AS confidence"
    return (
        f"SELECT doc_id, {number} AS no, {headline} AS headline, {details} AS details, block_no, {span}, {sure} "
        f"FROM {name} WHERE {WANTED} ORDER BY {number}"
    )
