"""Doses: how much, for whom, how often, and the words that say so; from sentences, lists and tables."""

from collections.abc import Iterator
from itertools import count
from typing import Any

from labelpipe.extract.dose_context import SAID, Context, contexts
from labelpipe.extract.dose_routes import Owners
from labelpipe.extract.dose_sentences import doses_of
from labelpipe.extract.dose_tables import table_doses
from labelpipe.extract.evidence import confidence_of
from labelpipe.extract.leaflet_names import leaflet_names
from labelpipe.extract.own_names import own_names
from labelpipe.extract.tables import Grid
from labelpipe.model import Block, Dose, Product
from labelpipe.vocabulary import load


def read_doses(
    blocks: tuple[Block, ...],
    products: tuple[Product, ...],
    grids: tuple[Grid, ...] = (),
    stated_names: tuple[str, ...] = (),
    whole: bool = True,
) -> tuple[Dose, ...]:
    """Return the doses stated in dosing sections, in document order.

    A dose is tied to a product only where the words name that product's route and no other; a dose that names no route
    is tied, and given the products' one route as inferred, only where no other route than theirs is spoken of, be it on
    the whole page or, where that tells of studies with other routes too, in its dosing sections.
    """
    where = load("doses")["where"]
    names = own_names(blocks, stated_names) or leaflet_names(blocks)
    found = sorted(_all(blocks, grids, names), key=lambda columns: (columns["char_start"], columns["order"]))
    if not found:
        return ()
    said = [block for block in blocks if block.kind in SAID]
    dosing = [block for block in said if block.section in where["sections"]]
    page = [block for block in said if block.section not in where["elsewhere"]] if whole else dosing
    schedule = [block.text for block in dosing if block.section not in where["strict"]]
    owners = Owners(products, [block.text for block in page], schedule, names)
    numbers = count(1)
    return tuple(_row(next(numbers), columns, owners) for columns in found)


def _all(blocks: tuple[Block, ...], grids: tuple[Grid, ...], names: frozenset[str]) -> Iterator[dict[str, Any]]:
    told: dict[int, Context] = {}
    for block, context in contexts(blocks, {grid.rows[0].block.block_no for grid in grids if grid.rows}, names):
        told[block.block_no] = context
        if block.kind in SAID:
            yield from doses_of(block, context, names)
    for grid in grids:
        over = told.get(grid.rows[0].block.block_no) if grid.rows else None
        if over is not None and not over.explicit:
            yield from table_doses(grid, over, names)


def _row(number: int, columns: dict[str, Any], owners: Owners) -> Dose:
    columns = {name: value for name, value in columns.items() if name != "order"}
    stated = columns["route"]
    columns["route"], columns["route_method"] = owners.route(stated, columns["quote"])
    product_no = owners.product_no(columns["route"] if stated else None)
    return Dose(dose_no=number, product_no=product_no, confidence=confidence_of("doses", columns), **columns)
