"""Furniture and legal notices that only their words give away."""

from collections.abc import Iterator
from functools import cache

import re2

from labelpipe.readers.html_pieces import Piece
from labelpipe.readers.lines import Piece as Line
from labelpipe.readers.lines import cut_noise
from labelpipe.vocabulary import load

MAX_LINE_CHARACTERS = 40
"""A longer line is no furniture by itself."""


class Hints:
    """Which wordings that are worth a closer look a page's source has: one pass over it instead of one for each."""

    def __init__(self, folded: bytes) -> None:
        found = {_keys()[hit] for hit in _hints().Match(folded) or ()}
        self.notices = tuple(words for kind, words in found if kind == "disclaimers")
        self.stuck = tuple(words for kind, words in found if kind == "stuck_noise")
        self.controls = any(kind == "control" for kind, _ in found)
        self.codes = any(kind == "code" for kind, _ in found)
        self.mojibake = any(kind == "mojibake" for kind, _ in found)
        self.json_ld = any(kind == "json" for kind, _ in found)

    def kind_of(self, kind: str, words: str) -> str:
        """Return what a paragraph or item is: furniture, a legal notice, or what it seems."""
        if not words[0].isalnum() and not any(map(str.isalnum, words)):
            return "noise" if kind == "paragraph" else kind
        if self.notices and self.is_notice(words):
            return "disclaimer"
        return "noise" if words.rstrip(".…").casefold() in _noise_lines() else kind

    def settle(self, piece: Piece) -> Iterator[Piece]:
        """Yield a paragraph or item as what it is, the furniture cut off that is stuck to its words."""
        kind, folded = self.kind_of(piece.kind, piece.words), piece.words.casefold()
        if kind != "disclaimer" and any(furniture in folded for furniture in self.stuck):
            yield from _cut(piece)
        else:
            piece.kind = kind
            yield piece

    def is_notice(self, words: str) -> bool:
        """Whether the words are a legal notice's."""
        folded = words.casefold() if self.notices else ""
        return any(wording in folded for wording in self.notices)


def _cut(piece: Piece) -> Iterator[Piece]:
    for line in cut_noise(iter((Line(piece.words, 0, 0),))):
        if line.text == piece.words:
            piece.kind = line.kind or piece.kind
            yield piece
        else:
            yield Piece(line.kind or piece.kind, line.text, piece.locator, piece.element)


@cache
def _noise_lines() -> frozenset[str]:
    return frozenset(load("boilerplate")["noise_lines"])


@cache
def _keys() -> tuple[tuple[str, str], ...]:
    boilerplate = load("boilerplate")
    return (
        *(("disclaimers", words.casefold()) for words in boilerplate["disclaimers"]),
        *(("stuck_noise", words.casefold()) for words in boilerplate["stuck_noise"]),
        *(
            ("control", name)
            for name in ("aria-controls", "data-target", "data-bs-target", "data-toggle", "data-bs-toggle")
        ),
        *(("code", name) for name in load("html")["code_attributes"]),
        *(("mojibake", start) for start in ("Ã", "Â", "â€")),
        ("json", "ld+json"),
    )


@cache
def _hints() -> re2.Set:
    hints = re2.Set.SearchSet()
    for _, words in _keys():
        hints.Add(re2.escape(words))
    hints.Compile()
    return hints
