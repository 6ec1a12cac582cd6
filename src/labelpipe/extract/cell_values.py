"""Which value words of a kinetics cell print, of what the parameter measures."""

import re

from labelpipe.extract.qualifiers import says
from labelpipe.extract.quantities import NUMBER, Quantity, find_bare, find_quantities, number
from labelpipe.vocabulary import load

_PARENTHESES = re.compile(r"\(([^()]*)\)")
_RATIO = re.compile(
    rf"(?<![\w.,])(?P<low>{NUMBER})(?::1)?(?:\s*(?:-|–|to)\s*(?P<high>{NUMBER})(?::1)?)?(?:[\s-]?fold)?(?![\w%]|-\w)",
    re.I,
)
_FRACTION = re.compile(r"\s*[~≈<>]?\s*0?\.\d+\s*")
_LAST_WORDS = re.compile(r"(?:\w+\W+){0,2}$")
_ADJECTIVE = re.compile(r"\d-[a-z]", re.I)


def printed_value(words: str, parameter: str, unit: str | None) -> Quantity | None:
    """Return the value that words print: the first that is no condition (`after 2 h`), else the first."""
    found = (q for q in find_quantities(words) if fits(q, parameter))
    fitting = [q for q in found if not _ADJECTIVE.search(words[q.start : q.end])]
    for quantity in fitting:
        if not _conditional(words, quantity):
            return quantity
    return fitting[0] if fitting else _unitless(words, parameter, unit)


def printed_aside(words: str, parameter: str, unit: str | None) -> Quantity | None:
    """Return the value of words in parentheses; a spread or a condition is none."""
    if says("spreads", words):
        return None
    found = printed_value(words, parameter, unit)
    return None if found and (_conditional(words, found) or _is_strength(words, found)) else found


def _is_strength(words: str, quantity: Quantity) -> bool:
    """Whether a product's strength is meant: `1% gel`."""
    behind = words[quantity.end :].strip().upper()
    return any(behind.startswith(form) for form in load("products")["dosage_forms"])


def _conditional(words: str, quantity: Quantity) -> bool:
    """Whether a time tells when or how long rather than how much: it stands behind `after`, `over`, `first`."""
    if quantity.dimension != "time":
        return False
    before = _LAST_WORDS.search(words[: quantity.start])
    behind = says("conditions", before[0]) if before else False
    return behind or words[quantity.start :].casefold().startswith("within")


def _unitless(words: str, parameter: str, unit: str | None) -> Quantity | None:
    measures = load("kinetics")[parameter]["measures"]
    lead = len(words) - len(words.lstrip())
    found = find_bare(words.strip(), unit) if unit else None
    if found is None and "ratio" in measures:
        match = _RATIO.search(words)
        return _ratio(match) if match else None
    if found is None and "fraction" in measures and _FRACTION.fullmatch(words):
        found = find_bare(words.strip(), "1")
    return _shift(found, lead) if found else None


def _ratio(match: re.Match[str]) -> Quantity:
    low = number(match["low"])
    high = number(match["high"]) if match["high"] else low
    return Quantity(low, high, None, None, "=", "1", "ratio", match.start(), match.end())


def _shift(q: Quantity, by: int) -> Quantity:
    return Quantity(q.low, q.high, q.mean, q.sd, q.comparator, q.unit, q.dimension, q.start + by, q.end + by)


def fits(quantity: Quantity, parameter: str) -> bool:
    """Whether the quantity measures what the parameter does: hours for a half-life, percent for an excretion."""
    return quantity.dimension in load("kinetics")[parameter]["measures"]


def without_parentheses(text: str) -> str:
    """Return the text with its parentheses blanked, every other character at its place."""
    return _PARENTHESES.sub(lambda match: " " * len(match[0]), text) if "(" in text else text
