"""The doses of a table: a row says for whom or what for, a column what kind of dose, its unit, or how often."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from labelpipe.extract.amount import Amount
from labelpipe.extract.dose_amounts import amounts_in, may_have_amounts
from labelpipe.extract.dose_clauses import listed, own_words
from labelpipe.extract.dose_columns import Column, column_of, heads_of, prepares
from labelpipe.extract.dose_context import LEADS, Context
from labelpipe.extract.dose_indications import indication_in
from labelpipe.extract.dose_routes import routes_said
from labelpipe.extract.dose_scope import Scope, scope_of
from labelpipe.extract.dose_words import duration_in, frequency_in, kind_of, kind_of_label, kind_said, per_of
from labelpipe.extract.named_products import strengths
from labelpipe.extract.no_doses import is_other_drugs, is_report, names_other_drugs, not_reported
from labelpipe.extract.quantities import NUMBER, number
from labelpipe.extract.sentences import sentences, without_references
from labelpipe.extract.tables import Grid, Row
from labelpipe.vocabulary import load
from labelpipe.vocabulary.phrases import any_of
from labelpipe.vocabulary.routes import short_routes

_BARE = re.compile(rf"\s*<?(?P<low>{NUMBER})(?:\s*(?:-|–|to)\s*(?P<high>{NUMBER}))?\s*")
_TIME_COLUMN = re.compile(
    r"\b(?:length|duration|how long)\b(?!.*\b(?:delay|since|missed|interrupt|last dose|half-life))", re.I
)
_LENGTH_OF_TIME = re.compile(r"^(?:\S+\s+){1,5}(?:days?|weeks?|months?|years?|cycles?)\b", re.I)
_IN_BRACKETS = re.compile(r"\((?:in )?(kg|mL/min|years|months)\)|,\s*(kg|mL/min|years|months)\b", re.I)
_FIGURES = re.compile(
    r"\W*(?:less than|under|below|over|above|at least|up to|[<>≤≥])?\s*\d[\d. ]*"
    r"(?:(?:-|–|to|through|to less than|to <|and)\s*<?\s*\d[\d.]*)?\s*"
    r"(?:(?:or|and) (?:more|above|over|greater|less|older|heavier))?\s*",
    re.I,
)
_SHARE = re.compile(r"\s*[-–]?\d[\d.,]*\s*%?\s*%\s*")
_OF_AGE = re.compile(r"(?:^|\|\s*)[^|]*\bages?\b[^|]*$", re.I)
_MAY_HAVE_BANDS = re.compile(r"\d.*(?:kg|mL|clearance|years?|months?)|hepatic|liver|child-pugh", re.I | re.S)
_SHORT_LABEL = 4
_SENTENCE_END = re.compile(r"[.;]\s+(?=[A-Z])")

Columns = dict[str, Any]


def table_doses(grid: Grid, context: Context, names: frozenset[str]) -> Iterator[Columns]:
    """Yield the doses of a table in a dosing section; nothing where none of its columns speaks of doses.

    Where its columns have no names, a cell itself must say how often, per what, or what kind of dose.
    """
    heads = heads_of(grid)
    columns = [column_of(" | ".join(dict.fromkeys(filter(None, cells)))) for cells in zip(*heads, strict=False)]
    if columns and (not any(column.is_dose for column in columns) or any(map(prepares, columns))):
        return
    over = context
    for row_no, row in enumerate(grid.rows, 1):
        if _is_group(row):
            over = context._replace(scope=scope_of(row.cells[0]).over(context.scope))
        if row_no > len(heads):
            yield from _of_row(grid, row, row_no, columns, over, names)


def _is_group(row: Row) -> bool:
    """Whether a row is one cell over all columns, which says whom the rows below it are about."""
    return len(row.cells) > 1 and len({cell for cell in row.cells if cell}) == 1


def _of_row(
    grid: Grid, row: Row, row_no: int, columns: list[Column], context: Context, names: frozenset[str]
) -> Iterator[Columns]:
    if not any(column.unit for column in columns) and not may_have_amounts(" | ".join(row.cells)):
        return
    told = list(_amounts(row, columns, names))
    if not told:
        return
    of_row = _of_label(columns[0].words if columns else "", row.cells[0], names)
    for column, cell in zip(columns[1:], row.cells[1:], strict=False):  # a second label: `3 kg or greater`
        is_whom = not column.is_dose or _OF_AGE.search(column.words)
        if is_whom and _MAY_HAVE_BANDS.search(cell) and not amounts_in(cell):
            bands = _of_label(column.words, cell, names).bands
            if not _OF_AGE.search(column.words):
                bands = bands._replace(age_low_years=None, age_high_years=None)
            of_row = of_row.over(Scope(bands=bands))
    of_row = of_row.over(context.scope)
    if len(row.cells[0].split()) <= _SHORT_LABEL:  # `Starting dose`
        named = kind_of_label(row.cells[0])
        context = context._replace(kind=named if named in LEADS else context.kind)
    times = (cell for column, cell in zip(columns, row.cells, strict=False) if _is_time(column))
    duration = next(filter(None, map(_length, times)), None)
    beside = next((f for cell in row.cells[1:] if not amounts_in(cell) and (f := frequency_in(cell))), None)
    for at, column, text, kept in told:
        for columns_ in _of_cell(text, kept, column, of_row, context, names):
            of_column = None if _is_a_days(columns_["per"]) else frequency_in(column.words)
            frequency = columns_["frequency"] or beside or of_column
            if not (columns or frequency or columns_["kind"] or columns_["per"]):
                continue
            yield {
                **columns_,
                "duration": columns_["duration"] or duration,
                "frequency": frequency,
                "indication": _indication(columns, row, context),
                "block_no": row.block.block_no,
                "char_start": row.block.char_start,
                "char_end": row.block.char_end,
                "quote": row.block.text,
                "table_no": grid.table_no,
                "row_no": row_no,
                "method": "table",
                "order": at * 1000 + columns_["order"],
            }


def _of_label(head: str, cell: str, names: frozenset[str]) -> Scope:
    """Return whom a row is for by its first cell, whose bare figures have the unit that the column prints."""
    unit = _IN_BRACKETS.search(head)
    told = f"{cell} {unit[1] or unit[2]}" if unit and _FIGURES.fullmatch(cell) else cell
    found = scope_of(told).over(scope_of(f"{head} | {told}"))
    return found._replace(routes=()) if names_other_drugs(head, names) else found


def _length(cell: str) -> str | None:
    """Return for how long a cell of a column on that says, which may say how often too."""
    if frequency_in(cell):
        return duration_in(cell)
    return cell if _LENGTH_OF_TIME.search(cell) else None


def _is_time(column: Column) -> bool:
    """Whether a column says for how long, and not whom: `Dose and Duration | Age` is the age's."""
    return bool(_TIME_COLUMN.search(column.words)) and not _OF_AGE.search(column.words)


def _is_a_days(per: str | None) -> bool:
    return per is not None and per.split("/")[-1] in ("d", "wk")


def _amounts(row: Row, columns: list[Column], names: frozenset[str]) -> Iterator[tuple[int, Column, str, list[Amount]]]:
    """Yield the cells of a row that hold amounts: its place, its column, its words, and the amounts."""
    for at, cell in enumerate(row.cells):
        column = columns[at] if at < len(columns) else Column("", None, True)
        if (at == 0 and not _may_open(row, columns, column)) or column.is_other:
            continue
        if is_other_drugs(column.words, "", names):
            continue
        text = without_references(cell)
        amounts = _told(text, amounts_in(text)) or _bare(text, column)
        named = strengths(text, amounts)
        kept = [amount for amount in amounts if amount.start not in named and amount.comparator not in (">",)]
        if kept:
            yield at, column, text, kept


def _told(text: str, amounts: Sequence[Amount]) -> Sequence[Amount]:
    """Return the amounts of a cell less those in its sentences that tell what was seen or tried."""
    if not amounts or not is_report(text):
        return amounts
    told: list[Amount] = []
    for span in sentences(text):
        within = [amount for amount in amounts if span.start <= amount.start < span.end]
        told += not_reported(text[: span.end], within) if is_report(span.text) else within
    return told


def _may_open(row: Row, columns: list[Column], column: Column) -> bool:
    """Whether a row's first cell may be a dose: not where it is what was taken before, or has its effect beside it."""
    if not column.is_dose:
        return False
    has_effect = any(_SHARE.fullmatch(cell) for cell in row.cells[1:])
    others = {route for other in columns[1:] for route in routes_said(other.words)}
    is_changed = bool({*routes_said(column.words)} - others) and any(other.is_dose for other in columns[1:])
    return not has_effect and not is_changed and not _taken_before().search(column.words)


def _of_cell(
    text: str, amounts: Sequence[Amount], column: Column, scope: Scope, context: Context, names: frozenset[str]
) -> Iterator[Columns]:
    others = names_other_drugs(text, names)
    whole = Scope() if len(amounts) > 1 else scope_of(text)
    routes_of_all = () if others else routes_said(text)
    running = Scope()
    for index in range(len(amounts)):
        amount, after = listed(text, amounts, index)
        between = text[amounts[index - 1].end if index else 0 : amount.start]
        running = scope_of(between).over(running)
        before = own_words(text[amounts[index - 1].end if index else 0 : amount.start], index)
        before = _SENTENCE_END.split(before)[-1]
        after = _SENTENCE_END.split(after, maxsplit=1)[0]
        last = kind_of(before, after, text, amount, None)
        if is_other_drugs(before, after, names):
            continue
        kind = last or kind_said(column.words) or context.kind
        frequency = frequency_in(after)
        own = running._replace(routes=()).over(whole._replace(routes=())).over(scope)
        routes = (
            routes_said(before) + ((), routes_said(after))[not others]
            or routes_said(column.words)
            or (*short_routes(column.words),)
        )
        routes = routes or routes_of_all or own.routes
        yield {
            "kind": kind,
            "value_low": None if kind == "maximum" and amount.low == amount.high else amount.low,
            "value_high": amount.high,
            "unit": amount.unit,
            "per": per_of(amount, f"{column.words} | {before}", after, frequency),
            "frequency": frequency,
            "duration": duration_in(after),
            "population": own.population,
            **own.bands._asdict(),
            "route": routes[0] if len({*routes}) == 1 else None,
            "order": amount.start,
        }


def _bare(text: str, column: Column) -> Sequence[Amount]:
    """Return a cell's number as an amount of the unit that its column prints."""
    match = _BARE.fullmatch(text)
    if match is None or column.unit is None:
        return []
    unit, _, below = column.unit.partition("/")
    low = number(match["low"])
    return [
        Amount(low, number(match["high"]) if match["high"] else low, "=", unit, below, match.start("low"), match.end())
    ]


def _indication(columns: list[Column], row: Row, context: Context) -> str | None:
    """Return what a row is named after, where its column or the label's indications say that this is what it is for."""
    if columns and _names_indication().search(columns[0].words):
        return row.cells[0]
    return indication_in(row.cells[0], context.uses) or context.indication


@cache
def _taken_before() -> Any:
    return any_of(load("doses")["table"]["before"])


@cache
def _names_indication() -> Any:
    return any_of(load("doses")["table"]["indications"])
