"""The products of a page: strength, form, route and code, from a table with or without column names."""

import re
from functools import cache
from typing import Any

from labelpipe.extract.ndc import Ndc, parse_ndc
from labelpipe.extract.quantities import number, ucum
from labelpipe.extract.tables import Grid, Row
from labelpipe.model import Ingredient, Product
from labelpipe.vocabulary import load

MIN_TYPED_COLUMNS = 2
"""A row with as many cells that are a strength, a form, a route or a code is a product."""

_STRENGTH = re.compile(
    r"(?P<value>\d[\d,]*(?:\.\d+)?|\.\d+)\s*(?P<unit>[^\d\s/][^/]*?)"
    r"(?:\s*/\s*(?P<per_value>\d[\d,]*(?:\.\d+)?)?\s*(?P<per_unit>[^\d\s/][^/]*)?)?"
)


def read_products(grids: tuple[Grid, ...]) -> tuple[Product, ...]:
    """Return the products in document order."""
    found = (_to_product(grid, row) for grid in grids for row in grid.body)
    products = [product for product in found if product]
    return tuple(Product(product_no=product_no, **product) for product_no, product in enumerate(products, 1))


def is_product_table(grid: Grid, products: tuple[Product, ...]) -> bool:
    """Whether products were read from this table."""
    blocks = {row.block.block_no for row in grid.rows}
    return any(product.block_no in blocks for product in products)


def _to_product(grid: Grid, row: Row) -> dict[str, Any] | None:
    """Return the columns of a product, or None where the row is not one."""
    typed = _by_header(grid.header, row.cells) if grid.header else {}
    for cell in row.cells:
        column = column_of(cell)
        if column and column not in typed:
            typed[column] = cell
    core = {"strength", "dosage_form", "route", "ndc"} & typed.keys()
    if len(core) < MIN_TYPED_COLUMNS or not ({"route", "ndc", "dosage_form"} & core):
        return None
    product: dict[str, Any] = {"block_no": row.block.block_no}
    product |= {name: typed.get(name) for name in ("name", "dosage_form", "marketing_status")}
    product["route"] = typed["route"].upper() if typed.get("route") else None
    return product | strength_columns(typed.get("strength")) | _ndc_columns(typed.get("ndc"))


def _by_header(header: tuple[str, ...], cells: tuple[str, ...]) -> dict[str, str]:
    columns = {w: column for column, wordings in load("products")["columns"].items() for w in wordings}
    named = ((columns.get(name.casefold()), cell) for name, cell in zip(header, cells, strict=False))
    return {column: cell for column, cell in named if column and cell}


def column_of(cell: str) -> str | None:
    """Tell from its content which product column a cell is."""
    folded = " ".join(cell.upper().split())
    if folded in _routes() or (folded and all(part.strip() in _routes() for part in re.split(r"[;,/]", folded))):
        return "route"
    if parse_ndc(cell):
        return "ndc"
    if any(folded == form or folded.startswith((form + ",", form + " ")) for form in load("products")["dosage_forms"]):
        return "dosage_form"
    return "strength" if strength_columns(cell)["strength_value"] is not None else None


def strength_columns(text: str | None) -> dict[str, Any]:
    """Return the strength's columns: value and UCUM unit, per value and unit.

    >>> strength_columns("125 mg/5mL")["strength_per_value"]
    5.0
    """
    names = ("strength_value", "strength_unit", "strength_per_value", "strength_per_unit")
    columns: dict[str, Any] = {"strength_text": text, **dict.fromkeys(names)}
    match = _STRENGTH.fullmatch(text.strip()) if text else None
    unit = ucum(match["unit"].strip()) if match else None
    if match is None or unit is None:
        return columns
    per_unit = ucum(match["per_unit"].strip()) if match["per_unit"] else None
    if match["per_unit"] and per_unit is None:
        return columns
    columns |= {"strength_value": number(match["value"]), "strength_unit": unit}
    if match["per_unit"] or match["per_value"]:
        columns["strength_per_value"] = number(match["per_value"] or "1")
        columns["strength_per_unit"] = per_unit or "1"
    return columns


def _ndc_columns(text: str | None) -> dict[str, Any]:
    code = (parse_ndc(text) if text else None) or Ndc(None, None, None, None, None)
    return {
        "ndc": text,
        "ndc_labeler": code.labeler,
        "ndc_product": code.product,
        "ndc_package": code.package,
        "ndc11": code.eleven,
        "ndc12": code.twelve,
    }


def read_ingredients(products: tuple[Product, ...], active: tuple[str, ...]) -> tuple[Ingredient, ...]:
    """Return the page's active ingredients as those of each of its products."""
    alone = len(active) == 1
    return tuple(
        Ingredient(product.product_no, ingredient_no, name, strength=product.strength_text if alone else None)
        for product in products
        for ingredient_no, name in enumerate(active, 1)
    )


@cache
def _routes() -> frozenset[str]:
    return frozenset(load("products")["routes"])
