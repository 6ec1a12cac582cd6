"""Where the words on boxed warnings disagree with themselves."""

from collections.abc import Iterator
from functools import cache

from labelpipe.model import Facts, Finding
from labelpipe.vocabulary import load
from labelpipe.vocabulary.phrases import PhraseBook


def boxed_warning_by_route(facts: Facts) -> Iterator[Finding]:
    """A boxed warning stated for one route and denied for another."""
    present = [row for row in facts.boxed_warnings if row.state == "present"]
    absent = [row for row in facts.boxed_warnings if row.state == "absent"]
    if not present or not absent or {row.scope_route for row in present} == {row.scope_route for row in absent}:
        return
    stated, denied = present[0], absent[0]
    message = f"a boxed warning is stated for {_scope(stated.scope_route)} and denied for {_scope(denied.scope_route)}"
    yield Finding(
        "boxed_warning_by_route",
        "warning",
        message,
        stated.block_no,
        stated.char_start,
        stated.char_end,
        f"{stated.quote} | {denied.quote}",
    )


def boxed_warning_contradiction(facts: Facts) -> Iterator[Finding]:
    """A boxed warning both stated and denied for one route, or for the label as a whole."""
    stated = {row.scope_route: row for row in facts.boxed_warnings if row.state == "present"}
    for denied in facts.boxed_warnings:
        present = stated.get(denied.scope_route)
        if denied.state == "absent" and present and all(_named().hits(row.quote or "") for row in (present, denied)):
            yield Finding(
                "boxed_warning_contradiction",
                "warning",
                f"a boxed warning is both stated and denied for {_scope(denied.scope_route)}",
                denied.block_no,
                denied.char_start,
                denied.char_end,
                f"{present.quote} | {denied.quote}",
            )


def _scope(route: str | None) -> str:
    return route or "the label as a whole"


@cache
def _named() -> PhraseBook:
    return PhraseBook(load("contradictions")["boxed_warning"])
