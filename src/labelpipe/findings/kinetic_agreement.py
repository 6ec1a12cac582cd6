"""A kinetic value in a table that the same document's prose does not agree with."""

from collections import defaultdict
from collections.abc import Iterator

from labelpipe.findings.severity import severity_of
from labelpipe.model import Facts, Finding, Pharmacokinetic

PARAMETERS = ("half_life", "tmax", "bioavailability", "protein_binding", "volume_of_distribution", "clearance")
"""What does not grow with the dose, so that two values of it can be compared."""

MIN_FACTOR = 1.5
"""So far apart two ranges have to be: studies differ by some tenths."""

MIN_CONFIDENCE = 0.8

Range = tuple[float, float]


def kinetic_agreement(facts: Facts) -> Iterator[Finding]:
    """Compare values of the same parameter, unit, population, route, dose and qualifiers, read from table and prose.

    A value contradicts where no value of the other kind comes near it.
    """
    values: dict[tuple[object, ...], list[Pharmacokinetic]] = defaultdict(list)
    for value in facts.pharmacokinetics:
        if value.parameter in PARAMETERS and value.unit and (value.confidence or 0) >= MIN_CONFIDENCE:
            values[_scope(value)].append(value)
    for several in values.values():
        in_table, in_prose = ([v for v in several if v.method == method] for method in ("table", "prose"))
        for value in in_table:
            if in_prose and all(are_apart(_range(value), _range(other)) for other in in_prose):
                yield _finding(value, in_prose[0])


def are_apart(one: Range | None, other: Range | None) -> bool:
    """Whether two ranges are MIN_FACTOR from each other; not where one of them is open."""
    if one is None or other is None:
        return False
    return one[0] > other[1] * MIN_FACTOR or other[0] > one[1] * MIN_FACTOR


def _range(value: Pharmacokinetic) -> Range | None:
    if value.value_mean is not None:
        return value.value_mean, value.value_mean
    if value.value_low is None or value.value_high is None:
        return None
    return value.value_low, value.value_high


def _scope(value: Pharmacokinetic) -> tuple[object, ...]:
    dose = (value.dose_value, value.dose_unit)
    return (value.parameter, value.unit, value.population, value.route, *dose, tuple(sorted(value.qualifiers)))


def _finding(value: Pharmacokinetic, other: Pharmacokinetic) -> Finding:
    rule = "table_against_prose"
    name = value.parameter.replace("_", " ")
    told = f"{name}: the table says {value.text!r}, the prose says {other.text!r}"
    span = (value.block_no, value.char_start, value.char_end)
    return Finding(rule, severity_of(rule), told, *span, f"{value.quote} | {other.quote}")
