"""The route of a dose: what words say, and, where they say nothing, the only one the label knows."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from labelpipe.extract.no_doses import is_report, names_other_drugs
from labelpipe.extract.sentences import sentences
from labelpipe.model import Product
from labelpipe.vocabulary import load
from labelpipe.vocabulary.phrases import AnyOf, PhraseBook, any_of
from labelpipe.vocabulary.routes import foreign_routes, same_route, short_routes

_INTO_LUNGS = re.compile(r"\boral(?:ly)?\s+(?=inhal)", re.I)


@lru_cache(maxsize=1024)
def routes_said(words: str) -> tuple[str, ...]:
    """Return the routes that words about a dose name, as FDA terms.

    A tablet or a capsule is swallowed unless the words name another route: its powder may be inhaled. What only looks
    like a route (`45 mg of oral morphine`) is none.

    >>> routes_said("Inhale the contents of one capsule.")
    ('RESPIRATORY (INHALATION)',)
    """
    if not _book().hits(words):
        return ()
    words = _INTO_LUNGS.sub("", words)
    words = _no_route().blanked(words)
    routes = _book().keys_in(words)
    if len(routes) > 1 and "ORAL" in routes and "ORAL" not in short_routes(words):
        routes.remove("ORAL")
    if "TRANSDERMAL" in routes and "TOPICAL" in routes:  # a patch is put on the skin
        routes.remove("TOPICAL")
    return tuple(routes)


def routes_spoken(texts: Sequence[str]) -> set[str]:
    """Return the routes named in any of the texts."""
    return {route for index in _book().texts_with(texts) for route in routes_said(texts[index])}


def _foreign_spoken(texts: Sequence[str], own: set[str], names: frozenset[str]) -> set[str]:
    """Return the routes, not the products', that the texts speak of, less those of other drugs and of studies."""
    found: set[str] = set()
    for index in _foreign_book(frozenset(own)).texts_with(texts) if own else ():
        if not set(foreign_routes(routes_said(texts[index]), own)) - found:
            continue
        for sentence in sentences(texts[index]):
            foreign = set(foreign_routes(routes_said(sentence.text), own)) - found
            if foreign and not is_report(sentence.text) and not names_other_drugs(sentence.text, names):
                found |= foreign
    return found


class Owners:
    """The products of a label, asked which of them a dose belongs to."""

    def __init__(
        self,
        products: tuple[Product, ...],
        page: Sequence[str],
        dosing: Sequence[str],
        names: frozenset[str] = frozenset(),
    ) -> None:
        """Take the products, the texts that may speak of another route than theirs, those on dosing, and the names."""
        self._products = products
        own = {product.known_route for product in products if product.known_route}
        foreign = _foreign_spoken(page, own, names)
        self._ambiguous = bool(foreign)
        routes = _advised(foreign, own, dosing) if foreign else own or routes_spoken(dosing)
        self._only = next(iter(routes)) if len(routes) == 1 else None
        self._tablets_go = _where_tablets_go(own, dosing)

    def route(self, stated: str | None, words: str) -> tuple[str | None, str | None]:
        """Return the route of a dose, and whether it is stated or inferred.

        A tablet or a capsule is not swallowed because it is one, where the label's go elsewhere: under the tongue.
        """
        if stated == "ORAL" and self._tablets_go and "ORAL" not in short_routes(words):
            return self._tablets_go, "inferred"
        route = stated or self.only_route()
        return route, "stated" if stated else "inferred" if route else None

    def only_route(self) -> str | None:
        """Return the route of the doses that name none.

        It is that of all products, where no other is spoken of; with none known, the only one spoken of. Where the page
        speaks of one other route, it is that one, if the dosing sections name none and advise as for it: `take it`.
        """
        return self._only if self._only and ";" not in self._only else None

    def product_no(self, route: str | None) -> int | None:
        """Return the product that has the route; with none named, the only product there is.

        Packages and strengths of one product (the same name, dosage form and route) count as one: its first number.
        """
        if route is None:
            having = [] if self._ambiguous else [*self._products]
        else:
            having = [one for one in self._products if one.known_route and same_route(route, one.known_route)]
        alike = {(one.name and one.name.casefold(), one.dosage_form, one.route) for one in having}
        return having[0].product_no if len(alike) == 1 else None


def _where_tablets_go(own: set[str], dosing: Sequence[str]) -> str | None:
    """Return the one route, not by mouth, that the label's tablets or capsules are made for."""
    routes = own or routes_spoken(dosing)
    going = routes & set(load("doses")["tablets"]["elsewhere"])
    is_swallowed = "ORAL" in own or (not own and any("ORAL" in short_routes(text) for text in dosing))
    return next(iter(going)) if len(going) == 1 and not is_swallowed else None


def _advised(foreign: set[str], own: set[str], dosing: Sequence[str]) -> set[str]:
    """Return the one route, not the products', that dosing sections advise as for, though they name no route."""
    if len(foreign) > 1 or routes_spoken(dosing) - foreign:
        return set()
    advised = {key for text in dosing for key in _advice().keys_in(text)}
    return set() if advised & own else advised & foreign


@cache
def _advice() -> PhraseBook:
    return PhraseBook(load("doses")["advice"])


@cache
def _book() -> PhraseBook:
    return PhraseBook(_phrases())


@lru_cache(maxsize=64)
def _foreign_book(own: frozenset[str]) -> PhraseBook:
    """Return the phrases of the routes that are none of these, so that only what speaks of another is looked at."""
    foreign = {*foreign_routes(_phrases(), own)}
    return PhraseBook({route: phrases for route, phrases in _phrases().items() if route in foreign})


@cache
def _phrases() -> dict[str, list[str]]:
    said, more = load("products")["prose"], load("doses")["routes"]
    return {route: [*said.get(route, ()), *more.get(route, ())] for route in {**said, **more}}


@cache
def _no_route() -> AnyOf:
    return any_of([*load("products")["no_route"]["words"], *load("doses")["no_route"]["words"]])
