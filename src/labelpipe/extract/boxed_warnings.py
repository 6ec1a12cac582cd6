"""Whether a label has a boxed warning: stated, denied or not mentioned, and for which route."""

import re
from collections.abc import Iterator
from functools import cache

from labelpipe.extract.own_names import is_about_another, own_names
from labelpipe.extract.sentences import Span, clauses, sentences
from labelpipe.model import Block, BoxedWarning
from labelpipe.vocabulary import load, pattern
from labelpipe.vocabulary.phrases import PhraseBook
from labelpipe.vocabulary.routes import routes_in

_PARENTHESES = re.compile(r"\(([^()]*)\)")
_SPEAKING = ("paragraph", "callout", "list_item", "faq_answer")

Said = tuple[str | None, str]
"""A route (None: the label as a whole) and `present` or `absent`."""


def read_boxed_warnings(blocks: tuple[Block, ...], stated_names: tuple[str, ...] = ()) -> tuple[BoxedWarning, ...]:
    """Return one row for each route and state that the words give, with the first words that say so.

    A section that its heading calls a boxed warning is one too. Where nothing is said there is one `not_stated` row.
    """
    found: dict[Said, tuple[Block, Span]] = {}
    names = own_names(blocks, stated_names)
    speaking = [block for block in blocks if block.kind in _SPEAKING]
    for index in _mentions().texts_with([block.text for block in speaking]):
        for sentence in sentences(speaking[index].text):
            for said in _statements(sentence, names):
                found.setdefault(said, (speaking[index], sentence))
    for routes, block, sentence in _section_openings(blocks):
        if _says_nothing(sentence.text):
            for route in routes_in(sentence.text) or routes:
                found.setdefault((route, "absent"), (block, sentence))
        elif not found:
            found = {(route, "present"): (block, sentence) for route in routes}
    if not found:
        return (BoxedWarning(1, None, "not_stated"),)
    rows = sorted(found.items(), key=lambda item: (item[1][0].block_no, item[1][1].start))
    return tuple(_row(number, said, *place) for number, (said, place) in enumerate(rows, 1))


def _row(number: int, said: Said, block: Block, span: Span) -> BoxedWarning:
    return BoxedWarning(
        boxed_warning_no=number,
        scope_route=said[0],
        state=said[1],
        block_no=block.block_no,
        char_start=block.char_start + span.start,
        char_end=block.char_start + span.end,
        quote=span.text,
    )


def _statements(sentence: Span, names: frozenset[str]) -> Iterator[Said]:
    """Yield (route, state) for each clause that speaks of this drug's boxed warning; questions say nothing."""
    if sentence.text.rstrip("\"')”’").endswith("?") or not _mentions().hits(sentence.text):
        return
    for clause in clauses(sentence):
        words = _contrasts().sub(" ", clause.text)
        state = _state(words)
        routes: list[str | None] = [*routes_in(words)]
        if state and not is_about_another(words, names):
            yield from ((route, state) for route in routes or [None])


def _state(clause: str) -> str | None:
    """Return what a clause says of the warning; it may leave the word out (`but the tablets do not`)."""
    if _mentions().hits(clause):
        return "absent" if _denials().hits(clause) else "present"
    if routes_in(clause) and _ellipses().hits(clause):
        return _ellipses().keys_in(clause)[0]
    return None


def _section_openings(blocks: tuple[Block, ...]) -> Iterator[tuple[list[str | None], Block, Span]]:
    """Yield the first sentence under each heading that states a boxed warning, with the routes its parentheses name."""
    routes: list[str | None] = [None]
    is_open = True
    for block in blocks:
        if block.kind == "heading":
            is_open, routes = True, [*routes_in(" ".join(_PARENTHESES.findall(block.text)))] or [None]
        elif is_open and _is_stated(block):
            is_open = False
            yield routes, block, next(sentences(block.text))


def _is_stated(block: Block) -> bool:
    return block.section == "boxed_warning" and block.section_method == "stated" and block.kind in _SPEAKING


def _says_nothing(sentence: str) -> bool:
    return bool(_any_of("nothing_first").match(sentence) or _any_of("nothing").search(sentence))


@cache
def _words(name: str) -> list[str]:
    box = "|".join(load("safety")["boxed_warning"]["mentions"])
    return [phrase.replace("{box}", f"({box})") for phrase in load("safety")["boxed_warning"][name]]


@cache
def _mentions() -> PhraseBook:
    return PhraseBook({"boxed_warning": _words("mentions")})


@cache
def _denials() -> PhraseBook:
    return PhraseBook({"denial": _words("denials")})


@cache
def _ellipses() -> PhraseBook:
    return PhraseBook({"absent": _words("elliptic_denials"), "present": _words("elliptic_statements")})


@cache
def _any_of(name: str) -> re.Pattern[str]:
    return re.compile("|".join(pattern(phrase) for phrase in _words(name)), re.I)


@cache
def _contrasts() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(pattern(phrase) for phrase in _words('contrasts'))})[^,;()]*", re.I)
