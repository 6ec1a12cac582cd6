"""Other substances that words name: medicines, classes of them, foods; as printed, each with its place."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

import re2

from labelpipe.extract.sentences import Span
from labelpipe.vocabulary import load, pattern
from labelpipe.vocabulary.phrases import any_of

_BETWEEN = re.compile(r"(?:\s*\([^()]*\))?,\s+(?:(?:and|or)\s+)?(?P<name>[A-Za-z][\w-]{4,}),?\s+(?:and\s+|or\s+)?")
_WORD = re.compile(r"[\w-]+")


def substances_in(words: str, own: frozenset[str], is_label: bool = False) -> list[Span]:
    """Return the substances named in the words, less the label's own.

    What blood is tested for too (potassium) counts only in a label, as before a list item's colon.
    A name that stands between two known ones of a list is one too.
    """
    known = [span for span in _known(words) if not own & {w.casefold() for w in _WORD.findall(span.text)}]
    known = [span for span in known if not (_apart().search(words[: span.start]) or _is_made_of_own(span.text, own))]
    if not is_label:
        known = [span for span in known if not _analytes().fullmatch(span.text)]
    return sorted([*known, *_between(words, known)], key=lambda span: span.start)


def _is_made_of_own(name: str, own: frozenset[str]) -> bool:
    """Whether a name is that of what the body makes of the drug (`hydroxyzerbaline`), or of what the drug is made of.

    A medicine that has a name of its own, such as hydroxychloroquine, is another one.
    """
    word = name.casefold().rpartition("-")[2]
    parts = load("substances")["metabolites"]
    if any(word == before + one for before in parts["before"] for one in own):
        return not _named().fullmatch(word)
    return any(one == before + word for before in parts["of_prodrugs"] for one in own)


@lru_cache(maxsize=4096)
def _known(words: str) -> tuple[Span, ...]:
    found = _substances().finditer(words) if _substances().search(words) else ()
    return tuple(Span(match[0], match.start()) for match in found if not _no_names().fullmatch(match[0]))


def _between(words: str, known: list[Span]) -> Iterator[Span]:
    for one, other in pairwise(known):
        match = _BETWEEN.fullmatch(words, one.end, other.start)
        if match and not _no_names().fullmatch(match["name"]):
            yield Span(match["name"], match.start("name"))


@cache
def _substances() -> Any:
    """Return the expression of all substances; of two that begin at one place the longer counts."""
    lists = load("substances")
    phrases = [*lists["names"], *lists["classes"], *lists["everyday"], *lists["foods"], *lists["analytes"]]
    phrases += [*lists["ends"], *load("safety")["boxed_warning"]["stems"]]
    options = re2.Options()
    options.case_sensitive = False
    options.longest_match = True
    options.max_mem = 64 << 20
    return re2.compile("|".join(_expression(phrase) for phrase in phrases), options)


def _expression(phrase: str) -> str:
    """Return the expression of a phrase; an end such as `*pril` takes the whole word."""
    return rf"\b\w{{2,}}{pattern(phrase[1:])[2:]}s?\b" if phrase.startswith("*") else pattern(phrase)


@cache
def _named() -> re.Pattern[str]:
    return _any(load("substances")["names"])


@cache
def _apart() -> Any:
    """Return the expression of what stands before words that only explain (`X, a blood thinner`) or are excepted."""
    return any_of(load("substances")["apart"], r"(?:, an?|{})\s+$")


@cache
def _analytes() -> re.Pattern[str]:
    return _any(load("substances")["analytes"])


@cache
def _no_names() -> re.Pattern[str]:
    return _any(load("substances")["no_names"])


def _any(phrases: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b\w*{pattern(p[1:])}" if p.startswith("*") else pattern(p) for p in phrases), re.I)
