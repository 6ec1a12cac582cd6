"""What could not be read with confidence, and what may be no label at all."""

import pytest

from labelpipe.extract.header import read_document
from labelpipe.extract.kinetics import read_kinetics
from labelpipe.extract.products import read_products
from labelpipe.extract.tables import cell_rows, read_grids
from labelpipe.findings.doubts import (
    abstentions,
    doubtful_products,
    doubtful_subject,
    uneven_tables,
    unknown_parameters,
    unread_kinetics,
)
from labelpipe.model import Block, Document, Facts, Finding, Source
from labelpipe.readers import read

MEDICINE = "The usual dose is one tablet a day, and a doctor should watch the blood pressure of the patient.\n" * 3
GARDEN = "Roses want sun in the morning, a deep bed of loam and a good mulch before the first frost comes.\n" * 3


def page(words: str) -> tuple[Document, tuple[Block, ...]]:
    source = Source("page.txt", words.encode())
    reading = read(source)
    return read_document(source, reading), reading.blocks


def facts_of(*lines: str) -> Facts:
    grids = read_grids(page("\n".join(lines))[1])
    return Facts(
        table_cells=cell_rows(grids),
        products=read_products(grids),
        pharmacokinetics=read_kinetics(grids, (), frozenset()),
    )


def evidence(findings: list[Finding]) -> list[tuple[str, str | None]]:
    return [(finding.rule, finding.evidence) for finding in findings]


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        (MEDICINE, []),
        (GARDEN, ["not_a_monograph"]),
        ("Brand Name\nZerbal\n" + GARDEN, []),
    ],
    ids=["a medicine", "a garden", "a garden that a header calls a drug"],
)
def test_subject(words: str, rules: list[str]) -> None:
    assert [finding.rule for finding in doubtful_subject(*page(words))] == rules


def test_language_that_the_vocabulary_does_not_know() -> None:
    document, blocks = page(MEDICINE)
    [finding] = doubtful_subject(document._replace(language="es"), blocks)
    assert (finding.rule, finding.evidence) == ("unsupported_language", "es")


def test_paragraphs_without_a_section() -> None:
    _, (first, second, third) = page(MEDICINE)
    blocks = (
        first._replace(section="dosage_and_administration"),
        second._replace(section_candidate="overdosage", section_confidence=0.3),
        third,
    )
    findings = [*abstentions(blocks)]
    assert [(f.rule, f.block_no, f.evidence) for f in findings] == [
        ("section_abstained", second.block_no, "overdosage 0.3"),
        ("section_abstained", third.block_no, None),
    ]
    assert "overdosage" in findings[0].message


def test_strength_that_could_not_be_read() -> None:
    facts = facts_of("| 50 mg/1; 12.5 mg/1 | TABLET | ORAL | 12345-678 |")
    assert evidence([*doubtful_products(facts)]) == [("unparsed_quantity", "50 mg/1; 12.5 mg/1")]


def test_code_that_is_no_ndc() -> None:
    facts = facts_of("| 5 mg/1 | TABLET | ORAL | 1234-567-89 |")
    assert evidence([*doubtful_products(facts)]) == [("invalid_ndc", "1234-567-89")]


def test_a_plain_product_raises_no_doubt() -> None:
    assert [*doubtful_products(facts_of("| 5 mg/1 | TABLET | ORAL | 12345-678 |"))] == []


def test_rows_of_different_length() -> None:
    [finding] = uneven_tables(facts_of("| A | B |", "|---|---|", "| 1 | 2 | 3 |"))
    assert (finding.rule, finding.block_no) == ("uneven_table", 1)
    assert "2 to 3 cells" in finding.message
    assert [*uneven_tables(facts_of("| A | B |", "|---|---|", "| 1 | |"))] == []


def test_unknown_row_of_a_kinetics_table() -> None:
    facts = facts_of("| Parameter | Value |", "|---|---|", "| Tmax | 2 h |", "| Half-life | 5 h |", "| Glow | 3 lux |")
    [finding] = unknown_parameters(facts)
    assert (finding.rule, finding.severity, finding.evidence, finding.block_no) == (
        "unknown_parameter",
        "info",
        "Glow",
        5,
    )


@pytest.mark.parametrize(
    "lines",
    [
        ("| Tmax | 2 h |", "| Glow | 3 lux |"),
        ("| Rash | 3% |", "| Cough | 2% |"),
        ("| Parameter | Value |", "|---|---|", "| Tmax | 2 h |", "| Half-life | 5 h |"),
    ],
    ids=["one known row is not enough", "no known row", "all rows known"],
)
def test_no_row_is_unknown(lines: tuple[str, ...]) -> None:
    assert [*unknown_parameters(facts_of(*lines))] == []


def test_a_kinetic_cell_whose_number_is_no_value() -> None:
    facts = facts_of("| Half-life | ~20% longer in the old |", "| Tmax | 2 h |", "| Metabolism | CYP2C9 |")
    assert evidence([*unread_kinetics(facts)]) == [("unparsed_quantity", "~20% longer in the old")]
