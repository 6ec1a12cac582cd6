"""The medicinal product of a FHIR label, and what it is made of."""

from typing import Any

UNII = "http://fdasis.nlm.nih.gov"
NDC = "http://hl7.org/fhir/sid/ndc"
INGREDIENT_ROLE = "http://hl7.org/fhir/ingredient-role"

Row = dict[str, Any]


def medicinal_product(document: Row, products: list[Row]) -> Row:
    """Return a MedicinalProductDefinition: names, NDCs, dosage forms and routes as the label prints them."""
    names = [document["brand_name"], document["generic_name"], *(product["name"] for product in products)]
    said = list(dict.fromkeys(name for name in names if name)) or [document["label_id"]]
    told: Row = {
        "resourceType": "MedicinalProductDefinition",
        "identifier": [{"system": NDC, "value": ndc} for ndc in _distinct(products, "ndc")],
        "name": [{"productName": name} for name in said],
        "route": [{"text": route} for route in _distinct(products, "route")],
    }
    forms = _distinct(products, "dosage_form")
    if len(forms) == 1:
        told["combinedPharmaceuticalDoseForm"] = {"text": forms[0]}
    return {name: value for name, value in told.items() if value}


def ingredients(contents: list[Row], product: str) -> list[Row]:
    """Return an Ingredient for each row of ingredients, once for each substance, role and strength."""
    made = {(row["unii"] or row["name"], row["is_active"], row["strength"]): row for row in reversed(contents)}
    return [_ingredient(row, product) for row in reversed(made.values())]


def _ingredient(row: Row, product: str) -> Row:
    concept: Row = {"text": row["name"]}
    if row["unii"]:
        concept["coding"] = [{"system": UNII, "code": row["unii"], "display": row["name"]}]
    substance: Row = {"code": {"concept": concept}}
    if row["strength"]:
        substance["strength"] = [{"textPresentation": row["strength"]}]
    role = "active" if row["is_active"] else "inactive"
    return {
        "resourceType": "Ingredient",
        "status": "active",
        "for": [{"reference": product}],
        "role": {"coding": [{"system": INGREDIENT_ROLE, "code": role}], "text": role},
        "substance": substance,
    }


def _distinct(rows: list[Row], column: str) -> list[str]:
    return list(dict.fromkeys(row[column] for row in rows if row[column]))
