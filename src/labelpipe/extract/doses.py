"""Doses from prose: how much, for whom, how often, and the sentence that says so."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import count
from typing import Any

from labelpipe.extract.no_doses import forbids, is_amount, is_other_drugs, is_report, strengths
from labelpipe.extract.own_names import own_names
from labelpipe.extract.quantities import Quantity, find_quantities
from labelpipe.extract.sentences import sentences
from labelpipe.model import Block, Dose, Product
from labelpipe.vocabulary import load, pattern
from labelpipe.vocabulary.phrases import PhraseBook, any_of
from labelpipe.vocabulary.routes import foreign_routes, routes_in, routes_in_any, same_route

_SAID = ("paragraph", "list_item", "callout")
_NEAR = 60
_CLAUSE_END = re.compile(r"[,;(]\s|[.;]$|\s(?=then\b)")
_SAME_KIND = re.compile(r"[^.;:]{0,40}?\b(?:or|and)\s+(?:\w+\s+)?$", re.I)

Columns = dict[str, Any]


def read_doses(
    blocks: tuple[Block, ...], products: tuple[Product, ...], stated_names: tuple[str, ...] = (), whole: bool = True
) -> tuple[Dose, ...]:
    """Return the doses stated in dosing sections, in document order.

    A dose is tied to a product only where the words name that product's route and no other; a dose that names no route
    is tied only where no other route than the products' is spoken of, be it on the whole page or, where that tells of
    studies with other routes too, in its dosing sections.
    """
    numbers = count(1)
    where = load("doses")["where"]
    names = own_names(blocks, stated_names)
    speaking = [b.text for b in blocks if b.kind in _SAID and (whole or b.section in where["sections"])]
    own = [product.route for product in products if product.route]
    ambiguous = bool(own and foreign_routes(routes_in_any(speaking), own))
    return tuple(
        Dose(
            dose_no=next(numbers),
            population=block.population,
            product_no=None if ambiguous and columns["route"] is None else _product_of(columns["route"], products),
            block_no=block.block_no,
            **columns,
        )
        for block in blocks
        if block.kind in _SAID and block.section in where["sections"]
        for columns in _block_doses(block, names)
        if block.section not in where["strict"] or columns["kind"] or columns["frequency"] or columns["per"]
    )


def _block_doses(block: Block, names: frozenset[str]) -> Iterator[Columns]:
    for sentence in sentences(block.text):
        amounts = [quantity for quantity in find_quantities(sentence.text) if is_amount(quantity)]
        if not amounts or is_report(sentence.text):
            continue
        around = routes_in(sentence.text) or routes_in(block.text)
        for columns in _sentence_doses(sentence.text, amounts, names, around):
            place = {"char_start": block.char_start + sentence.start, "char_end": block.char_start + sentence.end}
            yield {**columns, **place, "quote": sentence.text}


def _sentence_doses(
    sentence: str, quantities: list[Quantity], names: frozenset[str], routes: list[str]
) -> Iterator[Columns]:
    """Yield the doses of a sentence; the words that belong to an amount end where the next amount begins."""
    named = strengths(sentence, quantities)
    edges = [0, *(quantity.end for quantity in quantities)], [*(q.start for q in quantities), len(sentence)]
    last_kind: str | None = None
    for index, quantity in enumerate(quantities):
        before = _own_words(sentence[edges[0][index] : quantity.start], index)
        after = sentence[quantity.end : edges[1][index + 1]]
        last_kind = _kind(before, after, sentence, quantity, last_kind)
        if quantity.start in named or is_other_drugs(before, after, names):
            continue
        limit = quantity.comparator == ">" and forbids(before)
        if quantity.comparator in ("<", ">") and not limit:
            continue
        unit, per = _unit_and_per(quantity, before, after)
        near = routes_in(before[-_NEAR:]) + routes_in(after) if routes else []
        found = [*dict.fromkeys(near)] if len({*near}) == 1 else routes
        yield {
            "route": found[0] if len(found) == 1 else None,
            "kind": "maximum" if limit else last_kind,
            "value_low": None if limit else quantity.low,
            "value_high": quantity.low if limit else quantity.high,
            "unit": unit,
            "per": per,
            "frequency": _frequency(after),
        }


def _own_words(between: str, index: int) -> str:
    """Return the words before an amount less those that still belong to the amount before it."""
    return between if index == 0 else _CLAUSE_END.split(between, maxsplit=1)[-1]


def _unit_and_per(quantity: Quantity, before: str, after: str) -> tuple[str, str | None]:
    """Split `mg/kg/d` into the amount's unit and what it is per; words before and behind may say it too."""
    unit, _, rest = quantity.unit.partition("/")
    said = next((per for per, words in _per_words() if words.match(after)), None)
    if said is None and not rest and _day_before().search(before[-_NEAR:]) and not _frequency(after):
        said = "d"
    if rest:
        per = load("doses")["per"].get(rest, rest)
        return unit, f"{per}/{said}" if said in ("d", "wk", "dose", "h", "min") and per in ("kg", "m2") else per
    return unit, _per_and_more(said, after)


def _per_and_more(said: str | None, after: str) -> str | None:
    """Return `kg/d` for `for each kilogram a day`."""
    if said != "kg":
        return said
    rest = dict(_per_words())["kg"].sub("", after, count=1)
    more = next((per for per, words in _per_words() if per != "kg" and words.match(rest)), None)
    return f"kg/{more}" if more else "kg"


def _kind(before: str, after: str, sentence: str, quantity: Quantity, last: str | None) -> str | None:
    """Return the kind whose wording stands nearest before the amount, else right behind it; `or` keeps the last one.

    A maximum is a maximum wherever it is said (`the maximum recommended dose`).
    """
    if quantity.comparator == "<=" and not sentence[quantity.start].isdigit():
        return "maximum"
    near = [(before.rfind(_kinds().words(before, hit)), _kinds().key(hit)) for hit in _kinds().hits(before)]
    if near:
        return "maximum" if any(kind == "maximum" for _, kind in near) else max(near)[1]
    behind = _CLAUSE_END.split(after[:_NEAR], maxsplit=1)[0]
    kinds = _kinds().keys_in(behind)
    return kinds[0] if kinds else last if _SAME_KIND.fullmatch(before) else None


def _frequency(after: str) -> str | None:
    match = _frequencies().search(after[:_NEAR])
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
def _frequencies() -> Any:
    return any_of(load("doses")["frequency"]["wordings"])


@cache
def _per_words() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return for each denominator the words behind an amount that say it; `an hour before` is none."""
    not_a_rate = r"(?!\s+(?:dose|before|beforehand|ahead|after|later|apart)\b)"
    return tuple(
        (per, re.compile(rf"\s*(?:/\s*)?(?:{'|'.join(pattern(word) for word in words)}){not_a_rate}", re.I))
        for per, words in load("doses")["per_words"].items()
        if per != "day_before"
    )


@cache
def _day_before() -> Any:
    return any_of(load("doses")["per_words"]["day_before"])
