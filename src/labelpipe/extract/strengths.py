"""A product's strength: so much of a drug in so much of the product."""

import re
from typing import Any

from labelpipe.extract.quantities import number
from labelpipe.extract.units import ucum
from labelpipe.vocabulary import load

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
_STRENGTH = re.compile(
    rf"(?P<value>{_NUMBER})\s*(?P<unit>[^\d\s/][^/;]*?)"
    rf"(?:\s*(?:/|\bper\b)\s*(?P<per_value>{_NUMBER})?\s*(?P<per_unit>[^\d\s/;][^/;]*)?)?"
)


def strength_columns(text: str | None) -> dict[str, Any]:
    """Return the strength's columns: value and UCUM unit, per value and unit.

    Several ingredients' strengths in one cell keep their text only: no single number is the product's.

    >>> strength_columns("125 mg/5mL")["strength_per_value"]
    5.0
    """
    names = ("strength_value", "strength_unit", "strength_per_value", "strength_per_unit")
    columns: dict[str, Any] = {"strength_text": text, **dict.fromkeys(names)}
    match = _STRENGTH.fullmatch(text.strip()) if text else None
    unit = ucum(match["unit"].strip()) if match else None
    if match is None or unit is None or number(match["value"]) == 0:
        return columns
    per_unit = _per_unit(match["per_unit"])
    if (match["per_unit"] and per_unit is None) or _is_combination(unit, per_unit):
        return columns
    columns |= {"strength_value": number(match["value"]), "strength_unit": unit}
    if match["per_unit"] or match["per_value"]:
        columns["strength_per_value"] = number(match["per_value"] or "1")
        columns["strength_per_unit"] = per_unit or "1"
    return columns


def _per_unit(printed: str | None) -> str | None:
    """Return the UCUM code of a denominator; what is counted (a tablet, a spray) is `1`."""
    if printed is None:
        return None
    counted = printed.strip().casefold() in load("units")["counted"]
    return "1" if counted else ucum(printed.strip())


def _is_combination(unit: str, per_unit: str | None) -> bool:
    """Whether `80 mg/12.5 mg` is two ingredients side by side: no product is so many milligrams per milligram."""
    return unit == per_unit and unit != "g"
