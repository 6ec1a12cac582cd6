"""What a cell of a kinetics table says without a number: nothing, or words that matter all the same."""

import re

from labelpipe.vocabulary import load

_SAYS = re.compile(r"[^\W_]")


def is_empty(cell: str) -> bool:
    """Whether a cell says nothing: a dash, `NA`, `not determined`."""
    return not _SAYS.search(cell) or cell.casefold().strip(" .*†‡") in load("qualifiers")["nothing"]


def is_worded(parameter: str, cell: str) -> bool:
    """Whether words alone may say something of a parameter: how a drug is broken down, not how fast."""
    return "fraction" in load("kinetics")[parameter]["measures"] or any(character.isdigit() for character in cell)
