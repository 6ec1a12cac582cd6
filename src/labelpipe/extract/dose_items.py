"""The sentences of a dosing paragraph, and the items of a list that a format has run into one paragraph."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from labelpipe.extract.amount import Amount
from labelpipe.extract.bands import NO_BANDS
from labelpipe.extract.dose_scope import label_of, scope_of
from labelpipe.extract.dose_words import kind_said
from labelpipe.extract.sentences import Span, sentences
from labelpipe.vocabulary import load
from labelpipe.vocabulary.phrases import any_of

BULLETS = ("•", "●", "▪", "◦", "■")

_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d]{2,}")
_ITEM_END = re.compile(
    rf"[{''.join(BULLETS)})](?!\s?(?:h|hr|hours?|min|days?)/)(?:(?<!\))\s*|(?<=\))(?:\s+o\s+(?=[A-Z])|(?<=\d\))\s+(?=[A-Z][a-z]+[^.;]*:)"
    r"|(?<=\d \))\s+(?=[A-Z])))"
)


def items(text: str) -> Iterator[Span]:
    """Yield the sentences of a paragraph, each cut where an item of a list begins.

    An item begins at its bullet, and behind the pointer to its section that ends the one before: `5 mg (2.1) Adults:`.
    """
    may_have_items = ")" in text or any(bullet in text for bullet in BULLETS)
    for sentence in sentences(text):
        if not may_have_items:
            yield sentence
            continue
        at = 0
        for end in _ITEM_END.finditer(sentence.text):
            yield from _trimmed(sentence, at, end.start() + (end[0][0] == ")"))
            at = end.end()
        yield from _trimmed(sentence, at, len(sentence.text))


def is_torn(text: str, amounts: Sequence[Amount]) -> bool:
    """Whether a sentence is what is left of a table: several amounts, and hardly a word between them."""
    return len(amounts) > 2 and len(_WORD.findall(text)) <= len(amounts) + 1


def _trimmed(sentence: Span, start: int, end: int) -> Iterator[Span]:
    words = sentence.text[start:end].rstrip()
    if words:
        yield Span(words, sentence.start + start)


def indication_of(item: str) -> str | None:
    """Return what a list's item is named after, where that is neither whom nor when it is for."""
    label = label_of(item)
    scope = scope_of(label)
    is_whom = scope.population or scope.bands is not NO_BANDS
    is_other = not label or is_whom or kind_said(label) or _DIGIT.search(label) or _label_words().search(label)
    return None if is_other else label


@cache
def _label_words() -> Any:
    return any_of(load("doses")["label"]["others"])
