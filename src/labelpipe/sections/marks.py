"""The words of the vocabulary that stand in a text, all found in one pass: cues of sections, populations, topics."""

from collections.abc import Iterator
from functools import cache

from labelpipe.vocabulary import load
from labelpipe.vocabulary.phrases import PhraseBook

Marks = tuple[int, ...]
"""Numbers of the phrases of `mark_book` that a text holds, ascending."""


def marks_of(text: str) -> Marks:
    """Return the phrases that stand in the text."""
    return tuple(mark_book().hits(text))


@cache
def mark_book() -> PhraseBook:
    """Return all phrases, under keys of the form `cue/SECTION/STRENGTH`, `population/NAME` and `topic/NAME`."""
    return PhraseBook(dict(_phrases()))


@cache
def marks_under(kind: str) -> range:
    """Return the numbers of the phrases of a kind; they stand one behind the other."""
    numbers = [number for number, key in enumerate(mark_keys()) if key.startswith(f"{kind}/")]
    return range(numbers[0], numbers[-1] + 1)  # at the end of the book, behind the cues


@cache
def mark_keys() -> tuple[str, ...]:
    """Return the key of each phrase of `mark_book`."""
    return tuple(key for key, phrases in _phrases() for _ in phrases)


def _phrases() -> Iterator[tuple[str, list[str]]]:
    for section, tiers in load("cues").items():
        for strength, cues in tiers.items():
            yield f"cue/{section}/{strength}", cues
    for kind in ("population", "topic"):
        for name, words in load(f"{kind}s").items():
            yield f"{kind}/{name}", words
