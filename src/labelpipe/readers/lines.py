"""Text to pieces: lines with their exact places, and the furniture that is stuck to them cut off."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from labelpipe.vocabulary import load

_UNSEEN = "\ufeff\u200b\u200c\u200d\u2060\u00ad \t"


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
        if words := line.strip():
            yield Piece(words, at + line.index(words[0]), number)
        at += len(line)


def cut_noise(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Mark furniture (`Loading...`) as noise, and cut it off the words it is stuck to."""
    for piece in pieces:
        if _is_noise(piece.text):
            piece.kind = "noise"
            yield piece
        elif "..." in piece.text or "…" in piece.text:
            yield from _cut_stuck(piece)
        else:
            yield piece


def _cut_stuck(piece: Piece) -> Iterator[Piece]:
    """Yield the parts of a line: its words, and the furniture that is stuck to them, which has its dots with it."""
    at = 0
    for match in _stuck_noise().finditer(piece.text):
        yield from filter(None, (piece.part(at, match.start()), piece.part(*match.span(), kind="noise")))
        at = match.end()
    if at == 0:
        yield piece
    elif rest := piece.part(at, len(piece.text)):
        yield rest


def _is_noise(line: str) -> bool:
    """Whether a line is nothing but furniture: no case, no trailing dots, no invisible characters count."""
    bare = line.strip(_UNSEEN).rstrip(".…").strip()
    return len(bare) <= _longest_noise() and bare.casefold() in _noise_lines()


@cache
def _noise_lines() -> frozenset[str]:
    return frozenset(load("boilerplate")["noise_lines"]) | {""}


@cache
def _longest_noise() -> int:
    return max(map(len, _noise_lines()))


@cache
def _stuck_noise() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(words) for words in load("boilerplate")["stuck_noise"]))
