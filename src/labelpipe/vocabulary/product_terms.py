"""The FDA's terms for dosage forms and routes, and which of them words mean."""

import re
from functools import cache
from typing import NamedTuple

from labelpipe.vocabulary import load

_WORD = re.compile(r"[^\W_]+")
_PARTED = re.compile(r"\s*(?:[;,/&+]|\band\b|\bor\b)\s*", re.I)


class Term(NamedTuple):
    """A term and its code in the NCI Thesaurus; of several routes all terms and all codes, parted by `; `."""

    name: str
    code: str


def dosage_form_term(words: str | None) -> Term | None:
    """Return the term for a dosage form as printed: the one that says the same words, or None.

    >>> dosage_form_term("Delayed-Release Tablets, USP")
    Term(name='TABLET, DELAYED RELEASE', code='C42905')
    >>> dosage_form_term("prefilled pen")
    """
    if not words:
        return None
    said = _singular(words)
    return _forms().get(frozenset(said)) or _forms().get(_meant(said))


def route_terms(words: str | None) -> Term | None:
    """Return the terms for a route as printed, or for several; None where one of them is no term.

    >>> route_terms("IV or under the skin").name
    'INTRAVENOUS; SUBCUTANEOUS'
    """
    if not words:
        return None
    parts = [words] if _route(words) else [part for part in _PARTED.split(words) if part]
    found = [_route(part) for part in parts]
    names = dict.fromkeys(name for name in found if name)
    if not names or None in found:
        return None
    return Term("; ".join(names), "; ".join(load("product_terms")["routes"][name] for name in names))


def _route(words: str) -> str | None:
    return _routes().get(" ".join(words.casefold().split()))


def _singular(words: str) -> list[str]:
    """Return the words in small letters, without punctuation and the ending of a plural."""
    return [_one(word) for word in _WORD.findall(words.casefold())]


def _one(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _meant(said: list[str]) -> frozenset[str]:
    """Return the words of a term that the words stand for, those left out that say no form."""
    text = f" {' '.join(said)} "
    for words, meant in _other_words():
        text = text.replace(words, meant)
    return frozenset(text.split()).difference(load("product_terms")["dropped"])


@cache
def _other_words() -> tuple[tuple[str, str], ...]:
    """Return what is said otherwise, longer wordings first."""
    pairs = load("product_terms")["dosage_form_words"].items()
    made = ((f" {' '.join(_singular(words))} ", f" {' '.join(_singular(meant))} ") for words, meant in pairs)
    return tuple(sorted(made, key=lambda pair: (-len(pair[0]), pair)))


@cache
def _forms() -> dict[frozenset[str], Term]:
    return {
        frozenset(_singular(name)): Term(name, code) for name, code in load("product_terms")["dosage_forms"].items()
    }


@cache
def _routes() -> dict[str, str]:
    terms = load("product_terms")
    own = {name.casefold(): name for name in terms["routes"]}
    return own | {wording: name for name, wordings in terms["route_words"].items() for wording in wordings}
