"""Pieces to blocks and their outline: headings by level; coded sections and panels by their elements."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass

from labelpipe.readers.flow import Flow
from labelpipe.readers.html_noise import MAX_LINE_CHARACTERS, Hints
from labelpipe.readers.html_pieces import CLOSE, END, OPEN, SCOPE, Piece

HALF = 0.5
"""A control that has no level stands half a level below the heading over it."""

PLAIN = ("paragraph", "list_item")


@dataclass(slots=True)
class _Open:
    """An open section (or, with `is_fence`, the edge of an element that the headings within do not reach beyond)."""

    level: float
    is_fence: bool = False
    is_section: bool = True
    panel: str | None = None
    is_untitled: bool = False


class Outline:
    """Adds pieces to a flow, opening and closing its sections."""

    def __init__(self, flow: Flow, hints: Hints) -> None:
        self._flow = flow
        self._hints = hints
        self._open: list[_Open] = []

    def add_all(self, pieces: Iterable[Piece]) -> None:
        """Add the pieces of a page, in order."""
        add, hints = self._flow.add, self._hints
        longest = sys.maxsize if hints.notices else MAX_LINE_CHARACTERS
        for piece in pieces:
            kind, words = piece.kind, piece.words
            if kind not in PLAIN:
                self._add(piece)
            elif hints.stuck:
                for part in hints.settle(piece):
                    add(part.kind, part.words, part.locator)
            else:
                add(hints.kind_of(kind, words) if len(words) <= longest else kind, words, piece.locator)

    def _add(self, piece: Piece) -> None:
        """Add a mark, a heading, a table, or any other block."""
        kind = piece.kind
        if kind == "heading":
            self._heading(piece)
        elif kind == OPEN:
            self._flow.open_section(piece.words, None)
            self._open.append(_Open(0.0, is_fence=True, is_untitled=True))
        elif kind == SCOPE:
            self._open.append(_Open(0.0, is_fence=True, is_section=False))
        elif kind in (CLOSE, END):
            self._close_fence(piece.words)
        elif piece.table is not None:
            self._flow.add_table(piece.table.rows, piece.table.caption, piece.table.notes, kind=kind)
        else:
            is_notice = kind in ("noise", "callout") and self._hints.is_notice(piece.words)
            self._flow.add("disclaimer" if is_notice else kind, piece.words, piece.locator, piece.field)

    def _heading(self, piece: Piece) -> None:
        if self._open and self._open[-1].is_untitled:
            self._open[-1].is_untitled = False
            self._flow.title_section(piece.words)
        else:
            level = piece.level or self._level() + HALF
            while self._open and not self._open[-1].is_fence and self._open[-1].level >= level:
                self._pop()
            self._flow.open_section(None, piece.words)
            self._open.append(_Open(level, panel=piece.panel))
        self._flow.add("heading", piece.words, piece.locator)

    def _level(self) -> float:
        """Return the level of the nearest heading that has one of its own."""
        return next((entry.level for entry in reversed(self._open) if entry.level and entry.level.is_integer()), 1.0)

    def _close_fence(self, panel: str) -> None:
        """Close everything within an element, and the section of the control that shows it."""
        while self._open and not self._open[-1].is_fence:
            self._pop()
        if self._open:
            self._pop()
        if panel and self._open and self._open[-1].panel == panel:
            self._pop()

    def _pop(self) -> None:
        if self._open.pop().is_section:
            self._flow.close_section()
