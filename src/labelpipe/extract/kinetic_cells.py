"""The values of one cell of a kinetics table, each with its own words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from labelpipe.extract.cell_values import fits, printed_aside, printed_value, without_parentheses
from labelpipe.extract.cell_words import is_empty
from labelpipe.extract.qualifiers import qualifiers, says, without_statistics
from labelpipe.extract.quantities import Quantity, find_quantities

Columns = dict[str, Any]

_PARENTHESES = re.compile(r"\(([^()]*)\)")
_STATEMENT_EDGE = re.compile(r";\s*|\s/\s")
_PHRASE_EDGE = re.compile(r"(?P<comma>,)\s+|\s+(?:and|but|vs\.?|versus)\s+")
_ASIDE_EDGE = re.compile(r";\s*|,\s+")
_MEAN = re.compile(r"\b(?:mean|average)\b", re.I)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of a cell and the value they print, if any. `inside` are the phrases of its parentheses.

    `start` and `end` are its place in the statement it was cut from.
    """

    text: str
    start: int
    end: int
    bare: str
    value: Quantity | None
    inside: tuple["Phrase", ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """What stands around the value, as qualifiers."""
        if self.value is None:
            return qualifiers(self.bare)
        return (*qualifiers(self.bare[: self.value.start]), *qualifiers(self.bare[self.value.end :]))

    @property
    def says_value(self) -> bool:
        """Whether a value stands in it or in its parentheses."""
        return self.value is not None or any(phrase.value for phrase in self.inside)


def read_cell(parameter: str, cell: str, unit: str | None = None) -> Iterator[Columns]:
    """Return the values a cell prints, each with its own words, numbers, unit and qualifiers.

    A number without a unit takes the one printed beside it, else `unit`. A cell that prints no value of what the
    parameter measures is one row of words, so that nothing printed is lost.
    """
    return ({**columns} for columns in _read(parameter, cell, unit))


@lru_cache(maxsize=4096)
def _read(parameter: str, cell: str, unit: str | None) -> tuple[Columns, ...]:
    return tuple(_values(parameter, cell, unit))


def _values(parameter: str, cell: str, unit: str | None) -> Iterator[Columns]:
    shared = next((q.unit for q in find_quantities(without_parentheses(cell)) if fits(q, parameter)), unit)
    statements = [(words, _phrases(words, parameter, shared)) for words in _split(cell, _STATEMENT_EDGE)]
    if not any(phrase.says_value for _, statement in statements for phrase in statement):
        if is_empty(cell):
            return
        yield {"text": cell.strip(), "qualifiers": _all_words(cell)}
        return
    for words, statement in statements:
        for group in _groups(statement):
            yield from _rows(words[group[0].start : group[-1].end], group)


def parameter_for(parameters: tuple[str, ...], cell: str) -> str:
    """Return which of the parameters a name may mean the cell's first value measures, else the first of them."""
    for quantity in find_quantities(without_parentheses(cell)):
        for parameter in parameters:
            if fits(quantity, parameter):
                return parameter
    return parameters[0]


def _phrases(statement: str, parameter: str, unit: str | None) -> list[Phrase]:
    """Cut a statement into phrases; an `and` parts two phrases only where both print a value."""
    phrases: list[Phrase] = []
    at, comma = 0, True
    for edge in [*_PHRASE_EDGE.finditer(without_parentheses(statement)), None]:
        end = edge.start() if edge else len(statement)
        phrase = _phrase(statement, at, end, parameter, unit)
        if phrases and not comma and not (phrase.value and phrases[-1].value):
            phrase = _phrase(statement, phrases.pop().start, end, parameter, unit)
        phrases.append(phrase)
        if edge:
            at, comma = edge.end(), bool(edge["comma"])
    return [phrase for phrase in phrases if phrase.text.strip()]


def _phrase(statement: str, start: int, end: int, parameter: str, unit: str | None) -> Phrase:
    text = statement[start:end]
    bare = without_parentheses(text)
    value = printed_value(bare, parameter, unit)
    inner_unit = value.unit if value else unit
    inside = tuple(
        Phrase(bit, 0, len(bit), bit, printed_aside(bit, parameter, inner_unit))
        for match in _PARENTHESES.finditer(text)
        for bit in _ASIDE_EDGE.split(match[1])
        if bit
    )
    return Phrase(text, start, end, bare, value, inside)


def _groups(phrases: list[Phrase]) -> list[list[Phrase]]:
    """Gather each value with the phrases that only qualify it; words about another place of the body stand alone."""
    groups: list[list[Phrase]] = []
    for phrase in phrases:
        last = groups[-1] if groups else []
        open_value = not any(p.says_value for p in last)
        joins = (open_value or not phrase.says_value) and not (last and _other_place(last, phrase))
        if last and joins:
            last.append(phrase)
        else:
            groups.append([phrase])
    return groups


def _other_place(group: list[Phrase], phrase: Phrase) -> bool:
    """Whether both name a place, such as `urine` and `bile`, and one of them prints no value."""
    worded = any(p.says_value for p in group) != phrase.says_value
    return worded and says("places", " ".join(p.text for p in group)) and says("places", phrase.text)


def _rows(text: str, group: list[Phrase]) -> Iterator[Columns]:
    """Yield the main value of a group, with its mean where one is given, then the values in its parentheses."""
    inside = [bit for phrase in group for bit in phrase.inside]
    words = tuple(word for phrase in group for word in phrase.words)
    notes = tuple(word for bit in inside if bit.value is None for word in qualifiers(bit.text))
    values = [bit for bit in inside if bit.value]
    main = next((phrase.value for phrase in group if phrase.value), None)
    if main is None and values and not values[0].words:
        main = values.pop(0).value
    means = [bit for bit in values if main and main.mean is None and is_mean(bit)]
    if main or words or notes or not values:
        mean = means[0].value.low if means and means[0].value else None
        yield _columns(text.strip(), main, (*words, *notes), mean)
    for bit in values:
        if bit not in means[:1]:
            around = without_statistics((*words, *notes)) if main else without_statistics(notes)
            yield _columns(bit.text, bit.value, (*around, *bit.words), None)


def is_mean(phrase: Phrase) -> bool:
    """Whether a phrase says that its single value is a mean."""
    single = phrase.value is not None and phrase.value.low == phrase.value.high
    return single and bool(_MEAN.search(phrase.text))


def _columns(text: str, value: Quantity | None, words: tuple[str, ...], mean: float | None) -> Columns:
    kept = tuple(dict.fromkeys(words))
    if value is None:
        return {"text": text, "qualifiers": kept}
    return {
        "text": text,
        "comparator": value.comparator,
        "value_low": value.low,
        "value_high": value.high,
        "value_mean": value.mean if mean is None else mean,
        "value_sd": value.sd,
        "unit": value.unit,
        "qualifiers": kept,
    }


def _split(text: str, edge: re.Pattern[str]) -> list[str]:
    """Split outside parentheses."""
    parts, at, masked = [], 0, without_parentheses(text)
    for match in edge.finditer(masked):
        parts.append(text[at : match.start()].strip())
        at = match.end()
    return [part for part in (*parts, text[at:].strip()) if part]


def _all_words(cell: str) -> tuple[str, ...]:
    inside = (match[1] for match in _PARENTHESES.finditer(cell))
    return tuple(dict.fromkeys(word for words in (without_parentheses(cell), *inside) for word in qualifiers(words)))
