"""The words of a sentence that belong to each of its amounts: they end where the next amount's begin."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from labelpipe.extract.amount import Amount
from labelpipe.extract.bands import NO_BANDS, bands_in
from labelpipe.extract.dose_scope import NO_SCOPE, Scope, scope_of
from labelpipe.extract.no_doses import forbids, is_not_recommended

_CLAUSE_END = re.compile(r"[,;]\s|\s(?:--|–|—)\s|\(|[.;]$|\s(?=then\b)|\.\s")
_NAMED_BY = re.compile(r"\s*[–—:-]\s*$")
_LIST = re.compile(r"\s*(?:,|,?\s*(?:or|and|to))\s*(?:of\s+)?", re.I)
_SAME = re.compile(r"\s*(?:\(|=)\s*(?:equivalent to\s*|i\.e\.,?\s*)?", re.I)
_AS_PRODUCT = re.compile(r"\s*\((?:[\w-]+\s+){1,3}", re.I)
_PRODUCT_END = re.compile(
    r"(?:\s*(?:[\w-]+\s+){0,3}(?:tablet|capsule|vial|pen|syringe|patch|puff|spray|sachet)\w*(?:\s+of\s+[\w-]+)?)?\s*\)",
    re.I,
)
_LIST_END = re.compile(r"[^.;]{0,60}\b(?:and|or)\s+", re.I)
_GOES_ON = re.compile(
    r"[^.;:]{0,60},\s+(?:(?:and|or|then|with|to)\s+)*(?:up to|at most|(?:a )?max\w*(?: of)?)?\s*", re.I
)
_NEXT_STEP = r"(?:reach|then|tak|go|increas|rais|ris|up|mov|build|continu|follow)\w*"
_JOINED = re.compile(
    r"(?:(?!is the\b)[^.;:(]|\([^()\d]*\)){0,160}?(?:\b(?:or|and)|,)\s+(?:of\s+)?"
    rf"|[^.;:,(]{{0,40}}?\b(?:or|and)\s+(?:of\s+)?(?!{_NEXT_STEP})\w+\s+"
    r"|[^.;(]{0,60}\(\s*(?:equivalent to\s*|i\.e\.,?\s*|or\s+|additional\s+)?",
    re.I,
)
_OF_PRODUCT = re.compile(r"\s+of\s+[\w®™ -]{0,40}")
_NAMED = re.compile(r"\s+(?:[A-Z][\w®™-]*\s+){0,4}")
_NAME = re.compile(r"\s+(?:of\s+)?[a-z][a-z-]{5,}\b")
_TWO_NAMED = re.compile(rf"{_NAME.pattern}\s+and\s+")  # `480 mg of this and 160 mg of that every day`
_BARE = re.compile(r"[\d.,\s]+")
_TIMES = ("d", "wk", "h", "{24_h}")
_WEIGHT = r"\d+(?:\.\d+)?"
_WEIGHING = re.compile(
    r"[^.;,]{0,20}?\s(?:above|below|over|under|up to|from|at|at least|if (?:you weigh|weighing))\s+"
    rf"(?:{_WEIGHT}\s*(?:kg\s*)?(?:-|–|to|to under|to less than)\s*)?{_WEIGHT}\s*kg\b"
    r"(?:\s+(?:or|and)\s+(?:more|over|above|less))?"
    r"|[^.;,]{0,20}?\s(?:from|at|above|over|under|below)\s+(?:the\s+)?age\s+(?:of\s+)?\d+\b(?:\s+years)?",
    re.I,
)
_FOR = re.compile(r"(?P<whom>[^.;]*?\b(?:for|in|to)\s+(?:the\s+)?(?:most\s+)?[^.;,]*)(?P<rest>.*)", re.S | re.I)
_SAYS_WHAT = re.compile(r"\s+(?:is|being|remains)\s+(?:the|an?|as)\b", re.I)  # `30 to 60 mg, and 90 mg is the limit`
_DOSE_IS = re.compile(r"\bdos(?:e|age) (?:is|should be)\s+$|\b(?:increments?|steps?) of\s+$", re.I)
_RHYTHM = re.compile(r"\b(?:once|twice|times|daily|weekly|every|each)\b", re.I)
_MORE_WORDS = re.compile(r"\b(?:and|or|with|;)\b|[,;]")


class Clause(NamedTuple):
    """An amount with its own words.

    `before` and `after` are what stands before and behind it; `head` is `before` with the words of an amount that it
    says again in another unit (`one tablet (5 mg)`). `is_joined`: it goes with the amount before it, `ends_list`: words
    with an `and` stand between them, `goes_on`: a comma and no one named. `whom`: who is named right behind it;
    `is_limit`: what is `more than` it, no one gets.
    """

    amount: Amount
    head: str
    before: str
    after: str
    is_first: bool
    is_joined: bool
    ends_list: bool
    goes_on: bool
    whom: Scope
    is_limit: bool


def clauses_of(text: str, amounts: Sequence[Amount]) -> Iterator[Clause]:
    """Yield the amounts of a sentence with their words, in order."""
    taken, head = 0, ""
    may_name_whom = scope_of(text) is not NO_SCOPE
    for index, amount in enumerate(amounts):
        start = amounts[index - 1].end if index else 0
        if not _SAME.fullmatch(text, start, amount.start):
            head = own_words(text[start : amount.start], index)
        before = own_words(text[max(taken, start) : amount.start], index)
        whom, end = _whom_behind(text, amounts, index) if may_name_whom else (NO_SCOPE, 0)
        taken = end if whom.population else taken
        shared, after = listed(text, amounts, index)
        yield Clause(
            amount=shared,
            head=head,
            before=before,
            after=after,
            is_first=index == 0,
            is_joined=index > 0 and _is_joined(text, amounts[index - 1], amount),
            ends_list=bool(_LIST_END.fullmatch(text, start, amount.start)),
            goes_on=index > 0 and bool(_GOES_ON.fullmatch(text, start, amount.start)),
            whom=whom,
            is_limit=amount.comparator == ">" and (forbids(before) or is_not_recommended(text[amount.end :])),
        )


def is_bound(clause: Clause, text: str) -> bool:
    """Whether `below 5 mg` or `5 mg or more` says from where on something holds, and not what to give."""
    amount = clause.amount
    is_printed = text[amount.start] in "≤≥<>"
    is_behind = amount.comparator in (">=", "<=") and text[amount.start].isdigit()  # `5 mg or more`
    is_open = amount.comparator in ("<", ">") or is_behind
    is_open = is_open and not _DOSE_IS.search(clause.before)
    return (is_open or is_printed) and not clause.is_limit


def own_words(between: str, index: int) -> str:
    """Return the words before an amount less those that still belong to the amount before it."""
    if index == 0:
        return between
    names = _NAMED_BY.search(between)  # `2 tablets; 45 to 54 kg - 3 tablets`
    return _CLAUSE_END.split(between[: names.start()] if names else between, maxsplit=1)[-1]


def own_words_behind(after: str) -> str:
    """Return the words behind an amount that are in its clause."""
    return _CLAUSE_END.split(after, maxsplit=1)[0]


def before_bracket(text: str, start: int) -> str:
    """Return the words before a bracket that begins with the amount at `start`: `with another drug (5 mg)`."""
    return text[:start].rstrip().removesuffix("(") if text[:start].rstrip().endswith("(") else ""


def _is_joined(text: str, amount: Amount, behind: Amount) -> bool:
    """Whether an amount goes with the one before it: `5 or 10 mg`, `one tablet of 5 mg`, `5 mg twice daily (10 mg)`."""
    named = (_OF_PRODUCT, _NAMED) if amount.is_count else ()
    return any(words.fullmatch(text, amount.end, behind.start) for words in (*named, _JOINED))


def listed(text: str, amounts: Sequence[Amount], index: int) -> tuple[Amount, str]:
    """Return an amount and the words behind it; one of a list, or in two units, shares those of the last."""
    amount = amounts[index]
    while index + 1 < len(amounts) and _goes_on(text, amounts[index], amounts[index + 1]):
        if amounts[index].below in _TIMES and not amounts[index + 1].below:
            break
        index += 1
        is_bare = _BARE.fullmatch(text, amount.start, amount.end)  # `300 mg or 4 mg/kg`: no `300 mg/kg`
        if not amount.below and not amount.is_count and (is_bare or amounts[index].below in _TIMES):
            amount = amount._replace(below=amounts[index].below)
    return amount, _behind(text, amounts, index)


def _behind(text: str, amounts: Sequence[Amount], index: int) -> str:
    """Return the words between an amount and the next, less an aside in brackets with amounts: `one (5 mg) a day`."""
    at, end = amounts[index].end, amounts[index + 1].start if index + 1 < len(amounts) else len(text)
    opens = text.rfind("(", at, end)
    closes = text.find(")", end) if opens >= 0 and text.find(")", opens, end) < 0 else -1
    if closes < 0 or _RHYTHM.search(text, opens, end):
        return text[at:end]
    behind = next((amount.start for amount in amounts if amount.start > closes), len(text))
    return f"{text[at:opens]}{text[closes + 1 : behind]}"


def _goes_on(text: str, amount: Amount, behind: Amount) -> bool:
    if text.startswith(",", amount.end) and _SAYS_WHAT.match(text, behind.end):
        return False
    if _LIST.fullmatch(text, amount.end, behind.start):
        return True
    if _TWO_NAMED.fullmatch(text, amount.end, behind.start) and _NAME.match(text, behind.end):
        return not _RHYTHM.search(text, amount.end, behind.start)
    if _SAME.fullmatch(text, amount.end, behind.start):
        return text[behind.end :].lstrip().startswith(")")
    if _AS_PRODUCT.fullmatch(text, amount.end, behind.start):
        return bool(_PRODUCT_END.match(text, behind.end))
    return amount.is_count and any(form.fullmatch(text, amount.end, behind.start) for form in (_OF_PRODUCT, _NAMED))


def _whom_behind(text: str, amounts: Sequence[Amount], index: int) -> tuple[Scope, int]:
    """Return whom `5 mg in adults and` is for, and where those words end; words before the next amount are its own."""
    at, end = amounts[index].end, amounts[index + 1].start if index + 1 < len(amounts) else len(text)
    if weighing := _WEIGHING.match(text, at, end):
        return Scope(bands=bands_in(weighing[0])), weighing.end()
    match = _FOR.fullmatch(text, at, end)
    is_last = index + 1 == len(amounts)
    if match is None or not (is_last or _MORE_WORDS.search(match["whom"][-12:] + match["rest"])):
        return NO_SCOPE, at
    found = scope_of(match["whom"])
    says = found.population or found.bands is not NO_BANDS
    return (found, match.end("whom")) if says else (NO_SCOPE, at)
