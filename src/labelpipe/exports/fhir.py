"""A label as a FHIR R5 electronic product information document: a Bundle around a Composition of coded sections.

What the pipeline inferred says so: a section carries its method and confidence as extensions of this project's own.
"""

from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from labelpipe.contract import NOTICE
from labelpipe.exports.fhir_products import ingredients, medicinal_product
from labelpipe.exports.narrative import narrative
from labelpipe.vocabulary import load

LOINC = "http://loinc.org"
OURS = "urn:labelpipe"
PACKAGE_INSERT = {"coding": [{"system": LOINC, "code": "34391-3", "display": "Human prescription drug label"}]}

Row = dict[str, Any]


def epi_bundle(document: Row, sections: list[Row], products: list[Row], contents: list[Row], built: datetime) -> Row:
    """Return the Bundle of a label, as plain JSON.

    `document` is a row of documents, the others are that document's rows of sections, products and ingredients;
    `built` is when the build was finished, and dates the document where the label has no date of its own.
    """
    at = {name: _urn(document["doc_id"], name) for name in ("composition", "organization", "product")}
    resources = [
        (at["composition"], _composition(document, sections, at, built)),
        (at["organization"], _organization(document)),
        (at["product"], medicinal_product(document, products)),
        *(
            (_urn(document["doc_id"], f"ingredient/{number}"), ingredient)
            for number, ingredient in enumerate(ingredients(contents, at["product"]), 1)
        ),
    ]
    return {
        "resourceType": "Bundle",
        "identifier": {"system": f"{OURS}:doc_id", "value": document["doc_id"]},
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
        "type": PACKAGE_INSERT,
        "subject": [{"reference": at["product"]}],
        "date": date.isoformat(),
        "author": [{"reference": at["organization"]}],
        "title": f"{name}: label as read from {document['source_path']}",
        "text": narrative(NOTICE, "generated"),
        "section": _nested(sections, None),
    }
    return _known(told)


def _nested(sections: list[Row], parent: int | None) -> list[Row]:
    """Return the sections under a section; a parent that is not there leaves its children at the top."""
    numbers = {section["section_no"] for section in sections}
    return [
        _section(section, _nested(sections, section["section_no"]))
        for section in sections
        if (section["parent_no"] if section["parent_no"] in numbers else None) == parent
    ]


def _section(section: Row, inner: list[Row]) -> Row:
    told = [{"url": f"{OURS}:section-method", "valueCode": section["section_method"]}]
    if section["section_confidence"] is not None:
        told.append({"url": f"{OURS}:section-confidence", "valueDecimal": section["section_confidence"]})
    return _known(
        {
            "extension": told,
            "title": section["title"] if (section["title"] or "").strip() else None,
            "code": _code(section),
            "text": narrative(section["text"]) if section["text"].strip() else None,
            "section": inner,
        }
    )


def _code(section: Row) -> Row | None:
    """Return the LOINC code, the source's own before that of the slug, and the slug beside it."""
    slug = section["section"]
    loinc = section["loinc"] or load("sections").get(slug, {}).get("loinc")
    codings = [{"system": LOINC, "code": loinc}] if loinc else []
    if slug:
        codings.append({"system": f"{OURS}:section", "code": slug})
    return {"coding": codings} if codings else None


def _organization(document: Row) -> Row:
    return {"resourceType": "Organization", "name": document["labeler"] or "not stated"}


def _known(told: Row) -> Row:
    """Return what is known: FHIR has no null and no empty list."""
    return {name: value for name, value in told.items() if value not in (None, [], {})}
