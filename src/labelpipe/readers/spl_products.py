"""The products of an SPL document: every part of every kit, its packages, and what is in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from lxml import etree

from labelpipe.model import Ingredient, Product
from labelpipe.readers.spl_markup import HL7, first_child
from labelpipe.vocabulary import load
from labelpipe.vocabulary.ndc import ndc_columns

_PRODUCT_TAGS = ("manufacturedProduct", "manufacturedMedicine", "partProduct", "partMedicine")
_SUBSTANCE_TAGS = ("ingredientSubstance", "inactiveIngredientSubstance", "activeIngredientSubstance")


@dataclass(frozen=True, slots=True)
class _Part:
    """A product or a kit's part: its own element, the one around it (with route and approval), and the kit's name."""

    product: etree._Element
    around: etree._Element
    kit: "_Part | None"


def read_products(
    subjects: Sequence[etree._Element],
) -> tuple[tuple[Product, ...], tuple[Ingredient, ...], dict[str, Any]]:
    """Return a product for each package code (one where there is none), their ingredients, and the names they state."""
    parts = [part for subject in subjects for part in _parts(subject, None)]
    products: list[Product] = []
    ingredients: list[Ingredient] = []
    for part in parts:
        contents = list(_ingredients(part.product))
        columns = _columns(part, contents)
        codes: list[str | None] = [*_package_codes(part.product)]
        for code in codes or [_code(part.product)]:
            number = len(products) + 1
            products.append(_product(number, {**columns, **ndc_columns(code)}))
            ingredients += [Ingredient(number, place, **content) for place, content in enumerate(contents, 1)]
    return tuple(products), tuple(ingredients), _names(parts, ingredients)


def _product(number: int, columns: dict[str, Any]) -> Product:
    """Make the record of the columns that the contract has."""
    return Product(product_no=number, **{name: value for name, value in columns.items() if name in _known_columns()})


@cache
def _known_columns() -> frozenset[str]:
    return frozenset(Product._fields)


def _parts(element: etree._Element, kit: _Part | None) -> Iterator[_Part]:
    """Yield the products in an element: the product, and the parts of a kit behind it."""
    for around in element:
        if _local(around) not in _PRODUCT_TAGS:
            continue
        inner = next((child for child in around if _local(child) in _PRODUCT_TAGS), None)
        part = _Part(inner, around, kit) if inner is not None else _Part(around, element, kit)
        yield part
        for child in part.product.findall(HL7 + "part"):
            yield from _parts(child, part)


def _columns(part: _Part, contents: Sequence[dict[str, Any]]) -> dict[str, Any]:
    whole = part.kit.around if part.kit else None
    columns = {
        "name": _name(part.product),
        "dosage_form": _display(first_child(part.product, "formCode")),
        "route": "; ".join(_routes(part.around)) or None,
        "marketing_status": _status(part.around) or (_status(whole) if whole is not None else None),
    }
    columns |= _approval(part.around) or (_approval(whole) if whole is not None else {})
    active = [content for content in contents if content["is_active"]]
    columns["strength_text"] = "; ".join(content["strength"] for content in active if content["strength"]) or None
    quantities = [q for q in _active_quantities(part.product) if q is not None]
    return columns | (_amounts(quantities[0]) if len(active) == len(quantities) == 1 else {})


def _names(parts: Sequence[_Part], ingredients: Sequence[Ingredient]) -> dict[str, Any]:
    """Return the brand, the generic name and the active ingredients of the label as a whole."""
    generics = (_generic(part.product) for part in parts)
    active = tuple(dict.fromkeys(one.name for one in ingredients if one.is_active))
    names = {
        "brand_name": next((name for part in parts if (name := _name(part.product))), None),
        "generic_name": next((name for name in generics if name), None),
        "active_ingredients": active,
    }
    return {name: value for name, value in names.items() if value}


def _name(product: etree._Element) -> str | None:
    """Return a product's name with its suffix, which is a word of its own unless a hyphen or a sign says otherwise."""
    name = first_child(product, "name")
    suffixes = [] if name is None else [*name.iterchildren(HL7 + "suffix")]
    suffixes += product.iterchildren(HL7 + "suffix")
    words = " ".join((name.text or "").split()) if name is not None else ""
    for suffix in filter(None, map(_words, suffixes)):
        words += suffix if suffix[0] in "-®™," or not words else f" {suffix}"
    return words or None


def _generic(product: etree._Element) -> str | None:
    return _words(product.find(f"{HL7}asEntityWithGeneric/{HL7}genericMedicine/{HL7}name"))


def _routes(around: etree._Element) -> list[str]:
    routes = around.iterfind(f"{HL7}consumedIn/{HL7}substanceAdministration/{HL7}routeCode")
    return list(dict.fromkeys(filter(None, map(_display, routes))))


def _status(around: etree._Element) -> str | None:
    status = around.find(f"{HL7}subjectOf/{HL7}marketingAct/{HL7}statusCode")
    return status.get("code") if status is not None else None


def _approval(around: etree._Element) -> dict[str, str]:
    """Return the marketing category (`NDA`, `ANDA`, ...) and the application's number."""
    approval = around.find(f"{HL7}subjectOf/{HL7}approval")
    if approval is None:
        return {}
    number = first_child(approval, "id")
    found = {
        "marketing_category": _display(first_child(approval, "code")),
        "application_number": number.get("extension") if number is not None else None,
    }
    return {name: value for name, value in found.items() if value}


def _code(product: etree._Element) -> str | None:
    code = first_child(product, "code")
    return code.get("code") if code is not None else None


def _package_codes(product: etree._Element) -> list[str]:
    """Return the codes of all packages, the innermost first, each once."""
    codes: list[str] = []
    for content in product.findall(HL7 + "asContent"):
        codes += [code for code in _codes_around(content) if code not in codes]
    return codes


def _codes_around(content: etree._Element) -> Iterator[str]:
    for package in content:
        if _local(package) in ("containerPackagedProduct", "containerPackagedMedicine"):
            if code := _code(package):
                yield code
            for outer in package.findall(HL7 + "asContent"):
                yield from _codes_around(outer)


def _ingredients(product: etree._Element) -> Iterator[dict[str, Any]]:
    for element in product:
        tag = _local(element)
        if tag not in ("ingredient", "activeIngredient", "inactiveIngredient"):
            continue
        substance = next((child for child in element if _local(child) in _SUBSTANCE_TAGS), None)
        name = _words(first_child(substance, "name")) if substance is not None else None
        if substance is None or name is None:
            continue
        active = tag == "activeIngredient" or element.get("classCode") in load("spl")["active_classes"]
        yield {"name": name, "unii": _code(substance), "is_active": active, "strength": _strength(element)}


def _active_quantities(product: etree._Element) -> Iterator[etree._Element | None]:
    for element in product:
        if _local(element) == "activeIngredient" or element.get("classCode") in load("spl")["active_classes"]:
            yield first_child(element, "quantity")


def _strength(ingredient: etree._Element) -> str | None:
    """Return the strength as attributes print: `10 mg/1`, `125 mg/5 mL`."""
    quantity = first_child(ingredient, "quantity")
    printed = [_amount(side) for side in quantity] if quantity is not None else []
    return "/".join(words for words in printed if words) or None


def _amount(side: etree._Element) -> str:
    value, unit = side.get("value", ""), side.get("unit", "1")
    return value if unit == "1" or not value else f"{value} {unit}"


def _amounts(quantity: etree._Element) -> dict[str, Any]:
    """Return the strength's columns; SPL units are UCUM already."""
    above, below = (first_child(quantity, side) for side in ("numerator", "denominator"))
    columns: dict[str, Any] = {}
    if above is not None and (value := _number(above.get("value"))) is not None:
        columns |= {"strength_value": value, "strength_unit": above.get("unit", "1")}
        if below is not None and (per := _number(below.get("value"))) is not None:
            columns |= {"strength_per_value": per, "strength_per_unit": below.get("unit", "1")}
    return columns


def _number(value: str | None) -> float | None:
    try:
        return float(value) if value else None
    except ValueError:
        return None


def _display(element: etree._Element | None) -> str | None:
    return element.get("displayName") if element is not None else None


def _words(element: etree._Element | None) -> str | None:
    return " ".join("".join(map(str, element.itertext())).split()) or None if element is not None else None


def _local(element: etree._Element) -> str:
    return element.tag.removeprefix(HL7)
