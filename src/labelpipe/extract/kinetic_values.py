"""The values of a kinetic sentence: quantities, folds, values in words, lists and ranges that share one unit."""

import re
from collections.abc import Iterator
from functools import cache

from labelpipe.extract.kinetic_forms import forms_in, with_deviation
from labelpipe.extract.quantities import NUMBER, Quantity, find_quantities, number
from labelpipe.extract.units import dimension, ucum, unit_expression
from labelpipe.extract.worded import TIMES, worded_times

_FOLD = re.compile(
    r"(?P<near>(?:about|approximately|up to|roughly)\s+)?"
    rf"(?<![\w.,])(?P<low>{NUMBER})(?:(?:-?\s*to|\s*-|\s*–)\s*(?P<high>{NUMBER}))?"
    r"(?:[\s-]?fold|\s+times)\b",
    re.I,
)
_FOLD_WORD = re.compile("fold|times", re.I)
_GROUP_START = re.compile(r"[(\[](?:range:?\s?)?(?:\s?(?:±|\+\s?/\s?-)\s?)?[\d.½¼¾⅓⅔]")
_ASIDE = (
    rf"(?:\s*\(\s*(?P<sign>±|\+\s?/\s?-)?\s*[<>]?\s*(?P<inner>{NUMBER})\s*(?P<rest>%|(?:-|–|to)\s*{NUMBER}\s*)?\)"
    rf"|\s*(?:±|\+\s?/\s?-)\s*(?P<sd>{NUMBER}))?"
)
_RANGE = rf"(?P<low>{NUMBER})(?:\s*(?:-|–|to)\s*(?P<high>{NUMBER}))?"
_ITEM = re.sub(r"\?P<\w+>", "?:", _RANGE + _ASIDE)
_LISTED = re.compile(
    rf"(?<![\w.,(±-])(?<!± )(?<!\+/- )(?<!\dto )(?:{_ITEM})-?(?:(?:,\s+|\s+)(?:and\s+|or\s+)?(?:{_ITEM}))*"
    r"(?:,\s+|,?\s+(?:and|or)\s+)$"
)
_ITEMS = re.compile(_RANGE + _ASIDE)
_DEVIATIONS = re.compile(r"\(\s*(?:±\s*)?SD\s*\)|±\s*SD|standard deviation")
_INTERVALS = re.compile(r"\bCI\b|\bconfidence\b|\binter-?quartile\b|\bpercentiles?\b|\bIQR\b", re.I)
_RANGE_BEHIND = re.compile(
    rf"\s*[(\[]\s*(?:(?:min,\s*max|range)(?:\s+of)?\s*[:,]?\s*)?(?P<low>{NUMBER})\s*(?:-|–|to|,(?=\s))\s*(?P<high>{NUMBER})\s*[)\]]",
    re.I,
)
_COMPARED = re.compile(
    r"(?:\s+(?:in|for)(?:\s+[A-Za-z-]+){1,4})?,?\s+(?:against|versus|vs\.?|compared\s+(?:with|to)|rather than)\s+"
    rf"(?:about\s+|approximately\s+)?(?P<low>{NUMBER})(?=\s+(?:in|for)\s)",
    re.I,
)
_BETWEEN = re.compile(r"-?\s*(?:,\s*|,?\s*and\s+)(?:about\s+|approximately\s+)?", re.I)
_PARTING = re.compile(
    r",(?!\s*(?:is|was|are|were|has|had|respectively)\b)|;|\s(?:and|but|whereas|while|with an?|versus|vs\.?)\s"
    r"|\sto(?=\W+(?:about\W+|approximately\W+)?$)",
    re.I,
)
_FIGURE = re.compile(r"[\d¼-¾⅓⅔]")
_SIGNS = {"up to": "<="}


def may_hold_values(text: str) -> bool:
    """Whether there is a figure in a sentence, or a time or a share whose number may be a word."""
    return bool(_FIGURE.search(text)) or any(word in text.lower() for word in (*TIMES, "percent"))


def values_in(text: str) -> Iterator[Quantity]:
    """Yield the values of a sentence in order: each number of `9, 18 and 33 ng/mL`, too."""
    found = [*_grouped(text)]
    taken = [(value.start, value.end) for value in found]
    for one in (*forms_in(text), *find_quantities(text), *_folds(text), *worded_times(text)):
        value = with_deviation(text, one)
        if "{" not in value.unit and not any(start < value.end and value.start < end for start, end in taken):
            found.append(value)
            taken.append((value.start, value.end))
    for value in sorted(found, key=lambda one: one.start):
        yield from _listed(text, value)
        yield value
        yield from (one for one in _bare_behind(text, value) if not any(s <= one.start < e for s, e in taken))


def in_list(text: str, same: list[Quantity], at: int) -> tuple[int, int]:
    """Return which value of a list (`59% and 26%`) a value is, and how many the list has."""
    first = last = at
    while first and _BETWEEN.fullmatch(text, same[first - 1].end, same[first].start):
        first -= 1
    while last + 1 < len(same) and _BETWEEN.fullmatch(text, same[last].end, same[last + 1].start):
        last += 1
    return at - first, last - first + 1


def parting(text: str, left: int, right: int) -> int | None:
    """Return where the words between two values (`left` to `right`) pass from the first one to the second.

    It is at the last comma or `and`; without any they belong to both.
    """
    edges = [*_PARTING.finditer(text, left, right)]
    return edges[-1].start() if edges else None


def _listed(text: str, value: Quantity) -> Iterator[Quantity]:
    """Yield the numbers of a list that ends in a quantity and takes its unit."""
    head = text[: value.start]
    listed = text[value.start].isdigit() and head[-1:].isspace() and head.rstrip().lower().endswith((",", "and", "or"))
    before = _LISTED.search(head) if listed else None
    if before is None:
        return
    for match in _ITEMS.finditer(before[0]):
        at, end = before.start() + match.start(), before.start() + match.end()
        if match["high"]:
            ends = number(match["low"]), number(match["high"])
            yield Quantity(*ends, None, None, "=", value.unit, value.dimension, at, end)
        else:
            yield _item(match, value, text, at, end)


def _item(match: re.Match[str], value: Quantity, text: str, start: int, end: int) -> Quantity:
    """Return a number of a list, with its deviation where that stands behind it: `1.3 (0.4) and 15.7 (6.4) L/h`."""
    low = number(match["low"])
    if match["sd"]:
        return Quantity(None, None, low, number(match["sd"]), "=", value.unit, value.dimension, start, end)
    if match["inner"] and not match["rest"] and (match["sign"] or _DEVIATIONS.search(text)):
        return Quantity(None, None, low, number(match["inner"]), "=", value.unit, value.dimension, start, end)
    return _single(low, value.unit, start, end, value.comparator)


def _bare_behind(text: str, value: Quantity) -> Iterator[Quantity]:
    """Yield numbers behind a value that take its unit: `74 h (range 49 - 129)`, `50 h against 32 in the young`."""
    if match := _COMPARED.match(text, value.end):
        yield _single(number(match["low"]), value.unit, match.start("low"), match.end("low"), "=")
    match = _RANGE_BEHIND.match(text, value.end)
    if match:
        low, high = number(match["low"]), number(match["high"])
        yield Quantity(low, high, None, None, "=", value.unit, value.dimension, match.start("low"), match.end("high"))


def _folds(text: str) -> Iterator[Quantity]:
    if not _FOLD_WORD.search(text):
        return
    for match in _FOLD.finditer(text):
        low = number(match["low"])
        high = number(match["high"]) if match["high"] else low
        near = " ".join((match["near"] or "").split()).lower()
        sign = _SIGNS.get(near, "~") if near else "="
        yield Quantity(None if sign == "<=" else low, high, None, None, sign, "1", "ratio", match.start(), match.end())


def _grouped(text: str) -> Iterator[Quantity]:
    """Yield `a (b) unit` and `a (b-c) unit`: a mean and its deviation, a value and its range; an interval is none."""
    if not _GROUP_START.search(text):
        return
    for match in _group().finditer(text):
        unit = ucum(match["unit"]) or match["unit"]
        first, inner = number(match["first"]), number(match["low"])
        near = "~" if match["near"] else "="
        if match["share"] or (match["high"] and _INTERVALS.search(text)):
            yield _single(first, unit, match.start(), match.end(), near)
        elif match["high"]:
            ends, at = (inner, number(match["high"])), match.start("low")
            yield _single(first, unit, match.start(), at - 1, near)
            yield Quantity(*ends, None, None, "=", unit, dimension(unit), at, match.end("high"))
        elif match["sign"] or _DEVIATIONS.search(text):
            yield Quantity(None, None, first, inner, "=", unit, dimension(unit), match.start(), match.end())


def _single(value: float, unit: str, start: int, end: int, sign: str) -> Quantity:
    return Quantity(value, value, None, None, sign, unit, dimension(unit), start, end)


@cache
def _group() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<near>(?:about|approximately)\s+)?(?<![\w.,])(?P<first>{NUMBER})\s*[(\[](?P<sign>\s?(?:±|\+\s?/\s?-)\s?|range:?\s*)?(?P<low>{NUMBER})(?:\s*(?:-|–|to|[,;](?=\s))\s*(?P<high>{NUMBER}))?\s?(?P<share>%?)[)\]]\s*(?P<unit>{unit_expression()})",
        re.I,
    )
