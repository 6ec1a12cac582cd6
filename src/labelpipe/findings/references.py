"""Words that point back at something the page no longer has."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from labelpipe.learned import words
from labelpipe.model import Block, Finding
from labelpipe.vocabulary import load, pattern
from labelpipe.vocabulary.phrases import PhraseBook

CONTEXT_BLOCKS = 2
"""What a paragraph points at stands in it, or so many blocks before it."""

MAX_ADJECTIVES = 2
STEM_LETTERS = 5
"""Words that share so many letters are close enough to mean the same thing."""

_PROSE = ("paragraph", "callout", "list_item", "faq_answer")
_JUDGED = ("paragraph", "callout")
_LISTS = ("list_item", "table_row")
_TEXT = (*_PROSE, "table_row", "heading")
_ENUMERATION = re.compile(
    r"[^,.;:]+,[^,.;:]+(?:,| and| or) |[;:]|\b(?:two|three|four|five|both|either)\b|\band\b", re.I
)


def dangling_references(blocks: tuple[Block, ...]) -> list[Finding]:
    """Find the words that point at something that is gone."""
    content = [block for block in blocks if block.kind in _TEXT]
    found: list[Finding] = []
    for at in _pointing().texts_with([block.text for block in content]):
        block, before = content[at], content[max(0, at - CONTEXT_BLOCKS) : at]
        if block.kind in _JUDGED and (span := next(_pointers(block, before), None)):
            found.append(_finding(block, *span))
    return found


def _pointers(block: Block, before: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Yield the places of the words in a block that point at nothing before them."""
    if (match := _find(_list_items(), block.text)) and not _has_items(block.text[: match.start()], before):
        yield match.span()
    if (match := _opening().match(block.text)) and _opens_section(block, before):
        yield match.span()
    for match in _demonstrative().finditer(block.text):
        if _is_unsaid(match[2], block.text[: match.start()], _same_section(block, before)):
            yield match.start(1), match.end(2)


def _find(book: PhraseBook, text: str) -> re.Match[str] | None:
    """Return where the first of a book's phrases stands."""
    found = (book.find(text, hit) for hit in book.hits(text))
    return min((match for match in found if match), key=re.Match.start, default=None)


def _has_items(said: str, before: Sequence[Block]) -> bool:
    """Whether a list, a table, or an enumeration in prose is there to be pointed at."""
    if _ENUMERATION.search(said):
        return True
    last = before[-1] if before else None
    if last is None or last.kind == "heading":
        return False
    return last.kind in _LISTS or (not last.text.endswith(":") and bool(_ENUMERATION.search(last.text)))


def _opens_section(block: Block, before: Sequence[Block]) -> bool:
    """Whether the block before belongs, for certain, to another section."""
    last = before[-1] if before else None
    return (
        last is not None
        and last.kind != "heading"
        and None not in (block.section, last.section)
        and (block.section != last.section)
    )


def _same_section(block: Block, before: Sequence[Block]) -> list[Block]:
    """Return the blocks before that may be of the same section."""
    return [other for other in before if other.section in (block.section, None) or other.kind == "heading"]


def _is_unsaid(phrase: str, said: str, before: Sequence[Block]) -> bool:
    """Whether a noun with an adjective before it has not been said in any form."""
    noun = words(phrase)[-1]
    if noun in _general() or noun.removesuffix("s") in _general() or noun.removesuffix("es") in _general():
        return False
    return _stem(noun) not in {
        _stem(word) for text in (said, *(block.text for block in before)) for word in words(text)
    }


def _stem(word: str) -> str:
    return word.removesuffix("s")[:STEM_LETTERS]


def _finding(block: Block, start: int, end: int) -> Finding:
    quote = block.text[start:end]
    return Finding(
        rule="dangling_reference",
        severity=load("findings")["dangling_reference"]["severity"],
        message=f"“{quote}” points at something that does not stand before it",
        block_no=block.block_no,
        char_start=block.char_start + start,
        char_end=block.char_start + end,
        evidence=quote,
    )


@cache
def _pointing() -> PhraseBook:
    """Everything that may point back at something."""
    return PhraseBook({key: load("references")[key] for key in ("list_items", "opening", "demonstrative")})


@cache
def _list_items() -> PhraseBook:
    return PhraseBook({"items": load("references")["list_items"]})


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(r"\W*(?:" + "|".join(map(pattern, load("references")["opening"])) + ")", re.I)


@cache
def _demonstrative() -> re.Pattern[str]:
    """A demonstrative, one or two adjectives, and a plural."""
    pointing, ends = ("|".join(load("references")[key]) for key in ("demonstrative", "ends"))
    word = rf"(?!(?:{ends})\b)[a-z][\w-]*"
    return re.compile(rf"\b({pointing}) ((?:{word}(?<![^us]s) ){{1,{MAX_ADJECTIVES}}}?{word}(?<!s)s)\b", re.I)


@cache
def _general() -> frozenset[str]:
    return frozenset(load("references")["general"])
