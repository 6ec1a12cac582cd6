"""Whom a block is about, and what about, where its words say so."""

from functools import cache

from labelpipe.vocabulary import load
from labelpipe.vocabulary.phrases import PhraseBook

OPENING_CHARACTERS = 160
"""A population named in the opening is what the block is about; one further down may be an aside."""

POPULATION_OF_SECTION = {
    "pediatric_use": "pediatric",
    "geriatric_use": "geriatric",
    "renal_impairment": "renal_impairment",
    "hepatic_impairment": "hepatic_impairment",
    "pregnancy": "pregnancy",
    "lactation": "lactation",
}


def population_of(text: str, section: str | None) -> str | None:
    """Return the population: the section's own, else the first one named where the block opens."""
    if section in POPULATION_OF_SECTION:
        return POPULATION_OF_SECTION[section]
    opening = text[:OPENING_CHARACTERS]
    book = _populations()
    first = min(((opening.find(book.words(opening, hit)), book.key(hit)) for hit in book.hits(opening)), default=None)
    return first[1] if first else None


def topic_of(text: str) -> str | None:
    """Return the topic whose words stand first in the block."""
    book = _topics()
    first = min(((text.find(book.words(text, hit)), book.key(hit)) for hit in book.hits(text)), default=None)
    return first[1] if first else None


@cache
def _populations() -> PhraseBook:
    return PhraseBook(load("populations"))


@cache
def _topics() -> PhraseBook:
    return PhraseBook(load("topics"))
