"""Whether a label has a boxed warning: stated, denied or not mentioned, and for which route."""

from collections.abc import Iterator
from functools import cache

from labelpipe.extract.sentences import Span, clauses, sentences
from labelpipe.model import Block, BoxedWarning
from labelpipe.vocabulary import load
from labelpipe.vocabulary.phrases import PhraseBook
from labelpipe.vocabulary.routes import routes_in

_SPEAKING = ("paragraph", "callout", "list_item", "faq_answer")


def read_boxed_warnings(blocks: tuple[Block, ...]) -> tuple[BoxedWarning, ...]:
    """Return one row for each route and state that the words give, with the first words that say so.

    A section that its heading calls a boxed warning is one too. Where nothing is said there is one `not_stated` row.
    """
    found: dict[tuple[str | None, str], tuple[Block, Span]] = {}
    for block in blocks:
        if block.kind in _SPEAKING:
            for route, state, span in _statements(block):
                found.setdefault((route, state), (block, span))
    if not found:
        found = _stated_section(blocks)
    if not found:
        return (BoxedWarning(1, None, "not_stated"),)
    rows = sorted(found.items(), key=lambda item: (item[1][0].block_no, item[1][1].start))
    return tuple(
        BoxedWarning(
            boxed_warning_no=number,
            scope_route=route,
            state=state,
            block_no=block.block_no,
            char_start=block.char_start + span.start,
            char_end=block.char_start + span.end,
            quote=span.text,
        )
        for number, ((route, state), (block, span)) in enumerate(rows, 1)
    )


def _statements(block: Block) -> Iterator[tuple[str | None, str, Span]]:
    """Yield (route, state, sentence) for each clause of the block that speaks of a boxed warning."""
    if not _mentions().hits(block.text):
        return
    for sentence in sentences(block.text):
        for clause in clauses(sentence):
            if not _mentions().hits(clause.text):
                continue
            state = "absent" if _denials().hits(clause.text) else "present"
            for route in routes_in(clause.text) or [None]:
                yield route, state, sentence


def _stated_section(blocks: tuple[Block, ...]) -> dict[tuple[str | None, str], tuple[Block, Span]]:
    for block in blocks:
        if block.section == "boxed_warning" and block.section_method == "stated" and block.kind in _SPEAKING:
            first = next(sentences(block.text))
            state = "absent" if _denials().hits(" ".join(first.text.split()[:3])) else "present"
            return {(None, state): (block, first)}
    return {}


@cache
def _mentions() -> PhraseBook:
    return PhraseBook({"boxed_warning": load("safety")["boxed_warning"]["mentions"]})


@cache
def _denials() -> PhraseBook:
    return PhraseBook({"denial": load("safety")["boxed_warning"]["denials"]})
