"""The amounts of a sentence that may be doses: printed quantities, and counts of tablets, sprays and drops."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

from labelpipe.extract.amount import Amount
from labelpipe.extract.dose_counts import count_of, counts_in
from labelpipe.extract.no_doses import is_amount
from labelpipe.extract.quantities import NUMBER, Quantity, find_quantities, number
from labelpipe.vocabulary import load, pattern
from labelpipe.vocabulary.phrases import AnyOf, any_of

_GIVEN = ("mass", "volume", "activity", "amount")
_NAMED_WITHIN = re.compile(r"g [A-Za-z-]+/")
_SPLIT_POWER = re.compile(r"/m 2\b")
_BETWEEN_UNITS = re.compile(
    r"(?<=[gLsU])\s*(?:\((?:IU|U|ng|mcg|mg|/kg)\)|(?<=g )[A-Za-z-]+(?=/(?:kg|m2|m²|day|dose|min|h)))(?=\s|/|$)"
    r"|(?<=kilogram )\(/kg\)"
)
_MAY_BE_SPACED = re.compile(r"\d \d{3}\s?[a-zA-Z]")
_SPACED = re.compile(
    r"(?<![\d.,])(?<!\d )(?<!least )(?<!than )(?<!over )(?<!above )(?<!mg )(?<!mcg )(?<!g )(?<!mL )(\d{1,3}) (\d{3})"
    r"(?=\s?(?:mg|micrograms?|mcg|international units|units|IU|U|mL|ml)\b"
    r"(?!\s+(?:[\w-]+\s+)?(?:tablet|capsule|vial|syringe)))"
)
_IN_WORDS = re.compile(r"(?<![\w-])(one|two|three|four)(?=\s+grams?\b)", re.I)
_A_DAY = re.compile(r"\b(?:days?|weeks?|months?|cycles?)\s+(?:\d+\s*(?:through|to|and|-|–)\s*)?\Z", re.I)
_TWO_UNITS = re.compile(r"(?P<first>[\d.,]+\s*[A-Za-z][^\s]*)\s+to\s+(?=\d)")
_SO_OFTEN = re.compile(r"\s+(?:once|twice|\w+ times)\b", re.I)
_A_DAYS_NUMBER = re.compile(r"\d{1,3}\s+[–—-]\s+\d")
_UNKNOWN_BELOW = re.compile(r"\s?(?:PE\s?)?/\s?(?:mL\b|lb\b|pound|hpf|cigarette)", re.I)
_TO = re.compile(r"\s*(?:to|-|–|—|through)\s*")
_LISTED = re.compile(rf"(?<![\w.,(-])(?:{NUMBER},\s+)+(?:and\s+|or\s+|{NUMBER}\s+(?:and|or)\s+)?$")
_CODE = re.compile(r"\d{6,}[A-Z]")  # `Product Code: 1234567U`
_COMBINED = re.compile(r"(?P<unit>[^/]+)/(?:\{[\d.,]+_(?P<below>m?g|ug|mL|L)\}|(?P<one>m?g|ug))$")
_OF_TWO = re.compile(r"\d\s?m?c?g\s?/\s?1\s?m?c?g$")
_BETWEEN = re.compile(r"\s*and\s*")


def may_have_amounts(text: str) -> bool:
    """Whether a text has a figure right before a unit of mass, volume, activity or amount, or something counted.

    One pass over the text, so that most sentences of a label cost no more than that.
    """
    return _amount_or_noun().is_in(text)


@lru_cache(maxsize=4096)
def amounts_in(sentence: str) -> tuple[Amount, ...]:
    """Return the amounts in order; of `20 mg tablets` neither the 20 mg twice nor a count in it.

    A cell's words are asked about several times in a row, so that the last answers are kept.
    """
    if not may_have_amounts(sentence):
        return ()
    text = _even(sentence)
    found = _ranges((amount for quantity in find_quantities(text) if (amount := _of(quantity, text))), text)
    found = list(_reached(found, text)) if "from" in text else found
    found = [part for amount in found for part in _step_and_goal(amount, text)] if "by " in text else found
    listed = {first.start: first for amount in found for first in _listed_before(amount, text)}
    found += [first for at, first in listed.items() if not any(one.start <= at < one.end for one in found)]
    found += _bare_maximum(found, text)
    taken = [(amount.start, amount.end) for amount in found]
    for count in counts_in(text):
        if not any(start < count.end and count.start < end for start, end in taken):
            found.append(count)
    return tuple(sorted(found, key=lambda amount: amount.start))


def _even(sentence: str) -> str:
    """Return a sentence with the units in the way the parser knows, every other character at its place.

    `mg/m 2` is `mg/ m2`, `7 200 mg` is `7,200 mg`; what stands within a unit is blanked: `IU (IU) per kg`, `mg PE/kg`.
    """
    text = _SPLIT_POWER.sub("/ m2", sentence) if "/m 2" in sentence else sentence
    text = _IN_WORDS.sub(lambda match: f"{count_of(match[1]):g}".ljust(len(match[1])), text) if " g" in text else text
    text = _SPACED.sub(r"\1,\2", text) if _MAY_BE_SPACED.search(text) else text
    return _BETWEEN_UNITS.sub(lambda match: " " * len(match[0]), text) if _may_be_between_units(text) else text


def _may_be_between_units(text: str) -> bool:
    """Whether something may stand within a unit, told by what costs next to nothing."""
    if "(" in text and any(words in text for words in ("(IU)", "(U)", "(ng)", "(mcg)", "(mg)", "(/kg)")):
        return True
    return "/" in text and bool(_NAMED_WITHIN.search(text))


def _ranges(found: Iterable[Amount], text: str) -> list[Amount]:
    """Return the amounts with `5 mg to 10 mg per day` as one: its denominator holds for both ends."""
    out: list[Amount] = []
    for amount in found:
        if out and _are_ends(out[-1], amount, text):
            out[-1] = amount._replace(low=out[-1].low, comparator="=", start=out[-1].start)
        elif out and _are_bounds(out[-1], amount, text):  # `500 mg to 2 g`
            out[-1] = out[-1]._replace(high=out[-1].low, comparator="=")
            out.append(amount._replace(low=amount.high, comparator="="))
        else:
            out.append(amount)
    return out


def _are_ends(low: Amount, high: Amount, text: str) -> bool:
    may_join = low.unit == high.unit and (low.below in ("", high.below) or high.below.startswith(f"{low.below}/"))
    return may_join and _are_bounds(low, high, text)


def _are_bounds(low: Amount, high: Amount, text: str) -> bool:
    """Whether two amounts are the ends of a range: `4 mg/1 mg to 8 mg/2 mg`, `between 4 mg/1 mg and 8 mg/2 mg`."""
    joined = _BETWEEN if text[low.start : low.end].casefold().startswith("between") else _TO
    return (low.comparator, high.comparator) == (">=", "<=") and bool(joined.fullmatch(text, low.end, high.start))


def _reached(found: list[Amount], text: str) -> Iterator[Amount]:
    """Yield the amounts, of `increase from 5 to 10 mg` only what the dose becomes."""
    for amount in found:
        if amount.low is not None and _changed_from().search(text[: amount.start]):
            if amount.low == amount.high:
                continue
            amount = amount._replace(low=amount.high)
        yield amount


def _of(quantity: Quantity, text: str) -> Amount | None:
    """Return a quantity as an amount; of a combination the first drug's, of a whole vial (`5 mg/2 mL`) all."""
    unit, _, below = quantity.unit.partition("/")
    combined = _COMBINED.fullmatch(quantity.unit)
    if combined and combined["one"]:  # `4 mg/1 mg`
        if not _OF_TWO.search(text[quantity.start : quantity.end]):
            return None
        unit, below = combined["unit"], ""
    elif (
        combined
        and (quantity.low is not None or (quantity.high is not None and combined["below"] not in ("mL", "L")))
        and (combined["below"] not in ("mL", "L") or _in_container(quantity, text))
    ):
        unit, below = combined["unit"], ""
    elif not is_amount(quantity) and not _is_volume(quantity):
        return None
    if text[quantity.start : quantity.end].isdigit() and _is_a_day(quantity, text):
        return None  # `on days 8 through 14 to 1 mg`
    if (
        _CODE.fullmatch(text, quantity.start, quantity.end)
        or quantity.high == 0
        or _UNKNOWN_BELOW.match(text, quantity.end)
    ):  # a number torn apart, `5 mg/lb`
        return None
    low = quantity.low
    if low != quantity.high and _A_DAYS_NUMBER.match(text[quantity.start : quantity.end]) and _is_a_day(quantity, text):
        low = quantity.high  # `Day 4 – 70 mg`
    return Amount(low, quantity.high, quantity.comparator, unit, below, quantity.start, quantity.end)


def _is_a_day(quantity: Quantity, text: str) -> bool:
    """Whether a quantity begins with the number of a day: `Day 4`, `days 8 through 14`."""
    return bool(_A_DAY.search(text, max(0, quantity.start - 24), quantity.start))


def _listed_before(amount: Amount, text: str) -> Iterator[Amount]:
    """Yield the numbers of `25, 50 or 100 mg` that have no unit of their own."""
    before = text[max(0, amount.start - 32) : amount.start].rstrip()
    is_listed = text[amount.start].isdigit() and before.endswith((",", " and", " or"))
    match = _LISTED.search(text, max(0, amount.start - 32), amount.start) if is_listed else None
    if match and _numbered().search(text[max(0, match.start() - 16) : match.start()]):
        return
    for one in re.finditer(NUMBER, match[0]) if match else ():
        at = match.start() + one.start() if match else 0
        value = number(one[0])
        yield amount._replace(low=value, high=value, comparator="=", start=at, end=at + len(one[0]))


def _step_and_goal(amount: Amount, text: str) -> Iterator[Amount]:
    """Yield an amount, of `by 10 mg/kg to 30 mg/kg` the step and what it leads to."""
    both = _TWO_UNITS.match(text[amount.start : amount.end]) if text[: amount.start].endswith("by ") else None
    if both is None or amount.low is None or not _SO_OFTEN.match(text, amount.end):
        yield amount
        return
    yield amount._replace(high=amount.low, end=amount.start + both.end("first"))
    yield amount._replace(low=amount.high, start=amount.start + both.end())


def _bare_maximum(found: Sequence[Amount], text: str) -> Iterator[Amount]:
    """Yield the number of `400 mg/day (maximum 1,000)` that has the unit of the amount before it."""
    for match in _most().finditer(text) if found and _says_most().search(text) else ():
        before = [amount for amount in found if amount.end <= match.start()]
        if before and not any(amount.start <= match.start("most") < amount.end for amount in found):
            value = number(match["most"])
            one = max(before, key=lambda amount: amount.end)
            yield one._replace(low=None, high=value, comparator="<=", start=match.start(), end=match.end("most"))


def _is_volume(quantity: Quantity) -> bool:
    """Whether a quantity is a volume by weight or by time, such as `0.2 mL/kg`: no other is taken for a dose."""
    return quantity.unit.startswith("mL/") and quantity.unit.split("/")[1] in ("kg", "m2")


def _in_container(quantity: Quantity, text: str) -> bool:
    """Whether a whole container of `5 mg/2 mL` is meant: `one single-use vial (5 mg/2 mL)`, `One 5 mg/2 mL vial`."""
    return bool(_one_container().search(text[max(0, quantity.start - 40) : quantity.end + 12]))


@cache
def _amount_or_noun() -> AnyOf:
    units = load("units")
    given = [wording for wording, code in units["ucum"].items() if units["dimension"].get(code) in _GIVEN]
    figure = (
        rf"[\d½¼¾⅓⅔⁰¹²³⁴-⁹][\s\pZ]*-?[\s\pZ]*(?:(?:thousand|million|billion)\s+)?(?:{'|'.join(map(re.escape, given))})"
    )
    counted = "|".join(form for form in units["counted"] if form not in load("doses")["count"]["not_given"])
    return AnyOf(rf"(?i){figure}|\b(?:{counted}|patches|suppositor|(?:one|two|three|four) grams?\b)")


@cache
def _says_most() -> AnyOf:
    return any_of(load("doses")["count"]["bare_most"])


@cache
def _most() -> re.Pattern[str]:
    most = "|".join(pattern(words) for words in load("doses")["count"]["bare_most"])
    return re.compile(rf"(?:{most})\s*:?\s*(?P<most>{NUMBER})(?=\s*(?:[).;,]|$))", re.I)


@cache
def _numbered() -> Any:
    return any_of(load("doses")["numbered"]["words"], r"{}\s+$")


@cache
def _changed_from() -> Any:
    return any_of(load("doses")["no_dose"]["changed"], r"{}\b[^.;:]*\bfrom\s+(?:a\s+dose\s+of\s+)?$")


@cache
def _one_container() -> re.Pattern[str]:
    return re.compile(r"\bone\s+(?:[\w-]+\s+)?(?:\d[\w./ ]*\s+)?(?:vial|ampule|ampoule|\d)", re.I)
