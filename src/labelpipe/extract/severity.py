"""How strongly words warn: contraindicated, avoid, adjust the dose, caution."""

import re
from functools import cache, lru_cache

from labelpipe.vocabulary import load, pattern
from labelpipe.vocabulary.phrases import PhraseBook


@lru_cache(maxsize=4096)
def severity_of(words: str) -> tuple[str, str] | None:
    """Return the strongest warning in the words, and the words that give it as printed.

    >>> severity_of("Use with caution.")
    ('caution', 'caution')
    """
    words = _taken_back().sub(lambda match: " " * len(match[0]), words)
    hits = _book().hits(words)
    return (_book().key(hits[0]), _book().words(words, hits[0])) if hits else None


@cache
def _book() -> PhraseBook:
    return PhraseBook(load("safety")["severity"])


@cache
def _taken_back() -> re.Pattern[str]:
    return re.compile("|".join(pattern(words) for words in load("safety")["no_severity"]["words"]), re.I)
