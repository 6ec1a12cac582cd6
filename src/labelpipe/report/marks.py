"""A block's words cut where something was read from them, so that each piece can say what."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

SHOWN_CHARACTERS = 20_000
"""Characters of one block that a page shows; a line of a megabyte would stall the reader's browser."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where the words of a fact or of a finding are: code points from the block's first."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that the same spans cover. `begins` names the spans that start here: a link to a span leads to them."""

    text: str
    names: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()


def cut(text: str, spans: Sequence[Span]) -> list[Piece]:
    """Cut words at the ends of all spans; what is not shown of very long words is not there.

    >>> [(p.text, p.names, p.begins) for p in cut("take 5 mg daily", [Span("dose", 5, 9)])]
    [('take ', (), ()), ('5 mg', ('dose',), ('dose',)), (' daily', (), ())]
    """
    shown = min(len(text), SHOWN_CHARACTERS)
    inside = [span for span in spans if 0 <= span.start < min(span.end, shown)]
    ends = sorted({0, shown, *(s.start for s in inside), *(min(s.end, shown) for s in inside)})
    return [
        Piece(
            text[start:end],
            tuple(span.name for span in inside if span.start <= start and end <= span.end),
            tuple(span.name for span in inside if span.start == start),
        )
        for start, end in pairwise(ends)
    ]
