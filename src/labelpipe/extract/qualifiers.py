"""What qualifies a kinetic value: the organ, the matrix, the extent, the condition."""

import re
from functools import cache

from labelpipe.vocabulary import load, pattern

_EDGE = re.compile(r"[;()]|,(?=\s|$)")
_WORD = re.compile(r"[^\W\d_]")
_FIRST = re.compile(r"(\S+)\s+(?=(?:within|over|after|of|in|by|from|at)\b)")
_LED = re.compile(r"(?:in|via|by|as|into)\s+(?:the\s+)?", re.I)


def qualifiers(words: str) -> tuple[str, ...]:
    """Split what qualifies a value at commas; a phrase of plain qualifier words is one qualifier a word.

    >>> qualifiers("minimal hepatic, after a meal")
    ('Minimal', 'Hepatic', 'After a meal')
    """
    if not _WORD.search(words):
        return ()
    return tuple(
        word[0].upper() + word[1:]
        for phrase in _EDGE.split(" ".join(words.split()))
        for word in _single_or_whole(phrase.strip(" :.-–−/+~≈"))
    )


def without_statistics(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the qualifiers less those that only say what kind of figure a number is (`Mean`, `Range`)."""
    return tuple(word for word in words if not _only("statistics").fullmatch(word))


def says(group: str, words: str) -> bool:
    """Whether the words have one of a group of the vocabulary: places, spreads, conditions, statistics."""
    return bool(_only(group).search(words))


def _single_or_whole(phrase: str) -> list[str]:
    if not _WORD.search(phrase):
        return []
    plain = _LED.sub("", phrase, count=1) if _LED.match(phrase) else phrase
    words = plain.split()
    nouns = [word for word in words if word.casefold() != "and"]
    if nouns and all(word.casefold() in _singles() for word in nouns):
        return nouns
    first = _FIRST.match(phrase)
    if first and first[1].casefold() in _singles():
        return [first[1], *_single_or_whole(phrase[first.end() :])]
    return [phrase]


@cache
def _singles() -> frozenset[str]:
    return frozenset(load("qualifiers")["single"])


@cache
def _only(group: str) -> re.Pattern[str]:
    return re.compile("|".join(pattern(phrase) for phrase in load("qualifiers")[group]), re.I)
