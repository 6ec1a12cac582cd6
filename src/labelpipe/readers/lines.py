"""Text to pieces: lines with their exact places, and the furniture that is stuck to them cut off."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from labelpipe.vocabulary import load

_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060\u00ad"


@dataclass(slots=True)
class Piece:
    """A line, or the part of a line that is one thing. `kind` is empty until a step of the cascade knows it."""

    text: str
    start: int
    line_no: int
    kind: str = ""
    field: str | None = None

    @property
    def end(self) -> int:
        """One past its last code point."""
        return self.start + len(self.text)

    def part(self, start: int, end: int, kind: str = "", field: str | None = None) -> "Piece | None":
        """Return a part of it less the white space around, or None where nothing is left."""
        words = self.text[start:end]
        lead = len(words) - len(words.lstrip())
        words = words.strip()
        return Piece(words, self.start + start + lead, self.line_no, kind, field) if words else None


def split_lines(text: str) -> Iterator[Piece]:
    """Yield each line that has a word on it, less the white space around it."""
    at = 0
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        whole = Piece(line, at, number)
        if piece := whole.part(0, len(line)):
            yield piece
        at += len(line)


def cut_noise(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Mark furniture (`Loading...`) as noise, and cut it off the words it is stuck to."""
    stuck, whole = _stuck_noise(), _noise_lines()
    for piece in pieces:
        if _bare(piece.text) in whole:
            piece.kind = "noise"
            yield piece
            continue
        at = 0
        for match in stuck.finditer(piece.text):
            yield from filter(None, (piece.part(at, match.start()), piece.part(*match.span(), kind="noise")))
            at = match.end()
        if at == 0:
            yield piece
        elif rest := piece.part(at, len(piece.text)):
            yield rest


def _bare(line: str) -> str:
    """Fold a line for comparison: no case, no trailing dots, no invisible characters."""
    return line.strip(_INVISIBLE + " \t").rstrip(".…").strip().casefold()


@cache
def _noise_lines() -> frozenset[str]:
    return frozenset(load("boilerplate")["noise_lines"]) | {""}


@cache
def _stuck_noise() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(words) for words in load("boilerplate")["stuck_noise"]))
