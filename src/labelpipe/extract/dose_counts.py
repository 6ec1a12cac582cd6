"""Counted amounts: `two tablets`, `1 or 2 puffs`, `half a tablet`."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from labelpipe.extract.amount import Amount
from labelpipe.extract.quantities import number
from labelpipe.vocabulary import load
from labelpipe.vocabulary.phrases import any_of

_NEAR = 48


def counts_in(text: str) -> Iterator[Amount]:
    """Yield what a sentence counts, in order."""
    if not _nouns().search(text):
        return
    for match in _counted().finditer(text):
        low = count_of(match["low"])
        high = count_of(match["high"]) if match["high"] else low
        unit = load("units")["counted"][_singular(match["unit"])]
        if not high:  # `1 0 capsules`
            continue
        most = (match["most"] or "").casefold().split()
        if _told().search(text[: match.start()][-_NEAR:]):
            continue
        sign = "=" if not most else ">" if most == ["more", "than"] else "<="
        ends = {"=": (low, high), "<=": (None, high), ">": (low, None)}[sign]
        yield Amount(*ends, sign, unit, "", match.start(), match.end(), is_count=True)


def count_of(word: str) -> float:
    """Return a number that stands in words or figures."""
    if "half" in word.casefold() or word == "½":
        return 0.5
    words: dict[str, int] = load("units")["words"]
    return words[word.lower()] if word.lower() in words else number(word)


def _singular(unit: str) -> str:
    folded = unit.lower()
    return (
        folded
        if folded in load("units")["counted"]
        else {"patches": "patch", "suppositories": "suppository"}.get(folded, folded.removesuffix("s"))
    )


@cache
def _told() -> Any:
    return any_of(load("doses")["count"]["told"], r"{}\W*$")


@cache
def _nouns() -> Any:
    return any_of(f"{form}*" for form in load("units")["counted"] if form not in load("doses")["count"]["not_given"])


@cache
def _counted() -> re.Pattern[str]:
    words = "|".join(load("units")["words"])
    forms = [form for form in load("units")["counted"] if form not in load("doses")["count"]["not_given"]]
    units = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    one = rf"(?:(?:one[- ]|a )?half(?:\s+of)?(?=\s+(?:an?\b|(?:{units})))|½|{words}|\d{{1,2}}(?:\.5)?)"
    most = "|".join(load("doses")["count"]["most"])
    between = rf"(?:(?!(?:{words}|{'|'.join(load('doses')['count']['stops'])})\b)[A-Za-z][\w®™-]*\s+){{0,6}}?"
    return re.compile(
        rf"(?P<most>\b(?:{most})\s+)?(?<![\w.,/-])(?P<low>{one})(?:\s*(?:-|–|to|or)\s*(?P<high>{one}))?\s+(?:(?<=half\s)an?\s+)?{between}"
        rf"(?P<unit>(?:{units})(?:e?s)?|suppositories)\b(?!-)(?!\s+\d)",
        re.I,
    )
