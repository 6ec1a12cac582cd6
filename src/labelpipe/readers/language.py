"""Which language a page is in."""

from collections.abc import Iterable
from itertools import islice

from labelpipe.model import Block

SAMPLE_BLOCKS, SAMPLE_CHARACTERS, MODEL_CHARACTERS = 30, 2000, 600
"""Enough to tell; for a model's guess, which takes time, so many characters."""

MIN_WORDS = 12
"""Fewer words than this, and a guess would be worth nothing."""

PROSE = ("paragraph", "list_item", "faq_answer")

ENGLISH, MIN_ENGLISH = (" the ", " of ", " and "), 0.04
"""Words that no other language has so many of, and how many of all words; then nothing slower needs to look."""


def language_of(blocks: Iterable[Block]) -> str | None:
    """Return the ISO 639-1 code of the language that the first prose of some blocks is in."""
    prose = (block.text for block in blocks if block.kind in PROSE)
    return detect_language(" ".join(islice(prose, SAMPLE_BLOCKS)))


def detect_language(words: str) -> str | None:
    """Return the ISO 639-1 code of the language, or None where there are too few words to tell."""
    sample = words[:SAMPLE_CHARACTERS]
    n_words = len(sample.split())
    if n_words < MIN_WORDS:
        return None
    if sum(map(sample.count, ENGLISH)) >= MIN_ENGLISH * n_words:
        return "en"
    import py3langid

    code, _ = py3langid.classify(sample[:MODEL_CHARACTERS])
    return str(code)
