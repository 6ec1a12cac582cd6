"""The doses of a block, sentence by sentence: each amount with whom, how often and for how long its words say."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from labelpipe.extract.amount import Amount
from labelpipe.extract.bands import Bands, bands_in
from labelpipe.extract.dose_amounts import amounts_in, may_have_amounts
from labelpipe.extract.dose_carried import Carried
from labelpipe.extract.dose_clauses import Clause, before_bracket, clauses_of, is_bound
from labelpipe.extract.dose_context import Context
from labelpipe.extract.dose_indications import indication_said
from labelpipe.extract.dose_items import BULLETS, indication_of, is_torn, items
from labelpipe.extract.dose_routes import routes_said
from labelpipe.extract.dose_scope import NO_SCOPE, Scope, may_say_whom, scope_of
from labelpipe.extract.dose_words import (
    comes_later,
    duration_in,
    frequency_before,
    frequency_in,
    kind_of,
    per_of,
)
from labelpipe.extract.named_products import strengths
from labelpipe.extract.no_doses import (
    is_about_animals,
    is_about_another_drug,
    is_doubled,
    is_forbidden,
    is_other_drugs,
    is_report,
    is_tried,
    names_other_drugs,
    names_own,
    not_reported,
    recommends,
)
from labelpipe.extract.sentences import Span
from labelpipe.extract.sentences import without_references as _plain
from labelpipe.model import Block
from labelpipe.vocabulary.routes import short_routes

_NEAR = 60
_BESIDE = 18

Columns = dict[str, Any]


class Frame(NamedTuple):
    """What holds for all the doses of a sentence: its words without pointers elsewhere, whom and which routes."""

    text: str
    scope: Scope
    around: Bands
    routes: tuple[str, ...]
    names_route: bool


def doses_of(block: Block, context: Context, names: frozenset[str]) -> Iterator[Columns]:
    """Yield the columns of every dose that a block states."""
    for columns in _remembered(block.kind, block.text, context, names):
        start, end = (block.char_start + columns[name] for name in ("char_start", "char_end"))
        yield {**columns, "block_no": block.block_no, "char_start": start, "char_end": end}


@lru_cache(maxsize=4096)
def _remembered(kind: str, text: str, context: Context, names: frozenset[str]) -> tuple[Columns, ...]:
    """Return the columns of the doses in words, as those of a block that is the first and stands at the beginning."""
    return tuple(_stated(Block(0, kind, text, 0, len(text), ""), context, names))


def _stated(block: Block, context: Context, names: frozenset[str]) -> Iterator[Columns]:
    if context.explicit and not recommends(block.text):
        return
    if context.strict and is_about_animals(block.text):
        context = context._replace(explicit=True)
    carried = Carried(context)
    for item, text in _items(block):
        carried.enter(text, block.text[item.start - 2 : item.start].strip() in BULLETS)
        leads = text.rstrip().endswith(":")
        own, amounts = scope_of(text) if leads or may_say_whom(text) else NO_SCOPE, amounts_in(text)
        is_none = bool(amounts or own.population) and _only_tells(text, context, names)
        reports = is_none or (bool(amounts or own.population) and is_report(text))
        kept = [] if is_none else not_reported(text, amounts) if reports else [*amounts]
        if kept and not is_torn(text, kept):
            frame = _frame(text, kept, carried.over(text, own).over(context.scope), names)
            place = _place(block, item)
            place["indication"] = place["indication"] or carried.purpose(text[: kept[0].start])
            for columns in _of_sentence(frame, kept, context, names):
                yield {**place, **columns, "indication": columns["indication"] or place["indication"]}
        carried.leave(text, own, reports)


def _items(block: Block) -> list[tuple[Span, str]]:
    """Return the sentences and items of a block up to the last that has an amount, and their words."""
    told = [(item, text) for item in items(block.text) if (text := _plain(item.text)).strip()]
    while told and not may_have_amounts(told[-1][1]):
        told.pop()
    return told


def _only_tells(text: str, context: Context, names: frozenset[str]) -> bool:
    """Whether a sentence has no dose of this drug for anyone: another drug's, what must not be taken, no advice."""
    if is_about_another_drug(text, names) or (context.is_missed and is_doubled(text)):
        return True
    return context.explicit and not recommends(text)


def _place(block: Block, item: Span) -> Columns:
    is_item = block.kind == "list_item" or block.text[item.start - 2 : item.start].strip() in BULLETS
    return {
        "block_no": block.block_no,
        "char_start": block.char_start + item.start,
        "char_end": block.char_start + item.end,
        "quote": item.text,
        "table_no": None,
        "row_no": None,
        "indication": indication_of(block.text if block.kind == "list_item" else item.text) if is_item else None,
        "method": "prose",
    }


def _frame(text: str, amounts: Sequence[Amount], over: Scope, names: frozenset[str]) -> Frame:
    head = text[: amounts[0].start]
    routes = routes_said(head if len(amounts) > 1 and names_other_drugs(text, names) else text)
    return Frame(
        text,
        scope_of(head).over(over),
        bands_in(text if len(amounts) == 1 else head),
        routes or over.routes,
        bool(routes_said(text)),
    )


def _of_sentence(frame: Frame, amounts: Sequence[Amount], context: Context, names: frozenset[str]) -> Iterator[Columns]:
    named = strengths(frame.text, amounts)
    others = names_other_drugs(frame.text, names)
    kind: str | None = None
    per: str | None = None
    theirs = ours = False
    said = NO_SCOPE
    for clause in clauses_of(frame.text, amounts):
        named_here = NO_SCOPE if clause.is_first else scope_of(clause.before)
        said = (
            named_here if named_here.population else said if clause.goes_on and not clause.whom.population else NO_SCOPE
        )
        kind = kind_of(clause.head, clause.after, frame.text, clause.amount, kind if clause.is_joined else None)
        if (
            clause.amount.start in named
            or is_bound(clause, frame.text)
            or is_tried(frame.text, clause.amount, amounts[-1])
        ):
            continue
        theirs = others and (
            is_other_drugs(clause.before, clause.after, names)
            or is_other_drugs(before_bracket(frame.text, clause.amount.start), "", names)
            or (theirs and (clause.is_joined or not ours) and not names_own(f"{clause.before} {clause.after}", names))
        )
        if theirs:
            continue
        ours = True
        if clause.amount.comparator == "=" and is_forbidden(clause.before):
            continue
        announced = context.kind if clause.is_first or clause.is_joined else None
        announced = None if announced == "starting" and comes_later(clause.head) else announced
        clause = clause if announced is None else clause._replace(head=f"{context.words} {clause.head}")
        columns = _columns(clause, "maximum" if clause.is_limit else kind or announced)
        of_time = (per or "").rpartition("/")[2]
        if clause.ends_list and not columns["per"] and not columns["frequency"] and of_time in ("d", "wk"):
            columns["per"] = of_time
        per = columns["per"]
        if not context.strict or columns["kind"] or columns["frequency"] or columns["per"]:
            yield {
                **columns,
                **_whom(clause, frame, said),
                "route": _route(clause, frame),
                "indication": indication_said(clause.after, context.uses),
                "order": clause.amount.start,
            }


def _columns(clause: Clause, kind: str | None) -> Columns:
    amount, is_limit = clause.amount, clause.is_limit
    frequency = frequency_in(clause.after) or frequency_before(clause.head)
    is_open = is_limit or (kind == "maximum" and amount.low == amount.high)
    return {
        "kind": kind,
        "value_low": None if is_open else amount.low,
        "value_high": amount.low if is_limit else amount.high,
        "unit": amount.unit,
        "per": per_of(amount, clause.head, clause.after, frequency),
        "frequency": frequency,
        "duration": duration_in(clause.after),
    }


def _whom(clause: Clause, frame: Frame, said: Scope) -> Columns:
    """Return whom an amount is for: named behind it, before it, before the amount it goes on from, or over all."""
    own = clause.whom.over(NO_SCOPE if clause.is_first else scope_of(clause.before)).over(said).over(frame.scope)
    return {"population": own.population, **own.bands.over(frame.around)._asdict()}


def _route(clause: Clause, frame: Frame) -> str | None:
    """Return the route right beside the amount, else the sentence's, its lead-in's or its block's, if it is one."""
    before, after = _beside(clause.before[::-1])[::-1], _beside(clause.after)
    near = tuple(short_routes(f"{before} | {after}") and (short_routes(before) or short_routes(after)))
    if near and len({*near}) == 1 and len({*short_routes(_beside(clause.after, 2 * _BESIDE))}) > 1:
        return None  # `IM or IV`
    if not near and frame.names_route:
        near = routes_said(clause.before[-_NEAR:]) + routes_said(clause.after)
    found = near if len({*near}) == 1 else frame.routes
    return found[0] if len({*found}) == 1 else None


def _beside(words: str, reach: int = _BESIDE) -> str:
    """Return the whole words among the first characters: half of one may look like a route (`sc`hizophrenia)."""
    near = words[:reach]
    return near if len(words) <= reach or not words[reach].isalnum() else near[: -len(near.split()[-1])]
