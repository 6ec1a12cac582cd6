"""Amounts that stand among doses and are none: weights, strengths, levels, other drugs, what a trial gave."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, TypeVar

from labelpipe.extract.amount import Placed
from labelpipe.extract.own_names import is_another_drug
from labelpipe.extract.quantities import Quantity
from labelpipe.extract.substances import substances_in
from labelpipe.extract.units import dimension
from labelpipe.vocabulary import load
from labelpipe.vocabulary.phrases import AnyOf, any_of

_AMOUNTS = ("mass", "activity", "amount")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_PART_END = re.compile(r";\s|,?\s(?=(?:since|because|due to|owing to)\b)")
_OPENING = re.compile(
    r"\W*(?:if|when|where|once|(?:for|in)?\s*(?:patients|people|those|adults|children)\s+(?:who|not|whose|with))\b",
    re.I,
)
_OPENING_END = re.compile(r",\s")
_NOT_RECOMMENDED = re.compile(r"[^.;]{0,80}?\b(?:is|are)\s+not\s+(?:recommended|advised|exceeded)\b", re.I)
_IS = re.compile(r"\b(?:is|are|should)$", re.I)
_NAME_BEHIND = re.compile(r"\s+(?:of\s+(?P<of>(?:\w+[\s-]*){1,2})|(?P<bare>[a-z][\w-]{4,}))")
_OF_DOSE = re.compile(r"\bdos(?:e|es|age|ages|ing)\b", re.I)
_SUBJECT = re.compile(
    r"\bdos(?:e|age) of (?P<of>[\w-]+)"
    r"|\b(?P<name>[\w-]{5,})\s+(?:maintenance\s+|daily\s+|starting\s+)?dos(?:e|age)\b(?!\s+of\b)",
    re.I,
)
_BEGINS_WITH = re.compile(
    r"\W*(?P<name>[A-Z][\w-]+(?:\s[\w-]+)?)\s+(?:should|must|may|can|is|are)\s+(?:also\s+)?(?:be\s+)?"
    r"(?:given|administered|added|used|started|taken)\b"
)
_MORE_THAN = re.compile(r"\bmore\b|\babove\b|\bexceed", re.I)
_NEGATED = re.compile(r"\b(?:not?|never|nobody|none|neither|nor|cannot)\b|n't\b", re.I)


P = TypeVar("P", bound=Placed)


def is_amount(quantity: Quantity) -> bool:
    """Whether a quantity can be a dose: no body weight, no level, no volume, no `2 mg/0.5 mg` of a combination."""
    head, _, rest = quantity.unit.partition("/")
    if quantity.dimension not in _AMOUNTS or quantity.mean is not None or head == "kg":
        return False
    below = [re.sub(r"^\{[\d.,]+_(.*)\}$", r"\1", part) for part in rest.split("/") if part]
    return not any(dimension(part) == "mass" and part != "kg" for part in below) and not _counted(below)


def is_report(sentence: str) -> bool:
    """Whether a sentence tells what was seen or tried, not what to give."""
    if not _phrases("reports").is_in(sentence):
        return False
    plain = _phrases("no_reports").blanked(sentence)
    return plain == sentence or _phrases("reports").is_in(plain)


def not_reported(sentence: str, amounts: Sequence[P]) -> list[P]:
    """Return the amounts of a sentence less those in a part of it that tells what was seen or tried.

    What stands in brackets tells of itself alone: `20 mg is the most (30 mg was not studied)`.
    """
    main = _IN_BRACKETS.sub(lambda match: " " * len(match[0]), sentence)
    ends = [0, *(match.start() for match in _PART_END.finditer(main)), len(main)]
    parts: list[tuple[int, int]] = []
    for start, end in pairwise(ends):
        explains = start > 0 and main[start] != ";" and parts and parts[-1][1] == start  # `..., since 5 mg was in it`
        if explains or is_report(main[start:end]):
            parts.append((start, end))
    parts += [match.span() for match in _IN_BRACKETS.finditer(sentence) if is_report(match[1])]
    return [one for one in amounts if not any(start <= one.start < end for start, end in parts)]


def is_about_animals(text: str) -> bool:
    """Whether a paragraph tells of animals: what they were given is no dose."""
    return _phrases("animals").is_in(text)


def recommends(sentence: str) -> bool:
    """Whether a sentence recommends a dose or limits it."""
    return _phrases("recommends").is_in(sentence)


def names_own(words: str, names: frozenset[str]) -> bool:
    """Whether words name the label's own drug."""
    return not names.isdisjoint(word.casefold() for word in re.findall(r"[\w-]+", words))


@lru_cache(maxsize=1024)
def names_other_drugs(words: str, names: frozenset[str]) -> bool:
    """Whether words name a drug that is not the label's."""
    if _phrases("others").is_in(words) or is_another_drug(words, names):
        return True
    return bool(names) and any(span.text.isalpha() and span.text[-1] != "s" for span in substances_in(words, names))


def is_about_another_drug(sentence: str, names: frozenset[str]) -> bool:
    """Whether a sentence begins with another drug and says what to do with it: `Zerbaline should be given too`."""
    match = _BEGINS_WITH.match(sentence)
    return match is not None and bool(names) and _is_other(match["name"], names)


@lru_cache(maxsize=2048)
def is_other_drugs(before: str, after: str, names: frozenset[str]) -> bool:
    """Whether the words right before an amount, or `of ...` right behind it, name a drug that is not the label's."""
    before = before.rpartition(":")[2]
    nearby = " ".join(before.split()[-3:])
    subject = _SUBJECT.search(before)
    if subject and _is_other(subject["of"] or subject["name"], names):
        return True
    if _IS.search(nearby) and _OF_DOSE.search(before):  # `the dose for those who take zerbaline is 5 mg`
        nearby = ""
    behind = _NAME_BEHIND.match(after)
    return any(_is_other(words, names) for words in (nearby, (behind["of"] or behind["bare"]) if behind else ""))


def is_doubled(sentence: str) -> bool:
    """Whether advice on a missed dose names what is not to be taken: `Two drops together make up for nothing`."""
    return _phrases("doubled").is_in(sentence)


def is_forbidden(before: str) -> bool:
    """Whether the words before an amount say not to take it: `do not take a double dose of`."""
    found = _forbidden().search(before)
    return bool(found) and not _MORE_THAN.search(found[0])


def is_tried(sentence: str, amount: Placed, last: Placed) -> bool:
    """Whether an amount stands where a sentence opens with what has been given: `If 5 mg is not enough, give 10 mg`."""
    end = _OPENING_END.search(sentence, amount.end) if _OPENING.match(sentence) else None
    if end is None or end.start() > last.start:
        return False
    first = _OPENING_END.search(sentence)
    return (
        first is not None and first.start() == end.start() and bool(_phrases("tried").search(sentence[: end.start()]))
    )


def is_not_recommended(behind: str) -> bool:
    """Whether the words behind `more than 5 mg` forbid it: `... is not recommended`."""
    return bool(_NOT_RECOMMENDED.match(behind))


def forbids(before: str) -> bool:
    """Whether the words before `more than 5 mg` make it a limit: `no child should get more than`."""
    return bool(_NEGATED.search(before))


def _is_other(words: str, names: frozenset[str]) -> bool:
    return bool(words) and not names_own(words, names) and names_other_drugs(words, names)


def _counted(below: list[str]) -> bool:
    return any(part.startswith("{") and part != "{dose}" for part in below)


@cache
def _forbidden() -> Any:
    return any_of(load("doses")["no_dose"]["forbidden"], r"{}[^.;,]*$")


@cache
def _phrases(name: str) -> AnyOf:
    return any_of(load("doses")["no_dose"][name])
