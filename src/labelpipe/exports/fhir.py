"""A label as a FHIR R5 electronic product information document: a Bundle around a Composition of coded sections.

What the pipeline inferred says so: a section carries its method and confidence as extensions of this project's own.
"""

from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from labelpipe.contract import NOTICE
from labelpipe.exports.fhir_products import ingredients, medicinal_product
from labelpipe.exports.fhir_sections import LOINC, Sections, known
from labelpipe.exports.fhir_uses import clinical_uses
from labelpipe.exports.narrative import narrative
from labelpipe.vocabulary import load

OURS = "urn:labelpipe"
KIND_NOT_STATED = {"text": "Drug label or monograph; its kind is not stated"}

Row = dict[str, Any]


def epi_bundle(document: Row, rows: dict[str, list[Row]], built: datetime) -> Row:
    """Return the Bundle of a label, as plain JSON.

    `document` is a row of documents, `rows` are that document's rows of other tables, by the table's name;
    `built` is when the build was finished, and dates the document where the label has no date of its own.
    """
    doc_id = document["doc_id"]
    at = {name: _urn(doc_id, name) for name in ("composition", "organization", "product")}
    uses = [(_urn(doc_id, fact_id), block_no, use) for fact_id, block_no, use in clinical_uses(rows, at["product"])]
    sections = Sections(rows, {url: block_no for url, block_no, _ in uses})
    resources = [
        (at["composition"], _composition(document, sections.nested(), at, built)),
        (at["organization"], _organization(document)),
        (at["product"], medicinal_product(document, rows.get("products", []))),
        *(
            (_urn(doc_id, f"ingredient/{number}"), ingredient)
            for number, ingredient in enumerate(ingredients(rows.get("ingredients", []), at["product"]), 1)
        ),
        *((url, use) for url, _, use in uses),
    ]
    return {
        "resourceType": "Bundle",
        "identifier": {"system": f"{OURS}:doc_id", "value": doc_id},
        "type": "document",
        "timestamp": built.astimezone(UTC).isoformat(timespec="seconds"),
        "entry": [{"fullUrl": url, "resource": resource} for url, resource in resources],
    }


def _urn(doc_id: str, name: str) -> str:
    """Return the same URN for the same part of the same document, always."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{OURS}:{doc_id}/{name}')}"


def _composition(document: Row, sections: list[Row], at: dict[str, str], built: datetime) -> Row:
    name = document["brand_name"] or document["generic_name"] or document["label_id"]
    date = document["effective_date"] or built.astimezone(UTC).date()
    told = {
        "resourceType": "Composition",
        "identifier": [{"system": f"{OURS}:label_id", "value": document["label_id"]}],
        "version": document["label_version"],
        "status": "unknown",
        "language": document["language"],
        "type": type_of(document),
        "subject": [{"reference": at["product"]}],
        "date": date.isoformat(),
        "author": [{"reference": at["organization"]}],
        "title": f"{name}: label as read from {document['source_path']}",
        "text": narrative(NOTICE, "generated"),
        "section": sections,
    }
    return known(told)


def type_of(document: Row) -> Row:
    """Return what kind of label the source says it is; none is guessed where it says nothing."""
    stated = document["document_type"]
    if not stated:
        return KIND_NOT_STATED
    names = load("spl")["document_types"]
    name = " ".join(stated.upper().split())
    code = names.get(name) or names.get(name.removesuffix(" LABEL")) or (stated if stated in names.values() else None)
    return {"coding": [{"system": LOINC, "code": code}], "text": stated} if code else {"text": stated}


def _organization(document: Row) -> Row:
    return {"resourceType": "Organization", "name": document["labeler"] or "not stated"}
