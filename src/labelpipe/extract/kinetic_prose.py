"""Kinetic values from sentences: each belongs to the words nearest to it that its dimension fits."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from labelpipe.extract.kinetic_asides import is_aside
from labelpipe.extract.kinetic_context import context_of, dose_of_pair, in_order, populations_in, without_healthy
from labelpipe.extract.kinetic_flow import Flow, flows, heading_of
from labelpipe.extract.kinetic_mentions import Mention, mention_of, mentions_in, spoken_of
from labelpipe.extract.kinetic_values import in_list, may_hold_values, parting, values_in
from labelpipe.extract.prose_qualifiers import qualifiers_of
from labelpipe.extract.quantities import Quantity
from labelpipe.extract.sentences import Span, sentences, without_references
from labelpipe.extract.substance_names import Names
from labelpipe.model import Block
from labelpipe.vocabulary import load, pattern

_ASIDE = re.compile(r"\s*\(?\s*(?:range)?:?\s*", re.I)
_RIGHT_BEHIND = re.compile(r"\s*\(?(?:at|after|following|with|in|for)\b[^,;.)]{0,50}", re.I)
_SQUARE = re.compile(r"(?<=/)m 2\b|(?<=1\.73 )m 2\b")
_HYPHENS = str.maketrans("\u2010\u2011", "--")
_NEAR = 40
_TWO = 2
_CONTRAST = re.compile(r"\s+(?:versus|vs\.?|compared (?:to|with))\s+(?:about\s+|approximately\s+)?", re.I)
_REASON = re.compile(r"\b(?:because|due to|since|as (?:less|more|only|about|approximately))\b", re.I)
"""What is told of everyone to say why those named beside it are no different: `as less than 1% is excreted`."""
_RESPECTIVELY = re.compile(r"\brespectively\b", re.I)
_MEAN = re.compile(r"\b(?:mean|average[ds]?)\b", re.I)


def read_sentences(blocks: tuple[Block, ...], names: Names, source: str = "") -> Iterator[dict[str, Any]]:
    """Yield the columns of every kinetic value that sentences of the sections on kinetics state, in document order."""
    for flow in flows(blocks, source):
        if spoken_of().search(flow.text):
            about = flow.about
            for sentence in sentences(flow.text):
                about = heading_of(sentence.text) or about
                if not about.others and may_hold_values(sentence.text):
                    yield from _of_sentence(flow, sentence, names, about.population)


def _of_sentence(flow: Flow, sentence: Span, names: Names, whom: str | None) -> Iterator[dict[str, Any]]:
    block = flow.block_at(sentence.start)
    printed = " ".join(sentence.text.split()) if "\n" in sentence.text else sentence.text
    text = _SQUARE.sub("m2 ", without_references(printed)).translate(_HYPHENS)
    mentions = mentions_in(text)
    if not mentions:
        return
    values = [value for value in values_in(text) if not any(_overlap(value, mention) for mention in mentions)]
    found = [*_measured(text, values, mentions)]
    if not found or any(of["told"] for of in _elsewhere().finditer(text)):
        return
    start = flow.blocks[0].char_start
    place: dict[str, Any] = {"block_no": block.block_no, "char_start": start + sentence.start}
    place |= {"char_end": start + sentence.end, "quote": sentence.text}
    for index, mention, parameter in found:
        value = values[index]
        yield {
            "parameter": parameter,
            "text": _printed(printed, value),
            **_numbers(value, text[values[index - 1].end if index else 0 : value.start], mention.kind),
            "qualifiers": qualifiers_of(
                text, (mention.start, mention.end), values, index, names, parameter == "excretion"
            ),
            **_context(text, value, values, whom or _whom(block.section), parameter),
            **place,
            "method": "prose",
        }


def _printed(sentence: str, value: Quantity) -> str:
    """Return a value as the sentence prints it, its `m 2` whole."""
    end = value.end + sentence.endswith("m ", value.start, value.end)
    return sentence[value.start : end].strip()


def _measured(text: str, values: list[Quantity], mentions: list[Mention]) -> Iterator[tuple[int, Mention, str]]:
    """Yield which values are the drug's, with the words that say what they are and the parameter."""
    parameters = load("kinetics_prose")["parameters"]
    for index, value in enumerate(values):
        mention = mention_of(value, text, mentions, values)
        parameter = parameters[mention.kind].get(value.dimension) if mention else None
        if not mention or not parameter or _is_told_of_else(text, value, mention):
            continue
        if not is_aside(text, value, values, mention.kind):
            yield index, mention, parameter


def _is_told_of_else(text: str, value: Quantity, mention: Mention) -> bool:
    """Whether a time behind words about a peak is when something else was: `peak levels fell, undetectable at 24 h`."""
    if value.dimension != "time":
        return False
    if mention.start >= value.end:
        return bool(_elses("seen", "lasted").search(text, max(0, value.start - _NEAR), mention.start))
    words = _elses("lasted") if mention.kind == "half_life" else _elses("seen", "lasted")
    return bool(words.search(text, mention.end, value.start))


def _overlap(value: Quantity, mention: Mention) -> bool:
    return value.start < mention.end and mention.start < value.end


def _numbers(value: Quantity, before: str, kind: str) -> dict[str, Any]:
    """Return the value's columns; a single value said to be a mean is one; `half-lives over 9 h` are above 9 h."""
    single = value.mean is None and value.low is not None and value.low == value.high
    is_mean = single and bool(_MEAN.search(before.rpartition(";")[2]))
    is_above = kind == "half_life" and single and before.rstrip().casefold().endswith(" over")
    return {
        "comparator": ">" if is_above else value.comparator,
        "value_low": value.low,
        "value_high": None if is_above else value.high,
        "value_mean": value.low if is_mean else value.mean,
        "value_sd": value.sd,
        "unit": value.unit,
    }


def _whom(section: str | None) -> str | None:
    whom: dict[str, str] = load("kinetics_prose")["where"]["population"]
    return whom.get(section) if section else None


def _context(text: str, value: Quantity, values: list[Quantity], whom: str | None, parameter: str) -> dict[str, Any]:
    """Return in whom, by which route and after which dose: the nearest words count first.

    What a heading is about says in whom, but for excretion: it is told of everyone where kidneys are spoken of.
    """
    context = _said_context(text, value, values)
    if parameter in ("excretion", "protein_binding") and _REASON.search(text):
        return {**context, "population": None}
    whom = whom if parameter != "excretion" else None
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
    opens, closes = _clause(text, same[at].start, same[last].end)
    start = max(opens, same[at - 1].end if at else 0)
    end = min(closes, same[last + 1].start if last + 1 < len(same) else len(text))
    before = text[(parting(text, start, same[at].start) or start) if start > opens else start : same[at].start]
    behind = text[same[last].end : end]
    head = _RIGHT_BEHIND.match(behind.removeprefix(")"))
    context = context_of(*([head[0]] if head else []), before, behind, text[opens:closes], text)
    group, names = (place, of) if _RESPECTIVELY.search(text, value.end) else (0, 1)
    side = _side(text, same, same.index(value)) if names == 1 and not (head and populations_in(head[0])) else None
    if names > 1 and len(populations_in(text)) > 1:
        told = in_order(text[opens : same[at].start], names)
        return {**context, "population": told[group] if told else None}
    if side is not None:
        told = in_order(text[opens : same[same.index(value) - side].start], _TWO)
        alone = context["population"] if side == 0 else None
        return {**context, "population": told[side] if told else alone}
    return context


def _side(text: str, same: list[Quantity], at: int) -> int | None:
    """Return which value of `11 hours versus 5 hours` a value is, the first (0) or the second (1); of others None."""
    if at + 1 < len(same) and _CONTRAST.fullmatch(text, same[at].end, same[at + 1].start):
        return 0
    return 1 if at and _CONTRAST.fullmatch(text, same[at - 1].end, same[at].start) else None


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the words between semicolons begin and end that a place stands in."""
    closes = text.find(";", end)
    return text.rfind(";", 0, start) + 1, closes if closes >= 0 else len(text)


@cache
def _elses(*groups: str) -> re.Pattern[str]:
    words = (phrase for group in groups for phrase in load("kinetics_prose")["conditions"][group])
    return re.compile("|".join(pattern(phrase) for phrase in words), re.I)


@cache
def _elsewhere() -> re.Pattern[str]:
    """Words of sentences about animals or two medicines together are the group `told`; all else is neither."""
    interactions = load("kinetics_prose")["interactions"]
    words = "|".join((*load("kinetics_prose")["animals"]["words"], *interactions["words"]))
    return re.compile(rf"\b(?:{'|'.join(interactions['none'])})|\b(?P<told>{words})(?!\w)", re.I)
