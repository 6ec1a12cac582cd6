"""Kinetic values from sentences: each belongs to the words nearest to it that its dimension fits."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise, zip_longest
from typing import Any, NamedTuple

from labelpipe.extract.kinetic_asides import is_aside
from labelpipe.extract.kinetic_context import context_of, dose_of_pair, populations_in, without_healthy
from labelpipe.extract.kinetic_values import in_list, may_hold_values, parting, values_in
from labelpipe.extract.prose_qualifiers import qualifiers_of
from labelpipe.extract.quantities import Quantity
from labelpipe.extract.sentences import Span, sentences, without_references
from labelpipe.extract.substance_names import Names
from labelpipe.model import Block
from labelpipe.vocabulary import load, pattern
from labelpipe.vocabulary.phrases import any_of

_SPEAKING = ("paragraph", "list_item", "callout")
_DIGIT = re.compile(r"\d")
_FRACTION = re.compile("[¼-¾⅓⅔]")
_FAR = 160
_ASIDE = re.compile(r"\s*\(?\s*(?:range)?:?\s*", re.I)
_AND = re.compile(r"[\s()]*(?:(?:of\s+)?(?:the\s+)?[\w-]+\s+)?(?:,|and|or|\(|\()[\s()]*(?:of\s+)?", re.I)
_RIGHT_BEHIND = re.compile(r"\s*\(?(?:at|after|following|with|in|for)\b[^,;.)]{0,50}", re.I)
_SAME_NAME = 30
_TWO = 2
_LEVEL = re.compile(r"(?:concentration|level)s?", re.I)
_JOINED = re.compile(r"(?:[\s()]*\b[a-z]+\b)?[\s(),]*(?:\band\b)?[\s(),]*(?:\b[a-z]+\s+){0,2}[\s(),]*", re.I)
_RESPECTIVELY = re.compile(r"\brespectively\b", re.I)
_SAYS = re.compile(
    r"^[^,;.]{0,60}\b(?:is|was|are|were|averages?|averaged|account(?:s|ed) for"
    r"|(?:reduc|increas|decreas|rais|lower)ed to)\W*$",
    re.I,
)
_MEAN = re.compile(r"\b(?:mean|average[ds]?)\b", re.I)
_CLAUSE_EDGE = re.compile(r";|(?<!respectively),(?!\s+(?:respectively|and)\b)|\.\s", re.I)


class Mention(NamedTuple):
    """Words about a kind of value (`half_life`, `peak`, ...) and where they stand in the sentence."""

    kind: str
    start: int
    end: int


def read_sentences(blocks: tuple[Block, ...], names: Names) -> Iterator[dict[str, Any]]:
    """Yield the columns of every kinetic value that sentences of the sections on kinetics state, in document order."""
    where = load("kinetics_prose")["where"]["sections"]
    for block in blocks:
        told = block.kind in _SPEAKING and (block.section is None or block.section in where)
        if told and _DIGIT.search(block.text) and _mentioned().search(block.text):
            for sentence in sentences(block.text):
                if may_hold_values(sentence.text):
                    yield from _of_sentence(block, sentence, names)


def _of_sentence(block: Block, sentence: Span, names: Names) -> Iterator[dict[str, Any]]:
    text = without_references(sentence.text)
    mentions = _mentions_in(text)
    if not mentions or _elsewhere().search(text):
        return
    place: dict[str, Any] = {"block_no": block.block_no, "char_start": block.char_start + sentence.start}
    place |= {"char_end": block.char_start + sentence.end, "quote": sentence.text}
    values = [value for value in values_in(text) if not any(_overlap(value, mention) for mention in mentions)]
    for index, value in enumerate(values):
        mention = _mention_of(value, text, mentions, values)
        parameter = load("kinetics_prose")["parameters"][mention.kind].get(value.dimension) if mention else None
        if not mention or not parameter or is_aside(text, value, values, mention.kind):
            continue
        yield {
            "parameter": parameter,
            "text": sentence.text[value.start : value.end].strip(),
            **_numbers(value, text[values[index - 1].end if index else 0 : value.start], mention.kind),
            "qualifiers": qualifiers_of(
                text, (mention.start, mention.end), values, index, names, parameter == "excretion"
            ),
            **_context(text, value, values, block.section, parameter),
            **place,
            "method": "prose",
        }


def _mentions_in(text: str) -> list[Mention]:
    """Return what a sentence speaks of; the concentration of `maximum plasma concentration` is the maximum's."""
    found: list[Mention] = []
    for match in _abouts(text):
        mention = Mention(str(match.lastgroup), match.start(), match.end())
        last = next((one for one in reversed(found) if one.kind != "steady"), None)
        closes = last and last.kind in ("peak", "trough") and _LEVEL.fullmatch(match[0])
        if not (last and closes and mention.start - last.end <= _SAME_NAME):
            found.append(mention)
    return found


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


def _overlap(value: Quantity, mention: Mention) -> bool:
    return value.start < mention.end and mention.start < value.end


def _numbers(value: Quantity, before: str, kind: str) -> dict[str, Any]:
    """Return the value's columns; a single value said to be a mean is one; `half-lives over 9 h` are above 9 h."""
    single = value.mean is None and value.low is not None and value.low == value.high
    is_mean = single and bool(_MEAN.search(before))
    is_above = kind == "half_life" and single and before.rstrip().casefold().endswith(" over")
    return {
        "comparator": ">" if is_above else value.comparator,
        "value_low": value.low,
        "value_high": None if is_above else value.high,
        "value_mean": value.low if is_mean else value.mean,
        "value_sd": value.sd,
        "unit": value.unit,
    }


def _mention_of(value: Quantity, text: str, mentions: list[Mention], values: list[Quantity]) -> Mention | None:
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
    before = _past_changes(before)
    if value.dimension == "time" and before and _is_of_level(value, before[-1], mentions):
        before = []
    reached = [one.end for one in values if one.end <= value.start and one.dimension == value.dimension]
    if before and value.start - max([before[-1].end, *reached]) <= _FAR:
        return before[-1]
    return near


def _past_changes(before: list[Mention]) -> list[Mention]:
    """Return the mentions less what was seen, fell or rose behind words about a half-life, which are still about it."""
    left = [one for one in before if one.kind != "seen"]
    return left if left and left[-1].kind == "half_life" else before


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


def _is_of_level(value: Quantity, mention: Mention, mentions: list[Mention]) -> bool:
    """Whether a time behind words about a peak is when a level behind them was measured: `peak 2.5; levels at 3 h`."""
    between = (one for one in mentions if mention.end < one.start < value.start)
    return mention.kind in ("peak", "trough") and any(one.kind == "level" for one in between)


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


def _context(text: str, value: Quantity, values: list[Quantity], section: str | None, parameter: str) -> dict[str, Any]:
    """Return in whom, by which route and after which dose: the nearest words count first.

    What a section is about says in whom, but for excretion: it is told of everyone where kidneys are spoken of.
    """
    context = _said_context(text, value, values)
    whom = load("kinetics_prose")["where"]["population"].get(section) if parameter != "excretion" else None
    return without_healthy(context if context["population"] else {**context, "population": whom})


def _said_context(text: str, value: Quantity, values: list[Quantity]) -> dict[str, Any]:
    same = [one for one in values if one.dimension == value.dimension]
    at = last = same.index(value)
    if paired := dose_of_pair(text, same, at):
        return {**context_of(text), **paired}
    place, of = in_list(text, same, at)
    at, last = at - place, at - place + of - 1
    while at and _ASIDE.fullmatch(text, same[at - 1].end, same[at].start):
        at -= 1
    while last + 1 < len(same) and _ASIDE.fullmatch(text, same[last].end, same[last + 1].start):
        last += 1
    start = same[at - 1].end if at else 0
    end = same[last + 1].start if last + 1 < len(same) else len(text)
    before = text[(parting(text, start, same[at].start) or start) if at else start : same[at].start]
    behind = text[same[last].end : end]
    head = _RIGHT_BEHIND.match(behind.removeprefix(")"))
    context = context_of(*([head[0]] if head else []), before, behind, text)
    is_told_apart = of > 1 and _RESPECTIVELY.search(text, value.end) and len(populations_in(text)) > 1
    return {**context, "population": None} if is_told_apart else context


@cache
def _mentioned() -> Any:
    return any_of(words for kind in load("kinetics_prose")["about"].values() for words in kind)


@cache
def _elsewhere() -> re.Pattern[str]:
    """Words of sentences about animals, or about two medicines together."""
    words = (word for group in ("animals", "interactions") for word in load("kinetics_prose")[group]["words"])
    return re.compile(rf"\b(?:{'|'.join(words)})(?!\w)", re.I)


@cache
def _about() -> re.Pattern[str]:
    """One expression for all words, each kind a group in their order; the longest words of a kind come first."""
    about = load("kinetics_prose")["about"]
    groups = (
        f"(?P<{kind}>{'|'.join(pattern(words) for words in sorted(wordings, key=len, reverse=True))})"
        for kind, wordings in about.items()
    )
    return re.compile("|".join(groups), re.I)
