"""Words with their white space in order: gathered as a list of parts, made into a block's words at its end.

Parts are the source's strings, with GAP, BREAK, RAISED, LOWERED and LEVEL between them where the format says so.
"""

import re
from collections.abc import Sequence

GAP = " "
"""White space that the format implies: between blocks, items, cells."""

BREAK, RAISED, LOWERED, LEVEL = "\ufdd3", "\ufdd0", "\ufdd1", "\ufdd2"
"""A line's end within a block (br); the start of a superscript, of a subscript, and the end of either.

Noncharacters of Unicode: no text holds them.
"""

_SCRIPTS = re.compile(f"[{RAISED}{LOWERED}{LEVEL}]+")
_NUMERAL = re.compile(r"[-+−–]?[0-9½¼¾⅓⅔]")
_RAISED = re.compile(f"{RAISED}([^{LEVEL}]*){LEVEL}")
_NOTE = re.compile(rf"\s*(?:{RAISED}\s*([^{LEVEL}]{{1,9}}?)\s*{LEVEL}|([*†‡§¶#]+))[\s.:)=]*(?=\S)")
_SEVERAL = re.compile(r"[\s,;]+")

SIGNS = frozenset("*†‡§¶#")
"""What a footnote's mark can be, other than a superscript."""


def words_of(parts: Sequence[str]) -> str:
    """Return the words of a block: white space collapsed, and a space where a script's digit meets a digit.

    >>> words_of(["10", RAISED, "6", LEVEL, " cells", BREAK, "daily"])
    '10 6 cells daily'
    """
    text = "".join(parts)
    if not text.isascii():
        text = text.replace(BREAK, " ")
        if LEVEL in text:
            text = _SCRIPTS.sub(_edge, text)
    return " ".join(text.split())


def _edge(match: re.Match[str]) -> str:
    """Return what stands at the edge of a script: a space between numerals, else nothing."""
    text, start = match.string, match.start()
    before = start and _NUMERAL.match(text, start - 1)
    return " " if before and _NUMERAL.match(text, match.end()) else ""


def marks_of(parts: Sequence[str]) -> tuple[str, ...]:
    """Return the superscripts of gathered parts, `a,b` as two."""
    if RAISED not in parts:
        return ()
    raised = _RAISED.findall("".join(parts))
    return tuple(mark for words in raised for mark in _SEVERAL.split(words_of([words])) if mark)


def notes_of(parts: Sequence[str]) -> dict[str, str]:
    """Return the notes in gathered parts: the lines that begin with a superscript or a sign, by that mark."""
    notes: dict[str, str] = {}
    mark = ""
    for line in "".join(parts).split(BREAK):
        if found := _NOTE.match(line):
            mark = words_of([found[1] or found[2]])
            notes[mark] = words_of([line[found.end() :]])
        elif mark:
            notes[mark] = f"{notes[mark]} {words_of([line])}".strip()
    return notes
