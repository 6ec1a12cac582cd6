"""Amounts that stand among doses and are none: weights, strengths, levels, other drugs, what a trial gave."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, Protocol, TypeVar

from labelpipe.extract.own_names import is_another_drug
from labelpipe.extract.quantities import Quantity
from labelpipe.extract.substances import substances_in
from labelpipe.extract.units import dimension
from labelpipe.vocabulary import load
from labelpipe.vocabulary.phrases import AnyOf, any_of

_AMOUNTS = ("mass", "activity", "amount")
_JOINED = re.compile(r"\s*(?:,|and|or|,\s*(?:and|or))\s*$", re.I)
_OR = re.compile(r"\s*(?:,|or|,\s*or)\s*", re.I)
_THE = re.compile(r"\bthe\s+$", re.I)
_DOSE = re.compile(r"\s*(?:[\w-]+\s+)?dose", re.I)
_BEFORE = 100
_GIVEN_BEFORE = 64
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_PART_END = re.compile(r";\s|,?\s(?=(?:since|because|due to|owing to)\b)")
_PLUS = re.compile(r"\+\s*(?:one|two|three|four|[1-6])\s+$", re.I)
_COUNT_OF = re.compile(r"\b(?:one|two|three|four|[1-6])\s+$", re.I)
_EQUAL = re.compile(r"\(\s*(?:equals|equivalent to|same as)\s+$", re.I)
_A_DAYS = re.compile(r"\s*(?:daily|(?:a|per|each) day)\b", re.I)
_OPENING = re.compile(
    r"\W*(?:if|when|where|once|(?:for|in)?\s*(?:patients|people|those|adults|children)\s+(?:who|not|whose|with))\b",
    re.I,
)
_OPENING_END = re.compile(r",\s")
_ONE = re.compile(
    r"\b(?:one|a single|1 (?:tablet|capsule) of)\s+$"
    r"|\b(?:receiv|giv|tak|administer|inject|get)\w*\b[^.;,]{0,40}\b(?:an?|one|second|first)\s+(?:(?:daily|weekly|monthly|single|further|second|first)\s+)?$",
    re.I,
)
_NOT_RECOMMENDED = re.compile(r"[^.;]{0,80}?\b(?:is|are)\s+not\s+(?:recommended|advised|exceeded)\b", re.I)
_WITH_ANOTHER = re.compile(r"\bwith\s+\S+\s+(?:is|are|should)$", re.I)
_SUBJECT = re.compile(
    r"\bdos(?:e|age) of (?P<of>[\w-]+)|\b(?P<name>[\w-]{5,})\s+(?:maintenance\s+|daily\s+|starting\s+)?dos(?:e|age)\b",
    re.I,
)
_BEGINS_WITH = re.compile(
    r"\W*(?P<name>[A-Z][\w-]+(?:\s[\w-]+)?)\s+(?:should|must|may|can|is|are)\s+(?:also\s+)?(?:be\s+)?"
    r"(?:given|administered|added|used|started|taken)\b"
)
_AT_MOST = re.compile(r"\b(?:no|not|never)\s+(?:faster|quicker|higher|larger)\s+than\W*$", re.I)
_BY = re.compile(r"\s*(?:by|via|as|for|in|of|with|per)\s", re.I)
_MORE_THAN = re.compile(r"\bmore\b|\babove\b|\bexceed", re.I)
_NEGATED = re.compile(r"\b(?:not?|never|nobody|none|neither|nor|cannot)\b|n't\b", re.I)


class Placed(Protocol):
    """Words of a sentence, from `start` to `end`."""

    @property
    def start(self) -> int:
        """The first code point."""

    @property
    def end(self) -> int:
        """One past the last."""


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


def strengths(sentence: str, quantities: Sequence[Placed]) -> set[int]:
    """Return the starts of the amounts that only name a product: `the 60 mg and 80 mg tablets`."""
    found: set[int] = set()
    behind: Placed | None = None
    for quantity in reversed(quantities):
        joined = behind and behind.start in found and _JOINED.match(sentence[quantity.end : behind.start])
        if joined or _names_product(sentence, quantity):
            found.add(quantity.start)
        behind = quantity
    return found | _listed_with(found, sentence, quantities)


def _listed_with(found: set[int], sentence: str, quantities: Sequence[Placed]) -> set[int]:
    """Return the starts of what is listed behind an amount someone has had: `those taking 10 mg or 20 mg`."""
    more: set[int] = set()
    for one, behind in pairwise(quantities):
        is_had = one.start in more or (one.start in found and _before().search(sentence[: one.start][-_BEFORE:]))
        if is_had and _OR.fullmatch(sentence, one.end, behind.start):
            more.add(behind.start)
    return more


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
    if _WITH_ANOTHER.search(nearby):
        nearby = ""
    subject = _SUBJECT.search(before)
    if subject and _is_other(subject["of"] or subject["name"], names):
        return True
    of = re.match(r"\s*of\s+((?:\w+[\s-]*){1,2})", after)
    return any(_is_other(words, names) for words in (nearby, of[1] if of else ""))


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


def _names_product(sentence: str, quantity: Placed) -> bool:
    near, after = sentence[max(0, quantity.start - _BEFORE) : quantity.start], sentence[quantity.end :]
    if "+" in sentence and (_PLUS.search(near) or (_COUNT_OF.search(near) and "+" in after[:4])):
        return True  # `one 200 mg + two 50 mg capsules`
    if _ONE.search(near[-_GIVEN_BEFORE:]):
        return False
    if _THE.search(near) and not _DOSE.match(after):
        return True
    if _before().search(near) and not _AT_MOST.search(near):
        return not (_EQUAL.search(near) and _A_DAYS.match(after))
    named = _behind().match(after)
    return bool(named) and not _BY.match(after)


def _is_other(words: str, names: frozenset[str]) -> bool:
    return bool(words) and not names_own(words, names) and names_other_drugs(words, names)


def _counted(below: list[str]) -> bool:
    return any(part.startswith("{") and part != "{dose}" for part in below)


@cache
def _behind() -> Any:
    forms = [f"{form.casefold()}*" for form in load("products")["dosage_forms"]]
    return any_of([*forms, *load("doses")["no_dose"]["forms"]], r"[\s-]*(?:[\w-]+\s+)?{}\b")


@cache
def _before() -> Any:
    words = load("doses")["no_dose"]
    return any_of([*words["already"], *words["holds"]], r"(?:{}|^on)\W*$")


@cache
def _forbidden() -> Any:
    return any_of(load("doses")["no_dose"]["forbidden"], r"{}[^.;,]*$")


@cache
def _phrases(name: str) -> AnyOf:
    return any_of(load("doses")["no_dose"][name])
