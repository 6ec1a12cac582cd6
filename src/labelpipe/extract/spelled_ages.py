"""Ages that are spelled in words, put in figures: `children of six and over`, `one month to a year`."""

import re

from labelpipe.vocabulary import load
from labelpipe.vocabulary.phrases import AnyOf

_NUMBER = "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_UNIT = r"(?:years?|months?|yrs?)\b"
_MAY_SPELL = AnyOf(rf"(?i){_NUMBER}[\s-]+(?:(?:to|and|or|over|older)\b|{_UNIT})|\ba (?:year|month)\b|aged? {_NUMBER}\b")
_SPELLED = re.compile(
    rf"\b{_NUMBER}(?=[\s-]+(?:(?:to|through|and|or)\s+(?:less than\s+)?(?:a|{_NUMBER})[\s-]+)?{_UNIT})"
    rf"|(?:(?<=\bone month to )|(?<=\bmonths to )|(?<=\bunder ))a(?= year)|(?<=\baged ){_NUMBER}\b"
    rf"|(?<=\bchildren of ){_NUMBER}(?= (?:and|or) (?:over|older|above|up))"
    rf"|(?<=\bbetween ){_NUMBER}(?= and {_NUMBER}\b)|(?<= and ){_NUMBER}(?= years?\b)",
    re.I,
)


def in_figures(words: str) -> str:
    """Return words with the ages that they spell in figures.

    >>> in_figures("children of six and over")
    'children of 6 and over'
    """
    if not _MAY_SPELL.search(words):
        return words
    return _SPELLED.sub(lambda match: _figure(match[0].casefold()), words)


def _figure(word: str) -> str:
    """Return the figure of a number; `a` of `a year` is one."""
    return "1" if word == "a" else str(load("units")["words"][word])
