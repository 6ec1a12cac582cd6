"""What a FHIR label warns of, one ClinicalUseDefinition for each contraindication and each interaction."""

from collections.abc import Iterator
from typing import Any

from labelpipe.exports.narrative import narrative

OURS = "urn:labelpipe"

Row = dict[str, Any]
Use = tuple[str, int, Row]
"""The fact's id, the block it was read from, and the resource."""


def clinical_uses(rows: dict[str, list[Row]], product: str) -> Iterator[Use]:
    """Yield the uses of the rows of contraindications and interactions; `product` is the URN of what they are about."""
    for row in rows.get("contraindications", []):
        forbids = {"contraindication": {"diseaseSymptomProcedure": {"concept": {"text": row["item"]}}}}
        yield _use(row, "contraindication", row["contraindication_no"], product, forbids)
    for row in rows.get("interactions", []):
        warns = {"interaction": {"interactant": [{"itemCodeableConcept": {"text": row["substance"]}}]}}
        yield _use(row, "interaction", row["interaction_no"], product, warns)


def _use(row: Row, kind: str, number: int, product: str, said: Row) -> Use:
    """Return the resource: what is said, the words that say so, how strongly, and how sure it is that they do."""
    fact_id = f"{row['doc_id']}/{kind}s/{number}"
    told = [{"url": f"{OURS}:confidence", "valueDecimal": row["confidence"]}]
    if row["severity"]:
        told.append({"url": f"{OURS}:severity", "valueCode": row["severity"]})
    resource = {
        "resourceType": "ClinicalUseDefinition",
        "text": narrative(row["quote"], "additional"),
        "extension": told,
        "identifier": [{"system": f"{OURS}:fact_id", "value": fact_id}],
        "type": kind,
        "subject": [{"reference": product}],
        **said,
    }
    return fact_id, row["block_no"], resource
