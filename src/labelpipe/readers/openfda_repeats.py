"""What an openFDA record says twice: a section's text holds that of its subsections, and that of its tables.

The parts are compared without their white space, which flattening has changed.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from labelpipe.readers.openfda_lookup import Lookup
from labelpipe.readers.openfda_words import Words

MIN_CHARACTERS, MIN_PART_CHARACTERS = 20, 12
"""Shorter texts, and shorter tables, stand in others by chance."""


class Span(NamedTuple):
    """A stretch of a text that stands elsewhere too: as the part `of`, an index."""

    start: int
    end: int
    of: int


def find_repeats(texts: Sequence[Words], parts: Sequence[Words], is_owner: Sequence[bool]) -> list[list[Span]]:
    """Return for each text the stretches in it that stand as another text or as a part (a table) of its own.

    Of two equal texts the first keeps its words. A text that is no owner keeps only what stands nowhere else.
    """
    lookup = Lookup([text.dense for text in texts])
    taken: list[list[Span]] = [[] for _ in texts]
    for other, one in enumerate(texts):
        if is_owner[other] and one.has(MIN_CHARACTERS):
            for index, start in lookup.places(one.dense):
                is_shorter = len(one.dense) < len(texts[index].dense)
                if is_shorter or (index != other and (other < index or not is_owner[index])):
                    taken[index].append(Span(start, start + len(one.dense), other))
    for index, span in _held(texts, is_owner, lookup):
        taken[index].append(span)
    for of, part in enumerate(parts, len(texts)):
        for index, start in lookup.places(part.dense) if part.dense else ():
            if part.has(MIN_PART_CHARACTERS) or len(part.dense) == len(texts[index].dense):
                taken[index].append(Span(start, start + len(part.dense), of))
    return [list(_in_text(text, list(_apart(spans)))) for text, spans in zip(texts, taken, strict=True)]


def _held(texts: Sequence[Words], is_owner: Sequence[bool], lookup: Lookup) -> Iterator[tuple[int, Span]]:
    """Yield the texts that are no owners and stand as a whole in one that is."""
    for index, text in enumerate(texts):
        if not is_owner[index] and text.has(MIN_CHARACTERS):
            holder = next((other for other, _ in lookup.places(text.dense) if is_owner[other]), None)
            if holder is not None:
                yield index, Span(0, len(text.dense), holder)


def _apart(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the longest of stretches that overlap, in order."""
    last = 0
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.start >= last:
            yield span
            last = span.end


def _in_text(text: Words, spans: Sequence[Span]) -> Iterator[Span]:
    places = text.places((span.start, span.end) for span in spans)
    return (Span(start, end, span.of) for span, (start, end) in zip(spans, places, strict=True))
