"""Doses: how much, for whom, how often, and the words that say so; from sentences, lists and tables."""

from collections.abc import Iterator
from itertools import count
from typing import Any

from labelpipe.extract.dose_context import Context, contexts
from labelpipe.extract.dose_sentences import doses_of
from labelpipe.extract.dose_tables import table_doses
from labelpipe.extract.own_names import own_names
from labelpipe.extract.tables import Grid
from labelpipe.model import Block, Dose, Product
from labelpipe.vocabulary import load
from labelpipe.vocabulary.routes import foreign_routes, routes_in_any, same_route

CONFIDENCE = {"prose": 0.85, "table": 0.85}
"""How often a dose is right in every column, on the gold set of facts."""

_SAID = ("paragraph", "list_item", "callout")


def read_doses(
    blocks: tuple[Block, ...],
    products: tuple[Product, ...],
    grids: tuple[Grid, ...] = (),
    stated_names: tuple[str, ...] = (),
    whole: bool = True,
) -> tuple[Dose, ...]:
    """Return the doses stated in dosing sections, in document order.

    A dose is tied to a product only where the words name that product's route and no other; a dose that names no route
    is tied only where no other route than the products' is spoken of, be it on the whole page or, where that tells of
    studies with other routes too, in its dosing sections.
    """
    where = load("doses")["where"]["sections"]
    names = own_names(blocks, stated_names)
    speaking = [b.text for b in blocks if b.kind in _SAID and (whole or b.section in where)]
    own = [product.route for product in products if product.route]
    ambiguous = bool(own and foreign_routes(routes_in_any(speaking), own))
    found = sorted(_all(blocks, grids, names), key=lambda columns: (columns["char_start"], columns["order"]))
    numbers = count(1)
    return tuple(_row(next(numbers), columns, products, ambiguous) for columns in found)


def _all(blocks: tuple[Block, ...], grids: tuple[Grid, ...], names: frozenset[str]) -> Iterator[dict[str, Any]]:
    told: dict[int, Context] = {}
    for block, context in contexts(blocks):
        told[block.block_no] = context
        if block.kind in _SAID:
            yield from doses_of(block, context, names)
    for grid in grids:
        over = told.get(grid.rows[0].block.block_no) if grid.rows else None
        if over is not None and not over.explicit:
            yield from table_doses(grid, over, names)


def _row(number: int, columns: dict[str, Any], products: tuple[Product, ...], ambiguous: bool) -> Dose:
    columns = {name: value for name, value in columns.items() if name != "order"}
    unsure = ambiguous and columns["route"] is None
    product_no = None if unsure else _product_of(columns["route"], products)
    return Dose(dose_no=number, product_no=product_no, confidence=CONFIDENCE[columns["method"]], **columns)


def _product_of(route: str | None, products: tuple[Product, ...]) -> int | None:
    """Return the one product that has the route; with no route named, the only product there is."""
    if route is None:
        return products[0].product_no if len(products) == 1 else None
    having = [product.product_no for product in products if product.route and same_route(route, product.route)]
    return having[0] if len(having) == 1 else None
