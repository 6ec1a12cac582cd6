"""A quantity printed in any of a label's forms parses back to itself: the forms are drawn from the vocabulary."""

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelpipe.errors import UnitError
from labelpipe.extract.quantities import find_quantities
from labelpipe.extract.units import ucum
from labelpipe.ucum import convert, is_ucum
from labelpipe.vocabulary import load

UNITS = load("units")
SIMPLE = {printed: code for printed, code in UNITS["ucum"].items() if printed != "1"}
WORDED = (
    "=<",
    "=>",
    "not over",
    "never more than",
    "as much as",
    "at most",
    "without exceeding",
    "a minimum of",
    "beyond",
)
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class Printed(NamedTuple):
    """Words, and what they must be read as."""

    words: str
    value: float


class Form(NamedTuple):
    """A whole quantity: its words and its columns."""

    words: str
    comparator: str
    low: float | None
    high: float | None
    mean: float | None
    sd: float | None
    unit: str


def grouped(n: int, space: str) -> str:
    return f"{n:,}".replace(",", space)


integers = st.integers(1, 9_999).map(lambda n: Printed(str(n), n))
decimals = st.decimals("0.01", "999.99", places=2).map(lambda d: Printed(str(d), float(d)))
pointed = st.integers(1, 99).map(lambda n: Printed(f".{n:02}", n / 100))
thousands = st.builds(
    lambda n, space: Printed(grouped(n, space), n),
    st.integers(1_000, 99_999_999),
    st.sampled_from([",", "\u00a0", "\u2009", "\u202f"]),
)
round_thousands = st.integers(1, 999).map(lambda n: Printed(f"{n} 000", n * 1000.0))
millions = st.integers(1, 99).map(lambda n: Printed(f"{n / 10} million", n / 10 * 1e6))
halves = st.builds(
    lambda n, sign: Printed(f"{n or ''}{sign[0]}", n + sign[1]),
    st.integers(0, 99),
    st.sampled_from([("½", 1 / 2), ("¼", 1 / 4), ("¾", 3 / 4), ("⅓", 1 / 3), ("⅔", 2 / 3)]),
)
fractions = st.builds(
    lambda n, gap, part: Printed(f"{n}{gap}{part[0]}" if n else part[0], n + part[1]),
    st.integers(0, 99),
    st.sampled_from([" ", "-"]),
    st.sampled_from([("1/2", 1 / 2), ("1/4", 1 / 4), ("3/4", 3 / 4), ("2/3", 2 / 3)]),
)
powers = st.builds(
    lambda n, times, power: Printed(f"{n / 10}{times}10^{power}", n / 10 * 10.0**power),
    st.integers(1, 99),
    st.sampled_from([" x ", " × ", "x", "×", " * "]),
    st.integers(-9, 12),
)
superscripts = st.builds(
    lambda n, power: Printed(f"{n} × 10{str(power).translate(SUPERSCRIPTS)}", n * 10.0**power),
    st.integers(1, 99),
    st.integers(-9, 12),
)
small = st.one_of(integers, decimals, pointed)
numbers = st.one_of(small, thousands, round_thousands, millions, halves, fractions, powers, superscripts)

simple = st.sampled_from(sorted(SIMPLE)).map(lambda printed: (printed, SIMPLE[printed]))
counted = st.sampled_from(sorted(UNITS["counted"])).map(lambda word: (word, UNITS["counted"][word]))
volumes = st.sampled_from(["mL", "dL", "L"])
below = st.one_of(
    simple,
    counted,
    st.builds(lambda n, unit: (f"{n} {unit}", f"{{{n}_{unit}}}"), st.integers(2, 100), volumes),
    st.sampled_from(
        [("1.73 m2", "{1.73_m2}"), ("1.73 m²", "{1.73_m2}"), ("kg of body weight", "kg"), ("kg body weight", "kg")]
    ),
)
ratios = st.builds(
    lambda above, parts, per: (
        per.join([above[0], *(words for words, _ in parts)]),
        "/".join([above[1], *(code for _, code in parts)]),
    ),
    simple,
    st.lists(below, max_size=2),
    st.sampled_from(["/", " per ", " / "]),
)
products = st.builds(
    lambda mass, dot, time, volume: (f"{mass}{dot}{time}/{volume}", f"{SIMPLE[mass]}.{SIMPLE[time]}/{volume}"),
    st.sampled_from(["mcg", "ng", "mg", "µg"]),
    st.sampled_from(["·", "•", "*", ".", " ", "-", " x "]),
    st.sampled_from(["h", "hr", "hour", "day", "min"]),
    volumes,
)
timed = st.builds(
    lambda mass, volume, time: (f"{mass}/{volume}·{time}", f"{SIMPLE[mass]}.{SIMPLE[time]}/{volume}"),
    st.sampled_from(["mcg", "ng", "mg", "µg"]),
    volumes,
    st.sampled_from(["h", "hr", "day"]),
)
units = st.one_of(simple, ratios, products, timed)
gaps = st.sampled_from([" ", "", "-"])
signs = st.sampled_from(
    [
        (words.replace("[.]", "."), sign)
        for sign, phrases in UNITS["comparators"].items()
        for words in (*phrases, *WORDED)
        if not set("()*") & set(words) and (words in phrases)
    ]
)
behind = st.sampled_from(
    [("or more", ">="), ("or greater", ">="), ("and above", ">="), ("or less", "<="), ("or fewer", "<=")]
)


def glued(number: str, gap: str, unit: str) -> str:
    """Join a number and its unit: without a space only where a unit cannot be read as a part of the number."""
    return f"{number} {unit}" if gap == "" and number.endswith("million") else f"{number}{gap}{unit}"


def limited(sign: str, value: float) -> tuple[float | None, float | None]:
    return (None if sign in ("<", "<=") else value, None if sign in (">", ">=") else value)


singles = st.builds(
    lambda n, gap, unit: Form(glued(n.words, gap, unit[0]), "=", n.value, n.value, None, None, unit[1]),
    numbers,
    gaps,
    units,
)
compared = st.builds(
    lambda sign, n, unit: Form(
        f"{sign[0]} {n.words} {unit[0]}", sign[1], *limited(sign[1], n.value), None, None, unit[1]
    ),
    signs,
    numbers,
    units,
).filter(lambda form: not form.words.startswith("over "))
compared_behind = st.builds(
    lambda n, unit, sign: Form(
        f"{n.words} {unit[0]} {sign[0]}", sign[1], *limited(sign[1], n.value), None, None, unit[1]
    ),
    numbers,
    units,
    behind,
)
deviations = st.builds(
    lambda n, sd, sign, unit, twice: Form(
        f"{n.words}{' ' + unit[0] if twice else ''}{sign}{sd.words} {unit[0]}",
        "=",
        None,
        None,
        n.value,
        sd.value,
        unit[1],
    ),
    small,
    small,
    st.sampled_from([" ± ", "±", " +/- ", "+/-", " +- "]),
    units,
    st.booleans(),
)


def ranged(ends: tuple[Printed, Printed], to: str, unit: tuple[str, str], twice: bool) -> Form:
    low, high = sorted(ends, key=lambda end: end.value)
    first = f" {unit[0]}" if twice else ""
    return Form(f"{low.words}{first}{to}{high.words} {unit[0]}", "=", low.value, high.value, None, None, unit[1])


pairs = st.tuples(st.one_of(small, thousands), st.one_of(small, thousands))
ranges = st.builds(
    ranged, pairs, st.sampled_from(["-", " - ", "–", " – ", "—", "−", " to ", " through "]), units, st.booleans()
)
between = st.builds(ranged, pairs, st.just(" and "), units, st.booleans()).map(
    lambda form: form._replace(words=f"between {form.words}")
)
forms = st.one_of(singles, compared, compared_behind, deviations, ranges, between)


@given(forms, st.sampled_from(["{}", "It was {}.", "(mean {}; n = 12)", "Then {}, they say."]))
def test_a_quantity_in_any_form_comes_back(form: Form, around: str) -> None:
    [found] = find_quantities(around.format(form.words))
    assert (found.comparator, found.unit) == (form.comparator, form.unit)
    for name in ("low", "high", "mean", "sd"):
        assert getattr(found, name) == pytest.approx(getattr(form, name)), name


@given(units)
def test_the_unit_of_any_quantity_is_ucum(unit: tuple[str, str]) -> None:
    assert ucum(unit[0]) == unit[1]
    assert is_ucum(unit[1])


@given(
    numbers,
    st.sampled_from(["mcg", "MCG", "Mcg", "microgram", "micrograms", "µg", "μg", "ug"]),
    st.lists(below, max_size=2),
)
def test_mcg_is_always_ug(n: Printed, printed: str, parts: list[tuple[str, str]]) -> None:
    [found] = find_quantities(f"{n.words} {'/'.join([printed, *(words for words, _ in parts)])}")
    assert found.unit.split("/")[0] == "ug"
    assert convert(1, found.unit.split("/")[0], "mg") == 0.001


@given(numbers, st.sampled_from(["", "patients", "times", "of them", "mcgs of", "IQ", "mglu", "x"]))
def test_a_number_without_a_unit_is_no_quantity(n: Printed, words: str) -> None:
    assert find_quantities(f"It was {n.words} {words}") == ()


@given(st.floats(1e-9, 1e9), units, st.sampled_from(["", " ", "units", "mcg", "per"]))
def test_nothing_is_converted_without_a_unit(value: float, unit: tuple[str, str], none: str) -> None:
    for pair in ((none, unit[1]), (unit[1], none)):
        with pytest.raises(UnitError):
            convert(value, *pair)
