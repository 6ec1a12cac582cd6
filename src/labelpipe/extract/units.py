"""Printed units to UCUM (https://ucum.org), and what a unit measures."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from labelpipe.vocabulary import load

_COUNT = r"\d+(?:[.,]\d+)*"
_TIME = r"(?=(?:h|hrs?|hours?|min|days?)\b)"
_DOT = rf"\s?[·•∙⋅●⦁‧*×.]\s?|\s?x\s?{_TIME}"
_BEHIND = r"(?:\s?[·•∙⋅●⦁‧*×x]\s?|\.)(?P<time>hrs?|hours?|h|days?|min)"
_TIMES = rf"{_DOT}|[ -](?=(?:h|hrs?|hours?|min|days?)\s?/)"
_BODY = r"(?:\s+(?:of\s+)?body[\s-]?(?:weight|surface\s+area))?"


@lru_cache(maxsize=4096)
def ucum(printed: str) -> str | None:
    """Return the UCUM code of a printed unit such as `mcg/kg/day`, or None where a part of it is unknown.

    Of a product the time stands last: `h·ng/mL` and `ng·h/mL` are one unit, and have one name.

    >>> ucum("mcg/kg/day")
    'ug/kg/d'
    >>> ucum("ng·h/mL")
    'ng.h/mL'
    """
    printed = re.sub(rf"(/.*?){_BEHIND}$", _in_front, printed.strip(), flags=re.I)
    numerator, *denominators = re.split(r"\s*/\s*|\s+per\s+", printed, flags=re.I)
    factors = [_code(part) for part in re.split(_DOT, numerator, flags=re.I)]
    if None in factors:
        factors = [_code(part) for part in re.split(r"[ -]", numerator)]
    parts = [_denominator(part) for part in denominators]
    if None in factors or None in parts:
        return None
    known = sorted((factor for factor in factors if factor), key=lambda factor: dimension(factor) == "time")
    return "/".join([".".join(known), *(part for part in parts if part)])


def _in_front(match: re.Match[str]) -> str:
    """Put the time of `mcg/mL·h`, which is an exposure, before the bar."""
    return f"·{match['time']}{match[1]}"


@lru_cache(maxsize=4096)
def dimension(unit: str) -> str:
    """Return what a UCUM unit measures: a mass per volume is a concentration, a volume per time a flow."""
    head, *rest = unit.split("/")
    of: dict[str, str] = load("units")["dimension"]
    below = [of.get(re.sub(r"^\{[\d.,]+_(.*)\}$", r"\1", part)) for part in rest]
    if "." in head:
        return "exposure"
    if "volume" in below and of.get(head) in ("mass", "amount", "activity"):
        return "concentration"
    return "flow" if "time" in below and of.get(head) == "volume" else of.get(head, "other")


def _denominator(printed: str) -> str | None:
    """Return the code of `kg`, `1.73 m2` or `dose`; a number before the unit becomes an annotation."""
    match = re.fullmatch(rf"({_COUNT})?\s*(.+?){_BODY}", printed, re.I)
    if match is None or printed == "1":
        return "1" if printed == "1" else None
    code = _code(match[2]) or load("units")["counted"].get(match[2].lower())
    return f"{{{match[1]}_{code}}}" if code and match[1] and match[1] != "1" else code


def _code(unit: str) -> str | None:
    """Return the code of a simple unit; case counts where the wording is one letter or a wording has it."""
    codes: dict[str, str] = load("units")["ucum"]
    return codes.get(unit) or _folded().get(unit.casefold())


@cache
def _folded() -> dict[str, str]:
    return {unit.casefold(): code for unit, code in load("units")["ucum"].items()}


@cache
def unit_expression() -> str:
    """Return the regular expression of a printed unit: simple, a product (`ng·h/mL`) or a ratio (`mL/min/1.73 m2`)."""
    units = load("units")
    simple = rf"(?:{_one_of(unit for unit in units['ucum'] if unit != '1')})(?![A-Za-z\d])"
    below = rf"(?:(?:{_COUNT}\s*)?{simple}{_BODY}|(?:{_one_of(units['counted'])})s?(?![A-Za-z\d]))"
    per = rf"(?:\s*(?:/|\bper\b)\s*{below}|/1(?![\d.]))"
    behind = _BEHIND.replace("?P<time>", "?:")
    return rf"(?:{simple}(?:(?:{_TIMES}){simple})?(?:{per}+(?:{behind}(?![A-Za-z\d]))?)?)"


def _one_of(wordings: Iterable[str]) -> str:
    """Return alternatives, grouped by their first letter and longest first; those of one letter keep their case."""
    words = sorted(wordings, key=len, reverse=True)
    rests: dict[str, list[str]] = {}
    for word in words:
        if len(word) > 1:
            rests.setdefault(word[0].casefold(), []).append(re.escape(word[1:]))
    groups = [f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in rests.items()]
    return "|".join([*groups, *(rf"(?-i:{re.escape(word)})" for word in words if len(word) == 1)])
