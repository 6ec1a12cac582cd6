"""The products of a label as the FDA's style sheet prints them below it: names, codes, routes, ingredients, packages.

They are tables in tables, with class names for what is a title, a label and a value.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from lxml import etree

from labelpipe.model import Ingredient, Product
from labelpipe.readers.html_product_places import CODE, UNII
from labelpipe.readers.html_traits import names
from labelpipe.vocabulary import load
from labelpipe.vocabulary.ndc import ndc_columns

_STRENGTH = re.compile(r"([\d.]+)\s*(\S+)(?:\s+in\s+([\d.]+)\s*(\S+))?")
_LABELER_ID = re.compile(r"\s*\(\d+\)\s*$")
_PART = re.compile(r"Part \d+ of \d+")


@dataclass(slots=True)
class _Printed:
    """A product as printed."""

    name: str | None
    generic: str | None
    form: str | None
    code: str | None = None
    route: str | None = None
    ingredients: list[tuple[str, str | None, bool, str | None]] = field(default_factory=list)
    packages: list[str] = field(default_factory=list)
    approval: tuple[str | None, str | None] | None = None


def read_products(root: etree._Element) -> tuple[tuple[Product, ...], tuple[Ingredient, ...], dict[str, Any]]:
    """Return a product for each package, as the SPL reader does, their ingredients, and what they say of the label."""
    printed: list[_Printed] = []
    labeler = None
    for cell in root.iter("td"):
        kind, words = _kind_of(cell), _words(cell)
        if kind == "title" and not _PART.fullmatch(words):
            printed.append(_titled(cell))
        elif kind == "heading" and (said := _after(words, load("html")["product_page"]["labeler"])):
            labeler = labeler or _LABELER_ID.sub("", said)
        elif kind == "heading" and printed:
            _read_table(printed, words, cell)
    products: list[Product] = []
    ingredients: list[Ingredient] = []
    for one in printed:
        codes: list[str | None] = [*one.packages]
        for code in codes or [one.code]:
            number = len(products) + 1
            products.append(_product(number, one, code))
            ingredients += [Ingredient(number, place, *said) for place, said in enumerate(one.ingredients, 1)]
    return tuple(products), tuple(ingredients), _stated(printed, labeler)


def _read_table(printed: list[_Printed], heading: str, cell: etree._Element) -> None:
    """Read the table that a heading stands in."""
    table = next(cell.iterancestors("table"))
    what = load("html")["product_page"]["headings"].get(heading.casefold())
    last = printed[-1]
    rows = [[_words(inner) for inner in row] for row in table.iter("tr") if row is not cell.getparent()]
    if what == "product":
        _read_pairs(last, rows)
    elif what in ("active", "inactive"):
        last.ingredients += [found for row in rows if (found := _ingredient(row, what == "active"))]
    elif what == "packages":
        codes = (CODE.search(said) for row in rows for said in row[1:2])
        last.packages += dict.fromkeys(code[1] for code in codes if code)
    elif what == "marketing" and len(rows) > 1:
        owner = last if last.approval is None else printed[0]  # a kit's own stands behind those of its parts
        owner.approval = (rows[1][0] or None, rows[1][1] or None) if len(rows[1]) > 1 else None


def _read_pairs(product: _Printed, rows: list[list[str]]) -> None:
    labels = load("html")["product_page"]["labels"]
    for row in rows:
        for label, value in zip(row[::2], row[1::2], strict=False):
            what = labels.get(label.casefold())
            if what == "code" and (code := CODE.search(value)):
                product.code = code[1]
            elif what == "route" and value:
                product.route = "; ".join(re.split(r",\s*", value))


def _ingredient(row: list[str], is_active: bool) -> tuple[str, str | None, bool, str | None] | None:
    found = UNII.search(row[0]) if row else None
    return (row[0][: found.start()], found[1], is_active, row[-1] or None) if found else None


def _titled(cell: etree._Element) -> _Printed:
    """Return a product by its title: its name, then what it is and in what form."""
    strong = next(cell.iter("strong", "b"), None)
    kind = next((inner for inner in cell.iter("span") if "contentTableReg" in inner.get("class", "")), None)
    words = _words(kind) if kind is not None else ""
    match = _dosage_form().fullmatch(words)
    generic, form = (match[1], match[2]) if match else (words or None, None)
    return _Printed(_words(strong) or None if strong is not None else None, generic, form)


def _product(number: int, printed: _Printed, code: str | None) -> Product:
    strengths = [strength for _, _, is_active, strength in printed.ingredients if is_active and strength]
    category, application = printed.approval or (None, None)
    columns: dict[str, Any] = {"strength_text": "; ".join(strengths) or None, **ndc_columns(code)}
    if len(strengths) == 1 and (found := _STRENGTH.fullmatch(strengths[0])):
        columns |= {"strength_value": float(found[1]), "strength_unit": found[2]}
        # the style sheet leaves out `in 1`, which the XML says of a tablet
        per = (float(found[3]), found[4]) if found[3] else (1.0, "1")
        columns |= {"strength_per_value": per[0], "strength_per_unit": per[1]}
    return Product(
        product_no=number,
        name=printed.name,
        dosage_form=printed.form,
        route=printed.route,
        marketing_category=category,
        application_number=application,
        **columns,
    )


def _stated(printed: list[_Printed], labeler: str | None) -> dict[str, Any]:
    """Return the columns of the documents row that the products state."""
    active = dict.fromkeys(name for one in printed for name, _, is_active, _ in one.ingredients if is_active)
    stated = {
        "brand_name": next((one.name for one in printed if one.name), None),
        "generic_name": next((one.generic for one in printed if one.generic), None),
        "active_ingredients": tuple(active),
        "labeler": labeler,
    }
    return {name: value for name, value in stated.items() if value}


def _kind_of(cell: etree._Element) -> str | None:
    classes = (cell.get("class") or "").casefold().split()
    if not names("product_title_names").isdisjoint(classes):
        return "title"
    return "heading" if not names("product_heading_names").isdisjoint(classes) else None


def _after(words: str, start: str) -> str | None:
    return words[len(start) :].strip() if words.casefold().startswith(start) else None


def _words(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


@cache
def _dosage_form() -> re.Pattern[str]:
    forms = "|".join(map(re.escape, sorted(load("products")["dosage_forms"], key=len, reverse=True)))
    return re.compile(rf"(.*?)\s+((?:{forms})(?:[,/].*)?)", re.I)
