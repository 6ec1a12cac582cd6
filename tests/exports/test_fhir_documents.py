"""A label as a FHIR R5 document: accepted by fhir.resources, its words those of the label, its markup harmless."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from fhir.resources.bundle import Bundle
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from samples import make_label, publish

from labelpipe.errors import QueryError
from labelpipe.exports.fhir import epi_bundle, type_of
from labelpipe.exports.fhir_products import ingredients
from labelpipe.exports.labels import export_labels
from labelpipe.exports.narrative import narrative
from labelpipe.exports.passages import passages

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


@given(st.lists(st.tuples(st.sampled_from(["paragraph", "list_item", "callout", "table_row"]), st.text(max_size=30))))
def test_any_blocks_become_xhtml_that_fhir_allows(said: list[tuple[str, str]]) -> None:
    blocks = [{"block_no": number, "kind": kind, "text": words} for number, (kind, words) in enumerate(said, 1)]
    div = etree.fromstring(passages(blocks, {})["div"])
    allowed = {"div", "p", "ul", "li", "br", "blockquote"}
    assert {element.tag for element in div.iter()} <= {f"{XHTML}{tag}" for tag in allowed}


def test_a_table_of_a_label_is_a_table_with_its_heads_and_spans(built: Path) -> None:
    div = told_of(built, "levothyroxine_spl.xml", "Table 1. Daily amount by age")
    (table,) = div.iter(f"{XHTML}table")
    rows = [[(etree.QName(cell).localname, words_of(cell)) for cell in row] for row in table.iter(f"{XHTML}tr")]
    assert rows[0] == [("th", "Age"), ("th", "Daily dose per kilogram of body weight")]
    assert rows[1][0] == ("td", "0 to 3 months")
    assert len(rows) == 8


def test_a_list_of_a_label_is_a_list_without_its_markers(built: Path) -> None:
    div = told_of(built, "cozaar_lists_only.txt", "Diabetes treated with aliskiren")
    items = [words_of(item) for item in div.iter(f"{XHTML}li")]
    assert "Diabetes treated with aliskiren" in items


def test_all_words_of_all_sections_are_in_their_narrative(built: Path) -> None:
    with duckdb.connect(str(built / "output/labels.duckdb"), read_only=True) as con:
        texts = con.execute("SELECT doc_id, text FROM sections WHERE trim(text) <> '' ORDER BY doc_id, section_no")
        stated: dict[str, list[str]] = {}
        for doc_id, text in texts.fetchall():
            stated.setdefault(doc_id, []).append(text)
    for doc_id, words in export_labels(built / "output", ()):
        divs = [etree.fromstring(div) for div in narratives(json.loads(words))]
        told = sorted(bare(words_of(div)) for div in divs)
        assert told == sorted(map(bare, stated.get(doc_id, [])))


def test_what_forbids_the_drug_and_what_it_interacts_with_are_uses_of_the_product(output: Path) -> None:
    ((_, words),) = export_labels(output, ("Lorvel",))
    bundle = json.loads(words)
    uses = {use["type"]: use for use in resources(bundle, "ClinicalUseDefinition")}
    assert set(uses) == {"contraindication", "interaction"}
    forbidden = uses["contraindication"]["contraindication"]["diseaseSymptomProcedure"]["concept"]["text"]
    with duckdb.connect(str(output / "labels.duckdb"), read_only=True) as con:
        [[item, doc_id]] = con.execute(
            "SELECT item, doc_id FROM contraindications JOIN documents USING (doc_id) WHERE brand_name = 'Lorvel'"
        ).fetchall()
    assert forbidden == item
    assert uses["contraindication"]["identifier"][0]["value"] == f"{doc_id}/contraindications/1"
    entries = {entry["fullUrl"]: entry["resource"] for entry in bundle["entry"]}
    (composition,) = resources(bundle, "Composition")
    referenced = [one["reference"] for told in composition["section"] for one in told.get("entry", [])]
    assert {entries[url]["type"] for url in referenced} == {"contraindication", "interaction"}


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ("HUMAN PRESCRIPTION DRUG LABEL", "34391-3"),
        ("Human Prescription Drug Label with Highlights", "45129-4"),
        ("HUMAN OTC DRUG", "34390-5"),
        ("34390-5", "34390-5"),
        ("VACCINE LABEL", "53404-0"),
        ("A LEAFLET", None),
        (None, None),
    ],
)
def test_a_label_is_of_the_kind_that_it_says(stated: str | None, code: str | None) -> None:
    told = type_of({"document_type": stated})
    assert [coding["code"] for coding in told.get("coding", [])] == ([code] if code else [])
    assert told["text"] == stated or stated is None


def told_of(built: Path, path: str, words: str) -> etree._Element:
    """Return the narrative of a sample that has these words."""
    ((_, bundle),) = export_labels(built / "output", (path,))
    found = [div for div in narratives(json.loads(bundle)) if words in div]
    return etree.fromstring(found[0])


def words_of(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))


def narratives(bundle: dict[str, Any]) -> list[str]:
    """Return the narrative of every section of a Composition."""

    def within(sections: list[dict[str, Any]]) -> list[str]:
        own = [section["text"]["div"] for section in sections if "text" in section]
        return own + [div for section in sections for div in within(section.get("section", []))]

    (composition,) = resources(bundle, "Composition")
    return within(composition.get("section", []))


def bare(words: str) -> str:
    """Return the letters and digits, for markup stands for bullets and bars."""
    return re.sub(r"[\W_]", "", words)


def section(number: int, parent: int | None) -> dict[str, Any]:
    told = {"section_no": number, "parent_no": parent, "title": f"Title {number}", "text": "Words.", "section": None}
    return {**told, "block_nos": [number], "loinc": None, "section_method": "stated", "section_confidence": None}


def test_sections_are_nested_as_the_outline_is() -> None:
    document = {"doc_id": "0" * 16, "brand_name": "Lorvel", "generic_name": None, "label_id": "lorvel"}
    document |= {"effective_date": None, "label_version": None, "language": None, "source_path": "a", "labeler": None}
    document |= {"document_type": None}
    sections = [section(1, None), section(2, 1), section(3, 2), section(4, None)]
    bundle = epi_bundle(document, {"sections": sections}, datetime(2026, 1, 1, tzinfo=UTC))
    Bundle.model_validate(bundle)
    outline = bundle["entry"][0]["resource"]["section"]
    assert [one["title"] for one in outline] == ["Title 1", "Title 4"]
    assert outline[0]["section"][0]["section"][0]["title"] == "Title 3"


def test_an_ingredient_of_several_products_is_told_once() -> None:
    row = {"name": "Water", "unii": None, "is_active": False, "strength": None}
    assert len(ingredients([row, row, {**row, "is_active": True}], "urn:uuid:x")) == 2
