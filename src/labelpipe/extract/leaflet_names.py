"""The names of a package leaflet's medicine, which has no header: its headings and its active substances say them."""

import re
from collections.abc import Iterator

from labelpipe.model import Block

_TITLE = re.compile(r"\W*(?:\d\W*)?What (?P<name>.{3,80}?) (?:is|are) and what (?:it|they) (?:is|are) used for", re.I)
_SUBSTANCE = re.compile(
    r"\bactive (?:substance|ingredient)s?(?:\s+(?:in|of)\s+[\w-]+)?\s*(?:is|are|,|:|called)\s+(?:called\s+)?"
    r"(?P<name>[a-z][\w-]{3,}(?:(?:,|,?\s+and)\s+[a-z][\w-]{3,})*)",
    re.I,
)
_MIN_LETTERS = 4


def leaflet_names(blocks: tuple[Block, ...]) -> frozenset[str]:
    """Return the words of the names, folded; nothing where a leaflet does not say what it has in it."""
    titles = {word for block in blocks if "used for" in block.text[:120] for word in _words(_TITLE, block.text[:120])}
    substances = {word for block in blocks if "active" in block.text for word in _words(_SUBSTANCE, block.text)}
    return frozenset(titles | substances) if titles and substances else frozenset()


def _words(form: re.Pattern[str], text: str) -> Iterator[str]:
    for match in form.finditer(text):
        for word in re.findall(r"[^\W\d_][\w-]+", match["name"]):
            if len(word) >= _MIN_LETTERS:
                yield word.casefold()
