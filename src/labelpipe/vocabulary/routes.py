"""Which routes of administration words speak of, as FDA terms."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from labelpipe.vocabulary import load
from labelpipe.vocabulary.phrases import PhraseBook


def routes_in(words: str) -> list[str]:
    """Return the routes named in the words, each once, in the vocabulary's order.

    >>> routes_in("Swallow the tablet whole; the spinal injection is given by a specialist.")
    ['ORAL', 'INTRATHECAL']
    """
    return _book().keys_in(words)


def routes_in_any(texts: Sequence[str]) -> set[str]:
    """Return the routes named in any of the texts."""
    return {route for index in naming_routes(texts) for route in routes_in(texts[index])}


def naming_routes(texts: Sequence[str]) -> Iterator[int]:
    """Yield the index of each text that names a route."""
    return _book().texts_with(texts)


def short_routes(words: str) -> list[str]:
    """Return the routes that a word or two name, as beside an amount or in a table's cell: `IM`, `PO`, `nasal`."""
    return _short().keys_in(words)


def same_route(one: str, other: str) -> bool:
    """Whether two FDA route terms mean the same; a product may list several (`INTRAVENOUS; SUBCUTANEOUS`)."""
    return one == other or one in re.split(r"\s*[;,/]\s*", other) or other.startswith(f"{one} ")


def foreign_routes(spoken: Iterable[str], own: Iterable[str]) -> list[str]:
    """Return the routes spoken of that are none of the products' own; nothing where those are unknown."""
    mine = sorted(own)
    return sorted({route for route in spoken if not any(same_route(route, m) for m in mine)}) if mine else []


@cache
def _short() -> PhraseBook:
    return PhraseBook(load("products")["short"])


@cache
def _book() -> PhraseBook:
    return PhraseBook(load("products")["prose"])
