"""Whom a block is about, and what about, where its words or its section say so."""

from collections.abc import Iterator
from functools import cache, lru_cache

from labelpipe.sections.marks import Marks, mark_book, marks_under
from labelpipe.vocabulary import load
from labelpipe.vocabulary.phrases import PhraseBook

KINDS = ("population", "topic")

OPENING_CHARACTERS = 160
"""A population named in the opening is what the block is about; one further down may be an aside."""

OPENING_WEIGHT = 2
"""A phrase of a topic in the opening counts so many times one further down."""

MIN_WEIGHT = 2
"""What is said of a topic must weigh so much: a single phrase in the opening, or two further down."""

SECTION_WEIGHT = 2
"""The section a block stands in says so much for its topic."""

POPULATION_OF_SECTION = {
    "pediatric_use": "pediatric",
    "geriatric_use": "geriatric",
    "renal_impairment": "renal_impairment",
    "hepatic_impairment": "hepatic_impairment",
    "pregnancy": "pregnancy",
    "lactation": "lactation",
}
TOPIC_OF_SECTION = {
    "missed_dose": "missed_dose",
    "overdosage": "overdose",
    "drug_abuse_and_dependence": "dependence",
    "storage_and_handling": "storage",
}

TELLING_SECTIONS = frozenset({"adverse_reactions", "clinical_studies", "clinical_pharmacology", "pharmacokinetics"})
"""What was missed in a trial is no advice to those who missed a dose."""


@lru_cache(maxsize=1 << 12)
def tags_of(text: str) -> Marks:
    """Return the marks of a text that name a population or a topic, without those that are cues of a section."""
    first = marks_under(KINDS[0])[0]
    return tuple([first + hit for hit in _tag_book().hits(text)])


def is_tagged(marks: Marks) -> bool:
    """Whether a population or a topic is among the marks of a text; these are the last of the book."""
    return bool(marks) and marks[-1] >= marks_under(KINDS[0])[0]


def population_and_topic(text: str, section: str | None, marks: Marks) -> tuple[str | None, str | None]:
    """Return both; a text without such marks has what its section says, and mostly that is nothing."""
    if is_tagged(marks):
        return _both(text, section, marks)
    return POPULATION_OF_SECTION.get(section or ""), TOPIC_OF_SECTION.get(section or "")


@lru_cache(maxsize=1 << 12)
def _both(text: str, section: str | None, marks: Marks) -> tuple[str | None, str | None]:
    return population_of(text, section, marks), topic_of(text, section, marks)


def population_of(text: str, section: str | None, marks: Marks) -> str | None:
    """Return the population: the section's own, else the first one named where the block opens."""
    own = POPULATION_OF_SECTION.get(section or "")
    return own or min(_found("population", text[:OPENING_CHARACTERS], marks), default=(0, None))[1]


def topic_of(text: str, section: str | None, marks: Marks) -> str | None:
    """Return the topic the block says most about, its opening and its section counted more; of equals the first."""
    weights: dict[str, int] = {}
    for start, topic in sorted(_found("topic", text, marks)):
        weights[topic] = weights.get(topic, 0) + (OPENING_WEIGHT if start < OPENING_CHARACTERS else 1)
    if section in TELLING_SECTIONS:
        weights.pop("missed_dose", None)
    if own := TOPIC_OF_SECTION.get(section or ""):
        weights[own] = weights.get(own, 0) + SECTION_WEIGHT
    best = max(weights, key=weights.__getitem__, default=None)
    return best if best and weights[best] >= MIN_WEIGHT else None


def _found(kind: str, text: str, marks: Marks) -> Iterator[tuple[int, str]]:
    """Yield where in the text each phrase of a kind stands first, and the name it stands under."""
    if not is_tagged(marks):
        return
    book, numbers = mark_book(), marks_under(kind)
    for hit in marks:
        if hit in numbers and (start := book.start(text, hit)) >= 0:
            yield start, book.key(hit).partition("/")[2]


@cache
def _tag_book() -> PhraseBook:
    """Return the end of the book of marks."""
    return PhraseBook({f"{kind}/{name}": words for kind in KINDS for name, words in load(f"{kind}s").items()})
