"""A label as a FHIR R5 document: accepted by fhir.resources, its words those of the label, its markup harmless."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.bundle import Bundle
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from samples import make_label, publish

from labelpipe.errors import QueryError
from labelpipe.exports.fhir import epi_bundle
from labelpipe.exports.fhir_products import ingredients
from labelpipe.exports.labels import export_labels
from labelpipe.exports.narrative import narrative

XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    publish([make_label("Lorvel"), make_label("<script>alert(1)</script>")], folder)
    return folder


def resources(bundle: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    found = [entry["resource"] for entry in bundle["entry"]]
    return [resource for resource in found if resource["resourceType"] == kind]


def test_every_sample_becomes_a_document_that_fhir_resources_accepts(built: Path) -> None:
    labels = list(export_labels(built / "output", ()))
    assert len(labels) >= 10
    for _, words in labels:
        assert Bundle.model_validate_json(words).type == "document"
        entries = json.loads(words)["entry"]
        composition = entries[0]["resource"]
        assert composition["resourceType"] == "Composition"
        urls = {entry["fullUrl"] for entry in entries}
        assert {composition["author"][0]["reference"], composition["subject"][0]["reference"]} <= urls


def test_sections_are_coded_and_say_how_sure_they_are(output: Path) -> None:
    ((_, words),) = export_labels(output, ("Lorvel",))
    (composition,) = resources(json.loads(words), "Composition")
    first, second = composition["section"]
    assert first["title"] == "Uses"
    assert first["code"]["coding"] == [
        {"system": "http://loinc.org", "code": "34067-9"},
        {"system": "urn:labelpipe:section", "code": "indications_and_usage"},
    ]
    assert second["code"]["coding"] == [{"system": "urn:labelpipe:section", "code": "faq"}]
    assert second["extension"] == [
        {"url": "urn:labelpipe:section-method", "valueCode": "inferred"},
        {"url": "urn:labelpipe:section-confidence", "valueDecimal": 0.9},
    ]
    assert "not medical advice" in composition["text"]["div"]


def test_the_product_and_its_ingredient_are_there(output: Path) -> None:
    ((_, words),) = export_labels(output, ("Lorvel",))
    (product,) = resources(json.loads(words), "MedicinalProductDefinition")
    (ingredient,) = resources(json.loads(words), "Ingredient")
    assert product["identifier"] == [{"system": "http://hl7.org/fhir/sid/ndc", "value": "12345-678"}]
    assert product["combinedPharmaceuticalDoseForm"] == {"text": "TABLET"}
    assert ingredient["substance"]["code"]["concept"]["text"] == "Lorvatine"


def test_the_same_build_gives_the_same_document(output: Path) -> None:
    assert list(export_labels(output, ())) == list(export_labels(output, ()))


def test_a_document_of_no_name_is_told(output: Path) -> None:
    with pytest.raises(QueryError, match="label_overview"):
        list(export_labels(output, ("Nothing",)))


def test_script_in_a_label_is_text(output: Path) -> None:
    ((_, words),) = export_labels(output, ("<script>alert(1)</script>",))
    Bundle.model_validate_json(words)
    (composition,) = resources(json.loads(words), "Composition")
    div = etree.fromstring(composition["section"][0]["text"]["div"])
    assert {element.tag for element in div.iter()} == {f"{XHTML}div", f"{XHTML}p"}
    assert "<script>" in "".join(map(str, div.itertext()))


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_words_become_xhtml_of_paragraphs_and_nothing_else(words: str) -> None:
    div = etree.fromstring(narrative(words)["div"])
    assert div.tag == f"{XHTML}div"
    assert {child.tag for child in div} == {f"{XHTML}p"}
    assert all(not element.attrib for element in div.iter())


def section(number: int, parent: int | None) -> dict[str, Any]:
    told = {"section_no": number, "parent_no": parent, "title": f"Title {number}", "text": "Words.", "section": None}
    return {**told, "loinc": None, "section_method": "stated", "section_confidence": None}


def test_sections_are_nested_as_the_outline_is() -> None:
    document = {"doc_id": "0" * 16, "brand_name": "Lorvel", "generic_name": None, "label_id": "lorvel"}
    document |= {"effective_date": None, "label_version": None, "language": None, "source_path": "a", "labeler": None}
    sections = [section(1, None), section(2, 1), section(3, 2), section(4, None)]
    bundle = epi_bundle(document, sections, [], [], datetime(2026, 1, 1, tzinfo=UTC))
    Bundle.model_validate(bundle)
    outline = bundle["entry"][0]["resource"]["section"]
    assert [one["title"] for one in outline] == ["Title 1", "Title 4"]
    assert outline[0]["section"][0]["section"][0]["title"] == "Title 3"


def test_an_ingredient_of_several_products_is_told_once() -> None:
    row = {"name": "Water", "unii": None, "is_active": False, "strength": None}
    assert len(ingredients([row, row, {**row, "is_active": True}], "urn:uuid:x")) == 2
