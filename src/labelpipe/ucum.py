"""Units of measure (https://ucum.org): what is a code, and what one unit is in another. pint and ucumvert do the work.

Both are imported when they are first needed: they take longer than a document does. What has no certain answer is
refused: an arbitrary unit (`[iU]`) is a unit of its own, an equivalent no amount of substance, what is counted
(`{tablet}`) only itself, and a mass per body weight no share, though both are masses.
"""

import re
from functools import cache, lru_cache
from typing import Any

from labelpipe.errors import UnitError

Kind = tuple[tuple[str, ...], tuple[str, ...]]
"""What a unit measures: what is above the bar, and what is below it. Only units of the same kind are converted."""

_COMPONENT = re.compile(r"([./]?)((?:\{[^{}]*\}|\[[^\[\]]*\]|[^./{}\[\]()])+)")
_COUNTED = re.compile(r"\{(\d[\d.,]*)_(.+)\}")
_FRACTIONS = ("%", "1")
_BODY = ("kg", "m2")


def convert(value: float, unit: str, to: str) -> float:
    """Return what so many of one UCUM unit are in another.

    Raises:
        UnitError: one of them is no UCUM code, or they do not measure the same.

    >>> convert(90, "min", "h")
    1.5
    """
    kind, factor = _measured(unit)
    other_kind, other_factor = _measured(to)
    if kind != other_kind:
        raise UnitError(f"{value:g} {unit} cannot be told in {to}: they do not measure the same; keep it as printed")
    return float(f"{value * factor / other_factor:.12g}") if unit != to else float(value)


@lru_cache(maxsize=4096)
def is_ucum(unit: str) -> bool:
    """Whether a unit is a UCUM code (case counts): `ug` is, `mcg` is not."""
    from ucumvert import InvalidUcumError, parse_ucum

    try:
        parse_ucum(unit, _parser())
    except InvalidUcumError:
        return False
    return True


@lru_cache(maxsize=4096)
def _measured(unit: str) -> tuple[Kind, float]:
    """Return what a unit measures, and what one of it is in units that all of its kind have in common."""
    if not is_ucum(unit):
        raise UnitError(f"{unit!r} is no UCUM code (https://ucum.org); vocabulary/units.toml has the labels' spellings")
    parts = _COMPONENT.findall(unit)
    if "".join(sign + component for sign, component in parts) != unit:
        raise UnitError(f"{unit!r} has parentheses, which are not converted; keep it as printed")
    above = [_simple(component) for sign, component in parts if sign != "/"]
    below = [_below(component) for sign, component in parts if sign == "/"]
    factor = 1.0
    for _, one in above:
        factor *= one
    for _, one in below:
        factor /= one
    kind = (tuple(sorted(name for name, _ in above)), tuple(sorted(name for name, _ in below)))
    return kind, factor


def _below(component: str) -> tuple[str, float]:
    """Return the same for what stands below the bar; a `kg` or `m2` there is the patient's, and no mass of drug."""
    name, size = _simple(component)
    return (f"body {name}" if component.strip("{}").rpartition("_")[2] in _BODY else name), size


@lru_cache(maxsize=4096)
def _simple(component: str) -> tuple[str, float]:
    """Return what one component measures and its size; `{5_mL}`, as labels print `per 5 mL`, is five of them."""
    if counted := _COUNTED.fullmatch(component):
        name, size = _simple(counted[2])
        return name, size * float(counted[1].replace(",", ""))
    if component.startswith("{") or component == "1":
        return component, 1.0
    try:
        quantity = _registry().from_ucum(component)
        size, nothing = (float(q.to_base_units().magnitude) for q in (quantity, 0 * quantity))
        name = _name(component, quantity)
    except Exception as error:  # valid UCUM that the registry lacks ([pH]), or that has no zero (Cel)
        raise UnitError(f"{component!r} is not converted: the unit registry cannot; keep it as printed") from error
    if nothing:
        raise UnitError(f"{component!r} is not converted: its zero is not that of other units; keep it as printed")
    return name, size


def _name(component: str, quantity: Any) -> str:
    """Return what is measured: a dimension, or the unit itself where nothing else is measured in the same."""
    if component in _FRACTIONS:
        return "1"
    if component.endswith("eq"):
        return "eq"
    if "[" in component and quantity.dimensionless:
        return component[component.index("[") :]
    return str(quantity.dimensionality)


@cache
def _parser() -> Any:
    from ucumvert import get_ucum_parser

    return get_ucum_parser()


@cache
def _registry() -> Any:
    from ucumvert import PintUcumRegistry

    return PintUcumRegistry()
