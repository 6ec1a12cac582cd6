"""The sentences of a dosing paragraph, and the items of a list that a format has run into one paragraph."""

import re
from collections.abc import Iterator

from labelpipe.extract.sentences import Span, sentences

BULLETS = ("•", "●", "▪", "◦", "■")

_ITEM_END = re.compile(
    rf"[{''.join(BULLETS)})](?:(?<!\))\s*|(?<=\))(?:\s+o\s+(?=[A-Z])|(?<=\d\))\s+(?=[A-Z][a-z]+[^.;]*:)"
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


def _trimmed(sentence: Span, start: int, end: int) -> Iterator[Span]:
    words = sentence.text[start:end].rstrip()
    if words:
        yield Span(words, sentence.start + start)
