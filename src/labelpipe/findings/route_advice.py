"""Advice that only a product of another route can be used by: a tablet swallowed on an injection's page."""

import re
from collections.abc import Iterator
from functools import cache

from labelpipe.findings.severity import severity_of
from labelpipe.model import Block, Document, Facts, Finding
from labelpipe.vocabulary import load, pattern
from labelpipe.vocabulary.phrases import PhraseBook
from labelpipe.vocabulary.routes import foreign_routes

_SENTENCE = re.compile(r"\S.*?(?:[.!?](?=\s+[A-Z\"'(])|$)", re.S)
_SPEAKING = ("paragraph", "list_item", "callout", "faq_answer")
_KINDRED = (
    ("ORAL", "SUBLINGUAL", "BUCCAL", "DENTAL", "ENTERAL", "NASOGASTRIC", "OROPHARYNGEAL"),
    ("SUBCUTANEOUS", "INTRAMUSCULAR", "INTRADERMAL", "PARENTERAL", "INTRAVENOUS"),
    ("TRANSDERMAL", "TOPICAL", "CUTANEOUS", "PERCUTANEOUS"),
    ("OPHTHALMIC", "INTRAOCULAR", "CONJUNCTIVAL"),
)
"""Routes whose products are handled alike: advice for one of them is none against the other."""


def route_advice(document: Document, blocks: tuple[Block, ...], facts: Facts) -> Iterator[Finding]:
    """Yield sentences that begin with such advice. A regulator's label may pack several products; it is left alone."""
    own = sorted({product.known_route for product in facts.products if product.known_route})
    if not own or document.source_tier == "regulator":
        return
    for block in blocks:
        if block.kind in _SPEAKING and foreign_routes(_anywhere().keys_in(block.text), own):
            for sentence in _SENTENCE.finditer(block.text):
                for route in foreign_routes(_advised(sentence[0]), own):
                    if not any(_akin(route, mine) for mine in own):
                        yield _finding(block, sentence, route, own)


def _advised(sentence: str) -> list[str]:
    return [route for route, begins in _advice().items() if begins.match(sentence)]


def _akin(one: str, other: str) -> bool:
    return any(one in kin and any(name in other for name in kin) for kin in _KINDRED)


def _finding(block: Block, sentence: re.Match[str], route: str, own: list[str]) -> Finding:
    rule = "route_advice"
    told = f"{block.locator}: advice for {route} use; the page's products are {', '.join(own)}"
    start, end = block.char_start + sentence.start(), block.char_start + sentence.end()
    return Finding(rule, severity_of(rule), told, block.block_no, start, end, route)


@cache
def _anywhere() -> PhraseBook:
    """The same words, wherever they stand: most blocks have none, and are not cut into sentences."""
    return PhraseBook(load("contradictions")["advice"])


@cache
def _advice() -> dict[str, re.Pattern[str]]:
    advice = load("contradictions")["advice"]
    return {route: re.compile("|".join(map(pattern, words)), re.I) for route, words in advice.items()}
