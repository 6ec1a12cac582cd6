"""What the words around an amount say of it: what kind of dose it is, how often it is given, per what, for how long."""

import re
from functools import cache
from typing import Any

from labelpipe.extract.amount import Amount
from labelpipe.extract.dose_clauses import own_words_behind
from labelpipe.vocabulary import load, pattern
from labelpipe.vocabulary.phrases import AnyOf, PhraseBook, any_of

_NEAR = 60
_FAR = 90
_FARTHER = 180
_INITIALLY = re.compile(r"\binitially\b", re.I)
_AT_MOST = re.compile(r"\s*(?:at (?:the )?most|maximum|max|tops)\W*(?:$|[.,;)])", re.I)
_BY_AT_MOST = re.compile(r"(?:\b(?:by|of|in|add|adding|steps?|increments?)|increas\w*|weekly|daily)\W*$", re.I)
_CHANGED = re.compile(
    r"\b(?:doubl|increas|rais|adjust|titrat|reduc|decreas|chang|escalat)(?:e|es|ed|ing)\b[^,;.]*$", re.I
)
_BY = re.compile(
    r"\b(?:increas|rais|reduc|adjust|decreas|lower|escalat|titrat|climb|ris)\w*\b[^.;:]{0,60}"
    r"\b(?:by(?: adding)?|in (?:steps|increments) of)\s+$|\bdos(?:e|age) by\s+$"
    r"|\b(?:adjustment|increase|change|decrease|reduction|increment)s? of\s+$",
    re.I,
)
_WEAK = re.compile(
    r"\b(?:start|initial|begin|loading)\w*\b[^.,;:()]{0,30}"
    r"\b(?:usual|typical|recommended|standard)\w*\W[^.,;:()]{0,40}$",
    re.I,
)
_CHANGES = re.compile(
    r"[,;]\s+(?:and\s+|then\s+)?(?:climb|up|ris|rais|increas|step|titrat|mov|go)\w*\b(?! (?:to )?(?:once|twice|every))",
    re.I,
)
_STEPS_BEHIND = re.compile(r"\s*(?:weekly\s+|daily\s+)?(?:increments?|steps)\b", re.I)
_MORE = re.compile(r"\s*(?:higher|more|extra)\b(?! than)", re.I)
_NEXT_STEP = re.compile(r"\b(?:titrated|increased|raised|until|followed|then|to a)\b", re.I)
_WEAK_WORDS = ("usual", "typical", "recommended", "standard")
_STEP_ENDS = ("by", "adding", "of", "further")
_FURTHER = re.compile(r"\bfurther\s+$", re.I)
_IN_PARTS = re.compile(
    r",?\s+(?:given\s+)?(?P<words>(?:as|in)\s+(?:[\w-]+\s+(?:or|to)\s+)?[\w-]+\s+(?:equally\s+|evenly\s+)?(?:divided\s+|separate\s+)?"
    r"(?:doses|parts|portions))\b",
    re.I,
)
_PARTS = re.compile(r"\b(?:doses|parts|portions|single dose|single daily dose|one dose)\b", re.I)
_DOSES_GIVEN = re.compile(r"\b(?:once|twice)[ -]daily(?=\s+(?:dose|doses|dosage|dosing)\b[\w ]*$)", re.I)
_BARE_DURATION = re.compile(
    r",\s+(?P<words>\d+(?:\s*(?:-|–|to|or)\s*\d+)?\s+(?:days?|weeks?|months?))\s*(?:$|[,.;)])", re.I
)
_ASIDE = re.compile(r"^\s*\([^()\d]*\)")
_ADDED = re.compile(r"(?:^|[\s(])\+\s?$")
_OF_DOSE = re.compile(
    r"\b(?:target|total|maximum|recommended|maintenance|usual|full|intended|desired|same)\s+(?:daily|weekly)\s+dos",
    re.I,
)
_DURATION = re.compile(
    r"\b(?:for|during|another)\s+(?:a\s+(?:total|minimum|maximum)[\w ]*?of\s+|the\s+)?"
    r"(?P<words>(?:first\s+|at least\s+|up to\s+|about\s+)?(?:\d+(?:\s*(?:-|–|to|or)\s*\d+)?"
    r"|[a-z]+(?:\s+further|\s+consecutive)?)"
    r"(?:\s+to\s+[a-z]+)?\s+(?:further\s+|consecutive\s+|more\s+)?(?:days?|weeks?|months?))\b",
    re.I,
)


def kind_of(before: str, after: str, sentence: str, amount: Amount, last: str | None) -> str | None:
    """Return the kind whose wording stands nearest before the amount, else `last`, else that right behind it.

    `last` is the kind of the amount it is listed with. A maximum is one wherever it is said.
    """
    before = _no_kind().blanked(before)
    if weak := any(word in before for word in _WEAK_WORDS) and _WEAK.search(before):  # `the initial dose is usually`
        before = before[: weak.end()].replace(weak[0], weak[0].split()[0])
    if amount.comparator == "<=" and not sentence[amount.start].isdigit():
        is_step = _BY_AT_MOST.search(before) and (_nearest(before) == "titration" or _BY.search(before))
        return "titration" if is_step else "maximum"
    behind = _no_kind().blanked(_NEXT_STEP.split(own_words_behind(after[:_NEAR]), maxsplit=1)[0])
    if _AT_MOST.match(after):
        return "maximum"
    if before.rstrip().endswith(_STEP_ENDS) and (_FURTHER.search(before) or _BY.search(before)):
        return "titration"
    if _STEPS_BEHIND.match(after) or _MORE.match(after) or _ADDED.search(before):
        return "titration"
    if _INITIALLY.search(after[:_NEAR]):
        return "starting"
    near = _kinds_in(before)
    if amount.comparator == ">=":  # `up to at least 3 mg`
        near = [(at, kind) for at, kind in near if kind != "maximum"]
    if near:
        return "maximum" if any(kind == "maximum" for _, kind in near) else max(near)[1]
    others = load("doses")["no_kind"]["behind"]
    kinds = [_book().key(hit) for hit in _book().hits(behind) if _book().phrase(hit) not in others]
    return "maximum" if "maximum" in kinds else last or (kinds[0] if kinds else None)


def _kinds_in(words: str) -> list[tuple[int, str]]:
    """Return the kinds that words name, each with its place."""
    return [(words.rfind(_book().words(words, hit)), _book().key(hit)) for hit in _book().hits(words)]


def _nearest(before: str) -> str | None:
    """Return the kind that is named last."""
    near = _kinds_in(before)
    return max(near)[1] if near else None


def kind_said(words: str) -> str | None:
    """Return the one kind that words such as a heading or a lead-in name."""
    for part in reversed(words.split(" | ")):
        if kinds := _book().keys_in(part):
            told = [kind for kind in kinds if kind != "maintenance" or "maint" in part.casefold()] or kinds
            return told[0] if len(told) == 1 else None
    return None


def kind_of_label(words: str) -> str | None:
    """Return the kind that a row is named after: `First dose reduction` is no starting dose."""
    return kind_said(_no_kind().blanked(words))


def comes_later(words: str) -> bool:
    """Whether words before an amount say that it comes after the start: `after titration`."""
    return bool(_later().search(words))


def per_of(amount: Amount, before: str, after: str, frequency: str | None) -> str | None:
    """Return what an amount is per: its own denominator, and what the words before and behind it say."""
    said = _per_behind(after) or _per_behind(_ASIDE.sub("", after, count=1))
    is_part = frequency is not None and bool(_PARTS.search(frequency))
    may_be_a_days = said in (None, "kg") and amount.below in ("", "kg", "m2") and (not frequency or is_part)
    far = _FARTHER if before.rstrip().endswith((" is", " of")) else _FAR
    if may_be_a_days and _day_before().search(before[-far:]):
        said = f"{said}/d" if said else "d"
    if not amount.below:
        return said
    per = load("doses")["per"].get(amount.below, amount.below)
    return f"{per}/{said}" if said in ("d", "wk", "dose", "h", "min") and per in ("kg", "m2") else per


def _per_behind(after: str) -> str | None:
    """Return `kg/d` for `for each kilogram a day`."""
    if not _any_per().search(after[: 2 * _NEAR]):
        return None
    said = next((per for per, words in _per_words() if words.match(after)), None)
    if said != "kg":
        return said
    rest = dict(_per_words())["kg"].sub("", after, count=1)
    more = next((per for per, words in _per_words() if per != "kg" and words.match(rest)), None)
    return f"kg/{more}" if more else "kg"


def frequency_in(words: str) -> str | None:
    """Return how often, as printed: the first such words that do not cross into another clause.

    `25 mg doubled every two weeks` does not say how often the 25 mg are given.
    """
    words = _OF_DOSE.sub(lambda match: " " * len(match[0]), words[: 3 * _NEAR])
    match = _frequencies().search(_CHANGES.split(words[: 2 * _NEAR], maxsplit=1)[0])
    if match and (parts := _IN_PARTS.match(words, match.end())):  # `2 g daily in three portions`
        return parts["words"]
    if match is None or (match[0].casefold().startswith("every") and _CHANGED.search(words[: match.start()])):
        return None
    return str(match[0]).strip()


def frequency_before(words: str) -> str | None:
    """Return how often where the words before an amount say it: `the once daily dose is`."""
    match = _DOSES_GIVEN.search(words)
    return match[0] if match else None


def duration_in(words: str) -> str | None:
    """Return for how long, as printed, without its `for`."""
    near = words[: 3 * _NEAR]
    match = _DURATION.search(near) or _BARE_DURATION.search(near)
    return match["words"] if match else None


@cache
def _no_kind() -> AnyOf:
    return any_of(load("doses")["no_kind"]["words"])


@cache
def _later() -> Any:
    return any_of(load("doses")["no_kind"]["later"])


@cache
def _book() -> PhraseBook:
    return PhraseBook(load("doses")["kinds"])


@cache
def _frequencies() -> Any:
    return any_of(load("doses")["frequency"]["wordings"])


@cache
def _per_words() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return for each denominator the words behind an amount that say it; `an hour before` is none."""
    not_a_rate = r"(?!\s+(?:dose|before|beforehand|ahead|after|later|apart)\b)"
    no_name = r"(?!(?:once|twice|thrice|times|every|each|and|or|in|on|at|for|to|then|with|over)\b)"
    name = rf"{no_name}\d{{0,2}}-?[A-Za-z][\w-]+"
    what = rf"(?:(?:of\s+)?(?:{name}\s*\)?\s+){{1,2}}(?:of\s+{name}\s+)?)?"
    return tuple(
        (
            per,
            re.compile(rf"\s*\)?\s*{what}(?:/\s*)?(?:{'|'.join(pattern(word) for word in words)}){not_a_rate}", re.I),
        )
        for per, words in load("doses")["per_words"].items()
        if per != "day_before"
    )


@cache
def _any_per() -> Any:
    words = load("doses")["per_words"]
    return any_of(word for per in words if per != "day_before" for word in words[per])


@cache
def _day_before() -> Any:
    return any_of(load("doses")["per_words"]["day_before"])
