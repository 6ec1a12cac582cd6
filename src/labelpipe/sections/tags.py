"""Whom a block is about, and what about, where its words say so."""

from collections.abc import Sequence
from functools import cache

from labelpipe.sections.marks import Marks, mark_book, marks_under
from labelpipe.vocabulary import load
from labelpipe.vocabulary.phrases import PhraseBook

KINDS = ("population", "topic")

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


def tagged(texts: Sequence[str]) -> frozenset[int]:
    """Return the indexes of the texts that name a population or a topic; most do not."""
    return frozenset(_tag_book().texts_with(texts))


def population_of(text: str, section: str | None, marks: Marks) -> str | None:
    """Return the population: the section's own, else the first one named where the block opens."""
    return POPULATION_OF_SECTION.get(section or "") or _first("population", text, OPENING_CHARACTERS, marks)


def topic_of(text: str, marks: Marks) -> str | None:
    """Return the topic whose words stand first in the block."""
    return _first("topic", text, len(text), marks)


def _first(kind: str, text: str, characters: int, marks: Marks) -> str | None:
    """Return the name under which the first phrase of a kind stands in the first characters of a text."""
    numbers = marks_under(kind)
    if not marks or marks[-1] < numbers[0]:
        return None
    book = mark_book()
    found = ((book.find(text[:characters], hit), hit) for hit in marks if hit in numbers)
    first = min(((match.start(), book.key(hit)) for match, hit in found if match), default=None)
    return first[1].partition("/")[2] if first else None


@cache
def _tag_book() -> PhraseBook:
    return PhraseBook({f"{kind}/{name}": words for kind in KINDS for name, words in load(f"{kind}s").items()})
