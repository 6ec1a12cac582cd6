"""Doses from prose: how much, for whom, how often, and the sentence that says so."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import count
from typing import Any

from labelpipe.extract.quantities import Quantity, find_quantities
from labelpipe.extract.sentences import Span, sentences
from labelpipe.model import Block, Dose, Product
from labelpipe.vocabulary import load, pattern
from labelpipe.vocabulary.phrases import PhraseBook
from labelpipe.vocabulary.routes import foreign_routes, routes_in, same_route

_AMOUNTS = ("mass", "activity", "amount")
_CONCENTRATION = re.compile(r"/(?:mL|L|dL)\b")
_PER_DAY = re.compile(r"(?:\s*(?:a|per|each|every)\s+day|\s*/\s*day|\s+daily\b(?!\s+dose))", re.I)
_DAILY_DOSE = re.compile(r"\b(?:daily dose|total daily|per day|each day|a day|in 24 hours)\b", re.I)
_SAID = ("paragraph", "list_item", "callout")


def read_doses(blocks: tuple[Block, ...], products: tuple[Product, ...]) -> tuple[Dose, ...]:
    """Return the doses stated in dosing sections, in document order.

    A dose is tied to a product only where the words name that product's route and no other; a dose that names no route is
    tied only where the page speaks of no other route than the products'.
    """
    numbers = count(1)
    where = load("doses")["where"]["sections"]
    spoken = (route for block in blocks if block.kind in _SAID for route in routes_in(block.text))
    ambiguous = bool(foreign_routes(spoken, (product.route for product in products if product.route)))
    return tuple(
        Dose(dose_no=next(numbers), **columns)
        for block in blocks
        if block.kind in _SAID and block.section in where
        for columns in _block_doses(block, products, ambiguous)
    )


def _block_doses(block: Block, products: tuple[Product, ...], ambiguous: bool) -> Iterator[dict[str, Any]]:
    for sentence in sentences(block.text):
        routes = routes_in(sentence.text) or routes_in(block.text)
        route = routes[0] if len(routes) == 1 else None
        for quantity in find_quantities(sentence.text):
            if not _is_amount(quantity):
                continue
            unit, per = _unit_and_per(quantity, sentence)
            yield {
                "population": block.population,
                "route": route,
                "kind": _kind(sentence.text, quantity),
                "value_low": quantity.low,
                "value_high": quantity.high,
                "unit": unit,
                "per": per,
                "frequency": _frequency(sentence.text, quantity),
                "product_no": None if ambiguous and route is None else _product_of(route, products),
                "block_no": block.block_no,
                "char_start": block.char_start + sentence.start,
                "char_end": block.char_start + sentence.end,
                "quote": sentence.text,
            }


def _is_amount(quantity: Quantity) -> bool:
    return quantity.dimension in _AMOUNTS and quantity.mean is None and not _CONCENTRATION.search(quantity.unit)


def _unit_and_per(quantity: Quantity, sentence: Span) -> tuple[str, str | None]:
    """Split `mg/kg/d` into the amount's unit and what it is per; `80 mg ... daily dose` is per day too."""
    unit, _, rest = quantity.unit.partition("/")
    if rest:
        per = load("doses")["per"].get(rest, rest)
        return unit, "kg/d" if per == "kg" and _PER_DAY.match(sentence.text[quantity.end :]) else per
    behind = sentence.text[quantity.end : quantity.end + 12]
    before = sentence.text[max(0, quantity.start - 60) : quantity.start]
    per_day = _PER_DAY.match(behind) or (_DAILY_DOSE.search(before) and "(" not in before[-2:])
    return unit, "d" if per_day else None


def _kind(sentence: str, quantity: Quantity) -> str | None:
    """Return the kind whose wording stands nearest before the amount, else the first one in the sentence."""
    book = _kinds()
    before = sentence[: quantity.start]
    near = [(before.rfind(book.words(before, hit)), book.key(hit)) for hit in book.hits(before)]
    if near:
        return max(near)[1]
    if quantity.comparator in ("<=", "<"):
        return "maximum"
    return next(iter(book.keys_in(sentence[quantity.end : quantity.end + 60])), None)


def _frequency(sentence: str, quantity: Quantity) -> str | None:
    match = _frequencies().search(sentence, quantity.end, quantity.end + 60)
    return match[0] if match else None


def _product_of(route: str | None, products: tuple[Product, ...]) -> int | None:
    """Return the one product that has the route; with no route named, the only product there is."""
    if route is None:
        return products[0].product_no if len(products) == 1 else None
    having = [product.product_no for product in products if product.route and same_route(route, product.route)]
    return having[0] if len(having) == 1 else None


@cache
def _kinds() -> PhraseBook:
    return PhraseBook(load("doses")["kinds"])


@cache
def _frequencies() -> re.Pattern[str]:
    return re.compile("|".join(pattern(wording) for wording in load("doses")["frequency"]["wordings"]), re.I)
