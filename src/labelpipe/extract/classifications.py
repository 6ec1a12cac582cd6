"""What regulators class the drug as: the pregnancy category of older labels, the schedule of controlled substances."""

import re
from collections.abc import Iterator
from functools import cache

from labelpipe.extract.own_names import is_about_another
from labelpipe.extract.sentences import Span, sentences
from labelpipe.model import Block, Classification
from labelpipe.vocabulary import load, pattern
from labelpipe.vocabulary.phrases import PhraseBook

CONFIDENCE = 0.95

_NAMED = re.compile(r"([^\W\d_][\w-]+)\s*\($")
_SAID = ("paragraph", "callout", "list_item", "heading", "field_value", "faq_answer", "caption")


def read_classifications(blocks: tuple[Block, ...], names: frozenset[str]) -> tuple[Classification, ...]:
    """Return each class that the words put the drug in, once, with the first words that do."""
    found: dict[tuple[str, str], tuple[Block, Span]] = {}
    speaking = [block for block in blocks if block.kind in _SAID]
    for index in _mentions().texts_with([block.text for block in speaking]):
        for said in sentences(speaking[index].text):
            for kind, value in _classes(said.text, names, speaking[index].section == "pregnancy"):
                found.setdefault((kind, value), (speaking[index], said))
    return tuple(
        Classification(
            number, kind, value, block.block_no, block.char_start + said.start, block.char_start + said.end, said.text,
            "prose", CONFIDENCE,
        )
        for number, ((kind, value), (block, said)) in enumerate(found.items(), 1)
    )  # fmt: skip


def _classes(words: str, names: frozenset[str], on_pregnancy: bool) -> Iterator[tuple[str, str]]:
    """Yield (kind, value) for each class named; a letter counts where the words or their section speak of pregnancy."""
    if is_about_another(words, names):
        return
    for match in (_letter() if on_pregnancy else _category()).finditer(words):
        yield "pregnancy_category", match["letter"]
    if _not_controlled().search(words):
        yield "controlled_substance_schedule", "none"
        return
    for match in _schedule().finditer(words):
        if _is_of_another(words[: match.start()], names):
            continue
        said = match["schedule"] or match["short"].removeprefix("-")
        yield "controlled_substance_schedule", f"C{said}"


def _is_of_another(before: str, names: frozenset[str]) -> bool:
    """Whether a class in parentheses stands right behind a name that is none of the label's: `alprazolam (CIV)`."""
    named = _NAMED.search(before)
    return named is not None and is_about_another(named[1], names)


@cache
def _mentions() -> PhraseBook:
    words = load("safety")["classification"]
    return PhraseBook({"pregnancy_category": words["pregnancy_category"], "schedule": words["mentions"]})


@cache
def _category() -> re.Pattern[str]:
    words = "|".join(pattern(words) for words in load("safety")["classification"]["pregnancy_category"])
    return re.compile(rf"(?i:{words})[\s:]+(?P<letter>[ABCDX])\b(?!\.\d)")


@cache
def _letter() -> re.Pattern[str]:
    return re.compile(r"(?i:\bcategory)[\s:]+(?P<letter>[ABCDX])\b(?!\.\d)")


@cache
def _schedule() -> re.Pattern[str]:
    named = "|".join(pattern(words) for words in load("safety")["classification"]["schedule"])
    return re.compile(
        rf"(?i:{named})\s*[-:(]?\s*(?P<schedule>IV|V|I{{1,3}})\b|(?<![\w-])C(?P<short>-?IV|-?III|-?II|-V)\b(?![-\w])"
    )


@cache
def _not_controlled() -> re.Pattern[str]:
    return re.compile("|".join(pattern(words) for words in load("safety")["classification"]["not_controlled"]), re.I)
