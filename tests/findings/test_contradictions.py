"""Where the words disagree with the products, or with themselves."""

import pytest

from labelpipe.extract.boxed_warnings import read_boxed_warnings
from labelpipe.extract.doses import read_doses
from labelpipe.extract.header import read_document
from labelpipe.extract.products import read_products
from labelpipe.extract.tables import read_grids
from labelpipe.findings.contradictions import boxed_warning_by_route
from labelpipe.findings.route_mismatch import route_mismatches
from labelpipe.model import Facts, Finding, Source
from labelpipe.readers import read

HEADER = "Brand Name\nZerbal\nActive Ingredient\nZerbaline\n"
PUMP = "| 500 ug/mL | INJECTION, SOLUTION | INTRATHECAL | 12345-678 |\n"


def mismatches(words: str, section: str | None = None, product: str = PUMP) -> list[Finding]:
    source = Source("zerbal.txt", (HEADER + product + words).encode())
    reading = read(source)
    blocks = tuple(b._replace(section=section) if b.kind == "paragraph" else b for b in reading.blocks)
    products = read_products(read_grids(blocks))
    facts = Facts(products=products, doses=read_doses(blocks, products))
    return [*route_mismatches(read_document(source, reading), blocks, facts)]


def test_the_drug_is_named_with_a_route_no_product_has() -> None:
    [finding] = mismatches("Oral zerbaline is taken with food.")
    assert (finding.rule, finding.severity, finding.evidence) == ("route_mismatch", "warning", "ORAL")
    assert "INTRATHECAL" in finding.message


def test_a_foreign_route_among_the_doses() -> None:
    assert [f.evidence for f in mismatches("Swallow it by mouth at noon.", "dosage_and_administration")] == ["ORAL"]


@pytest.mark.parametrize(
    "words",
    [
        "Intrathecal zerbaline is given by a pump.",
        "Zerbaline comes first. Morphine is swallowed whole.",
        "Zerbaline is held, and intravenous fluids are given.",
        "Vitamin K is put into a vein after bleeding.",
        "Rest well afterwards.",
        "Zerbaline must not be given intravenously.",
        "Zerbaline is no substitute for oral morphine.",
        "Hold zerbaline in people treated with linezolid or intravenous methylene blue.",
        "In a study of volunteers, oral zerbaline was measured in the blood.",
        "With zerbaline, oral nutrition is kept up.",
    ],
)
def test_own_routes_and_other_drugs_routes_are_no_mismatch(words: str) -> None:
    assert mismatches(words) == []


@pytest.mark.parametrize(
    "words",
    [
        "Switch from oral zerbaline two days before.",
        "Zerbaline tablets should be swallowed whole.",
        "Begin with one oral dose of zerbaline.",
        "Morphine aside, zerbaline is taken by mouth.",
    ],
)
def test_the_drug_by_another_route(words: str) -> None:
    assert [f.evidence for f in mismatches(words)] == ["ORAL"]


def test_a_list_of_what_must_not_be_done_is_no_mismatch() -> None:
    section = "dosage_and_administration"
    words = "Never use the pump's liquid like this:\n- Swallow it by mouth\n"
    source = Source("zerbal.txt", (HEADER + PUMP + words).encode())
    blocks = tuple(b._replace(section=section) for b in read(source).blocks)
    facts = Facts(products=read_products(read_grids(blocks)))
    assert not [*route_mismatches(read_document(source, read(source)), blocks, facts)]


def test_without_products_nothing_can_disagree() -> None:
    assert mismatches("Oral zerbaline is taken with food.", product="") == []


def test_a_dose_without_a_route_is_doubtful_beside_a_foreign_route() -> None:
    words = "Begin with 5 mg daily.\nOral zerbaline tablets are swallowed whole.\n"
    findings = mismatches(words, "dosage_and_administration")
    assert [finding.evidence for finding in findings] == ["ORAL", "route not named; page: ORAL"]


def contradiction(words: str) -> list[Finding]:
    blocks = read(Source("zerbal.txt", (HEADER + words).encode())).blocks
    return [*boxed_warning_by_route(Facts(boxed_warnings=read_boxed_warnings(blocks)))]


def test_a_boxed_warning_for_one_route_and_not_for_another() -> None:
    page = "Intrathecal zerbaline has a boxed warning.\nOral zerbaline has no boxed warning.\n"
    [finding] = contradiction(page)
    assert (finding.rule, finding.severity) == ("boxed_warning_by_route", "warning")
    assert "INTRATHECAL" in finding.message
    assert "ORAL" in finding.message
    assert finding.evidence == " | ".join(page.splitlines())


def test_a_boxed_warning_for_the_label_and_not_for_a_route() -> None:
    [finding] = contradiction("Zerbal has a boxed warning.\nOral zerbaline has no boxed warning.\n")
    assert "the label as a whole" in finding.message


@pytest.mark.parametrize("words", ["Zerbal has a boxed warning.", "Zerbal has no boxed warning.", "Rest well."])
def test_one_state_is_no_contradiction(words: str) -> None:
    assert contradiction(words) == []


def test_a_tablet_for_under_the_tongue_is_not_oral() -> None:
    product = "| 0.4 mg/1 | TABLET | SUBLINGUAL | 12345-678 |\n"
    assert mismatches("Put a zerbaline tablet under your tongue.", product=product) == []
    assert [f.evidence for f in mismatches("Oral zerbaline is another matter.", product=product)] == ["ORAL"]


def test_an_infection_that_is_breathed_in_is_no_route() -> None:
    tablet = "| 5 mg/1 | TABLET | ORAL | 12345-678 |\n"
    assert mismatches("Zerbaline is taken for inhalational anthrax.", "dosage_and_administration", tablet) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Zerbaline is never swallowed whole; oral zerbaline is another product.", 1),
        ("Give 5 mg oral axitinib too.", 0),
    ],
)
def test_a_regulators_label_counts_where_it_names_the_drug(words: str, found: int) -> None:
    text = HEADER + PUMP + words + "\nBegin with 5 mg daily."
    source = Source("zerbal.txt", text.encode())
    reading = read(source)
    blocks = tuple(b._replace(section="dosage_and_administration") for b in reading.blocks)
    products = read_products(read_grids(reading.blocks))
    facts = Facts(products=products, doses=read_doses(blocks, products))
    document = read_document(source, reading)._replace(source_tier="regulator")
    assert [f.evidence for f in route_mismatches(document, blocks, facts)] == ["ORAL"] * found
