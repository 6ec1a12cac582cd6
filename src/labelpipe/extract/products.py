"""The products of a page: strength, form, route and code, from a table with or without column names."""

import re
from functools import cache
from typing import Any

from labelpipe.extract.strengths import strength_columns
from labelpipe.extract.tables import Grid, Row
from labelpipe.model import Block, Ingredient, Product
from labelpipe.vocabulary import load
from labelpipe.vocabulary.ndc import ndc_columns
from labelpipe.vocabulary.product_terms import dosage_form_term, route_terms

_CODE = re.compile(r"(?:NDC[\s:#]*)?(?!\d{4}-\d\d-\d\d$)\d[\d-]{6,12}\d", re.I)
_SEVERAL = re.compile(r"[;,/]")
_CORE = {"strength", "dosage_form", "route", "ndc"}

MIN_TYPED_COLUMNS = 3
"""A row with so many cells that are a strength, a form, a route or a code is a product; with column names, one less."""

CONFIDENCE = {"table": 0.99, "header": 0.99}
"""How often a row is right: all products of the gold set are, and no page is known to name another's ingredients."""


def read_products(grids: tuple[Grid, ...]) -> tuple[Product, ...]:
    """Return the products in document order."""
    found = (_to_product(grid, row) for grid in grids for row in grid.body)
    products = [product for product in found if product]
    return tuple(Product(product_no=product_no, **product) for product_no, product in enumerate(products, 1))


def _to_product(grid: Grid, row: Row) -> dict[str, Any] | None:
    """Return the columns of a product, or None where the row is not one."""
    typed = _by_header(grid.header, row.cells)
    n_named = len(_CORE & typed.keys())
    for cell in row.cells:
        if cell and cell not in typed.values() and (column := column_of(cell)) and column not in typed:
            typed[column] = cell
    core = _CORE & typed.keys()
    enough = len(core) >= MIN_TYPED_COLUMNS or n_named >= MIN_TYPED_COLUMNS - 1 or {"ndc", "strength"} <= core
    if not enough or not {"ndc", "dosage_form"} & core:
        return None
    product: dict[str, Any] = {**row.block.quoted(), "method": "table", "confidence": CONFIDENCE["table"]}
    product |= {name: typed.get(name) for name in ("name", "dosage_form", "marketing_status")}
    product["route"] = typed["route"].upper() if typed.get("route") else None
    return product | strength_columns(typed.get("strength")) | ndc_columns(typed.get("ndc"))


def _by_header(header: tuple[str, ...], cells: tuple[str, ...]) -> dict[str, str]:
    named = ((_columns().get(name.casefold()), cell) for name, cell in zip(header, cells, strict=False))
    return {column: cell for column, cell in named if column and cell}


def column_of(cell: str) -> str | None:
    """Tell from its content which product column a cell is."""
    folded = " ".join(cell.upper().split())
    if folded and all(part.strip() in _routes() for part in _SEVERAL.split(folded)):
        return "route"
    if _CODE.fullmatch(cell):
        return "ndc"
    if _dosage_form().match(folded):
        return "dosage_form"
    is_strength = all(strength_columns(part.strip())["strength_value"] is not None for part in cell.split(";"))
    return "strength" if is_strength else None


def with_terms(product: Product) -> Product:
    """Return the product with the FDA's terms for its dosage form and route, where its words are such terms."""
    form, route = dosage_form_term(product.dosage_form), route_terms(product.route)
    if form:
        product = product._replace(dosage_form_term=form.name, dosage_form_code=form.code)
    return product._replace(route_term=route.name, route_code=route.code) if route else product


def read_ingredients(
    blocks: tuple[Block, ...], products: tuple[Product, ...], active: tuple[str, ...]
) -> tuple[Ingredient, ...]:
    """Return the page's active ingredients as those of each of its products, with the words of its header."""
    alone = len(active) == 1
    places = [_named_in_header(blocks, name) for name in active]
    return tuple(
        Ingredient(product.product_no, number, name, strength=product.strength_text if alone else None, **place)
        for product in products
        for number, (name, place) in enumerate(zip(active, places, strict=True), 1)
    )


def _named_in_header(blocks: tuple[Block, ...], name: str) -> dict[str, Any]:
    """Return the columns that quote an ingredient's name; nothing where no field of the header holds it."""
    for block in blocks:
        if block.field == "active_ingredients" and block.kind == "field_value" and name in block.text:
            start = block.text.index(name)
            words = block.quoted(start, start + len(name))
            return {**words, "method": "header", "confidence": CONFIDENCE["header"]}
    return {}


@cache
def _columns() -> dict[str, str]:
    return {wording: column for column, wordings in load("products")["columns"].items() for wording in wordings}


@cache
def _dosage_form() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, load('products')['dosage_forms']))})(?=$|[, /])")


@cache
def _routes() -> frozenset[str]:
    return frozenset(load("products")["routes"])
