"""Whether a label has a boxed warning: stated, denied or not mentioned, and for which route."""

import re
from collections.abc import Iterator
from functools import cache

from labelpipe.extract.boxed_subjects import Subjects
from labelpipe.extract.own_names import is_about_another, own_names
from labelpipe.extract.sentences import Span, clauses, sentences, without_references
from labelpipe.model import Block, BoxedWarning
from labelpipe.vocabulary import load, pattern
from labelpipe.vocabulary.phrases import PhraseBook
from labelpipe.vocabulary.routes import routes_in

_PARENTHESES = re.compile(r"\(([^()]*)\)")
_WORD = re.compile(r"[^\W\d_][\w-]+")
_SPEAKING = ("paragraph", "callout", "list_item", "faq_answer")

CONFIDENCE = {"prose": 0.9, "section": 0.95}
"""How often a statement is right, on the gold set of facts."""

Said = tuple[str | None, str]
"""A route (None: the label as a whole) and `present` or `absent`."""

Place = tuple[Block, Span, str]
"""The words that say so, and the method by which they were read."""


def read_boxed_warnings(blocks: tuple[Block, ...], stated_names: tuple[str, ...] = ()) -> tuple[BoxedWarning, ...]:
    """Return one row for each route and state that the words give, with the first words that say so.

    A section that its heading calls a boxed warning is one too. Where nothing is said there is one `not_stated` row.
    """
    names = own_names(blocks, stated_names)
    found = _in_sentences(blocks, names, Subjects(blocks, names))
    for routes, block, sentence in _section_openings(blocks):
        if _says_nothing(sentence.text):
            for route in routes_in(sentence.text) or routes:
                found.setdefault((route, "absent"), (block, sentence, "section"))
        elif not found:
            found = {(route, "present"): (block, sentence, "section") for route in routes}
    if not found:
        return (BoxedWarning(1, None, "not_stated"),)
    rows = sorted(_needed(found).items(), key=lambda item: (item[1][0].block_no, item[1][1].start))
    return tuple(_row(number, said, *place) for number, (said, place) in enumerate(rows, 1))


def _in_sentences(blocks: tuple[Block, ...], names: frozenset[str], subjects: Subjects) -> dict[Said, Place]:
    """Return what sentences say; one that does not name the box is asked only behind one that does."""
    found: dict[Said, Place] = {}
    speaking = [block for block in blocks if block.kind in _SPEAKING or block.kind == "faq_question"]
    with_mention = set(_mentions().texts_with([block.text for block in speaking]))
    asked: str | None = None
    for index, block in enumerate(speaking):
        is_told = _is_stated(block)
        if index in with_mention or is_told or asked:
            for sentence in sentences(block.text):
                if asked:
                    for said in _answers(asked, sentence.text):
                        found.setdefault(said, (block, sentence, "prose"))
                names_it = bool(_mentions().hits(sentence.text))
                asked = sentence.text if names_it and _is_question(sentence.text) else None
                is_told = is_told or names_it
                for said in _statements(sentence, names, subjects) if is_told else ():
                    found.setdefault(said, (block, sentence, "prose"))
    return found


def _answers(question: str, sentence: str) -> Iterator[Said]:
    """Yield what the sentence behind a question about the warning says, where it says yes or no."""
    if _mentions().hits(sentence):
        return
    for state in ("absent", "present"):
        if _any_of(f"answered_{'no' if state == 'absent' else 'yes'}").match(sentence):
            routes: list[str | None] = [*routes_in(question)]
            yield from ((route, state) for route in routes or [None])
            return


def _is_question(sentence: str) -> bool:
    return sentence.rstrip("\"')”’").endswith("?")


def _needed(found: dict[Said, Place]) -> dict[Said, Place]:
    """Drop what is said of one route and, with nothing said against it, of the whole label."""
    of_all = {state for route, state in found if route is None}
    return {said: place for said, place in found.items() if said[0] is None or of_all != {said[1]}}


def _row(number: int, said: Said, block: Block, span: Span, method: str) -> BoxedWarning:
    return BoxedWarning(
        boxed_warning_no=number,
        scope_route=said[0],
        state=said[1],
        block_no=block.block_no,
        char_start=block.char_start + span.start,
        char_end=block.char_start + span.end,
        quote=span.text,
        method=method,
        confidence=CONFIDENCE[method],
    )


def _statements(sentence: Span, names: frozenset[str], subjects: Subjects) -> Iterator[Said]:
    """Yield (route, state) for each clause that speaks of this drug's boxed warning; questions say nothing.

    What only points to it, `[see Boxed Warning]`, says that the label has one.
    """
    if _is_question(sentence.text):
        return
    plain = Span(without_references(sentence.text), sentence.start)
    names_it = bool(_mentions().hits(plain.text))
    if _pointers().hits(plain.text) or (not names_it and _mentions().hits(sentence.text)):
        yield None, "present"
        return
    another = False
    for clause in clauses(plain):
        words = _contrasts().sub(" ", clause.text)
        is_own = bool(names & {word.casefold() for word in _WORD.findall(words)})
        state = _state(words, _ellipses() if names_it else _pronouns())
        routes: list[str | None] = [*routes_in(words)]
        if state and (is_about_another(words, names) or subjects.is_another_class(words, is_own)):
            another = True
        elif state:
            yield from ((route, state) for route in routes or [None])
        elif another and is_own and _last_denial().search(words):
            yield None, "absent"


def _state(clause: str, ellipses: PhraseBook) -> str | None:
    """Return what a clause says of the warning; it may leave the word out (`but the tablets do not`)."""
    if _any_of("nothing_said").search(clause):
        return None
    if _mentions().hits(clause):
        return "absent" if _denials().hits(clause) else "present"
    if ellipses.hits(clause) and routes_in(clause):
        return ellipses.keys_in(clause)[0]
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
            if not _others().hits(block.text):
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
def _last_denial() -> re.Pattern[str]:
    """What a clause ends with, behind one about the box of others: `Zerbal does not`."""
    return re.compile(rf"(?:{'|'.join(map(pattern, _words('elliptic_denials')))})\W*$", re.I)


@cache
def _pronouns() -> PhraseBook:
    return PhraseBook({"absent": _words("pronoun_denials"), "present": _words("pronoun_statements")})


@cache
def _pointers() -> PhraseBook:
    return PhraseBook({"pointer": _words("pointers")})


@cache
def _others() -> PhraseBook:
    return PhraseBook({"no_warning": _words("no_warnings")})


@cache
def _any_of(name: str) -> re.Pattern[str]:
    return re.compile("|".join(pattern(phrase) for phrase in _words(name)), re.I)


@cache
def _contrasts() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(pattern(phrase) for phrase in _words('contrasts'))})[^,;()]*", re.I)
