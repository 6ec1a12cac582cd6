"""Which words of a sentence a value belongs to: the nearest that speak of what its dimension fits."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise, zip_longest
from typing import Any, NamedTuple

from labelpipe.extract.kinetic_values import in_list
from labelpipe.extract.quantities import Quantity
from labelpipe.vocabulary import load, pattern
from labelpipe.vocabulary.phrases import any_of

_FRACTION = re.compile("[¼-¾⅓⅔]")
_FAR = 160
_AND = re.compile(r"[\s()]*(?:(?:of\s+)?(?:the\s+)?[\w-]+\s+)?(?:,|and|or|\(|\()[\s()]*(?:of\s+)?", re.I)
_SAME_NAME = 30
_TWO = 2
_LEVEL = re.compile(r"(?:concentration|level)s?", re.I)
_JOINED = re.compile(r"(?:[\s()]*\b[a-z]+\b)?[\s(),]*(?:\band\b)?[\s(),]*(?:\b[a-z]+\s+){0,2}[\s(),]*", re.I)
_SAYS = re.compile(
    r"^[^,;.]{0,60}\b(?:is|was|are|were|averages?|averaged|account(?:s|ed) for"
    r"|(?:reduc|increas|decreas|rais|lower)ed to)\W*$",
    re.I,
)
_CLAUSE_EDGE = re.compile(r";|(?<!respectively),(?!\s+(?:respectively|and)\b)|\.\s", re.I)


class Mention(NamedTuple):
    """Words about a kind of value (`half_life`, `peak`, ...) and where they stand in the sentence."""

    kind: str
    start: int
    end: int


def mentions_in(text: str) -> list[Mention]:
    """Return what a sentence speaks of; the concentration of `maximum plasma concentration` is the maximum's."""
    found: list[Mention] = []
    for match in _abouts(text):
        mention = Mention(str(match.lastgroup), match.start(), match.end())
        last = next((one for one in reversed(found) if one.kind != "steady"), None)
        closes = last and last.kind in ("peak", "trough") and _LEVEL.fullmatch(match[0])
        if not (last and closes and mention.start - last.end <= _SAME_NAME):
            found.append(mention)
    return found if any(mention.kind in _measured() for mention in found) else []


def mention_of(value: Quantity, text: str, mentions: list[Mention], values: list[Quantity]) -> Mention | None:
    """Return the words that say what a value is: those before it, for a share of something those behind it first."""
    parameters = load("kinetics_prose")["parameters"]
    fitting = [mention for mention in mentions if value.dimension in parameters[mention.kind]]
    before = [mention for mention in fitting if mention.end <= value.start]
    if paired := _pair(text, value, [one for one in before if parameters[one.kind][value.dimension]], values):
        return paired
    behind = [mention for mention in fitting if mention.start >= value.end]
    near = behind[0] if behind and _reaches(text, value, behind[0], values) else None
    is_said = bool(before) and bool(_SAYS.search(text[before[-1].end : value.start]))
    if value.dimension == "fraction" and near and not is_said:
        return near
    if value.dimension == "time" and before and _is_of_another(value, before[-1], mentions):
        before = []
    reached = [one.end for one in values if one.end <= value.start and one.dimension == value.dimension]
    if before and value.start - max([before[-1].end, *reached]) <= _FAR:
        return before[-1]
    return near


def _pair(text: str, value: Quantity, before: list[Mention], values: list[Quantity]) -> Mention | None:
    """Return the words of one value of `peak and trough levels were 20 and 2 ng/mL`: the first is the first one's."""
    same = [one for one in values if one.dimension == value.dimension]
    place, of = in_list(text, same, same.index(value))
    runs = [last for last, then in zip_longest(before, before[1:]) if not then or then.kind != last.kind]
    named = runs[-of:]
    if of < _TWO or len(named) != of or len({one.kind for one in named}) != of:
        return None
    first = before.index(named[0])
    is_joined = all(_JOINED.fullmatch(text, one.end, then.start) for one, then in pairwise(before[first:]))
    return named[place] if is_joined else None


def _is_of_another(value: Quantity, mention: Mention, mentions: list[Mention]) -> bool:
    """Whether a time is when something else was measured: `peak 2.5; levels at 3 h`, `accumulation after 3 weeks`."""
    other = {"peak": "level", "trough": "level", "steady": "accumulation"}.get(mention.kind)
    return any(one.kind == other for one in mentions if mention.end < one.start < value.start)


def _reaches(text: str, value: Quantity, mention: Mention, values: list[Quantity]) -> bool:
    """Whether words behind a value are about it: in the same clause, and no other value stands between."""
    between = text[value.end : mention.start]
    others = [one for one in values if value.end <= one.start < mention.start and one.dimension == value.dimension]
    return _is_listed(text, value, others) and not _CLAUSE_EDGE.search(between) and len(between) <= _FAR


def _is_listed(text: str, value: Quantity, others: list[Quantity]) -> bool:
    """Whether nothing but `and` and brackets stands between values that the words behind them tell of together."""
    pieces, at = [], value.end
    for other in others:
        pieces.append(text[at : other.start])
        at = other.end
    return all(_AND.fullmatch(piece) for piece in pieces)


def _abouts(text: str) -> Iterator[re.Match[str]]:
    """Yield the words that sentences are about. RE2 says where to look; it takes a fraction's sign for no word."""
    if not text.isascii() and _FRACTION.search(text):
        yield from _about().finditer(text)
        return
    at = 0
    while near := _mentioned().search(text, at):
        at = near.start() + 1
        if match := _about().match(text, near.start()):
            yield match
            at = match.end()


@cache
def spoken_of() -> Any:
    """Return the expression, for RE2, of the words that a text without kinetic values hardly has."""
    return any_of(words for kind in sorted(_measured()) for words in load("kinetics_prose")["about"][kind])


@cache
def _measured() -> frozenset[str]:
    """The kinds of words that some value belongs to."""
    return frozenset(kind for kind, of in load("kinetics_prose")["parameters"].items() if any(of.values()))


@cache
def _mentioned() -> Any:
    return any_of(words for kind in load("kinetics_prose")["about"].values() for words in kind)


@cache
def _about() -> re.Pattern[str]:
    """One expression for all words, each kind a group in their order; the longest words of a kind come first."""
    about = load("kinetics_prose")["about"]
    groups = (
        f"(?P<{kind}>{'|'.join(pattern(words) for words in sorted(wordings, key=len, reverse=True))})"
        for kind, wordings in about.items()
    )
    return re.compile("|".join(groups), re.I)
