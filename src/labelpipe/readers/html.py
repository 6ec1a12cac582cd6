"""HTML pages to blocks, sections, tables, questions and header fields. The whole cascade, one step after the other."""

from typing import cast

from lxml import etree

from labelpipe.errors import EmptySource
from labelpipe.model import Finding, Reading, Source
from labelpipe.readers.encoding import repair_mojibake
from labelpipe.readers.flow import Flow
from labelpipe.readers.html_acts import ACTS, inline
from labelpipe.readers.html_faq import mark_faqs
from labelpipe.readers.html_header import mark_fields, stated_columns
from labelpipe.readers.html_jsonld import stated_pairs
from labelpipe.readers.html_markup import parse_page
from labelpipe.readers.html_noise import Hints
from labelpipe.readers.html_outline import Outline
from labelpipe.readers.html_pieces import Piece
from labelpipe.readers.html_product_places import cite
from labelpipe.readers.html_products import read_products
from labelpipe.readers.html_walk import HtmlWalk
from labelpipe.readers.language import language_of

_TARGETS = etree.XPath(
    "//@aria-controls | //@data-target | //@data-bs-target | //a/@href[starts-with(., '#')]", smart_strings=False
)
_IDS = etree.XPath("//@id", smart_strings=False)


def read_html(source: Source) -> Reading:
    """Read a page: every non-space character of its text ends up in exactly one block; scripts and styles are no text.

    Raises:
        MalformedSource: it is larger or nested deeper than any page for people.
        EmptySource: there are no words on it.
        UndecodableText: the bytes fit no encoding that was declared or tried.
    """
    root, folded, findings = parse_page(source.data)
    hints = Hints(folded)
    walk = HtmlWalk(root, _controlled(root) if hints.controls else frozenset(), hints.codes)
    pieces = walk.run(ACTS, inline)
    pieces = mark_fields(pieces, has_lists="dt" in walk.counts)
    pieces = mark_faqs(pieces, walk.asking, stated_pairs(root) if hints.json_ld else [])
    if hints.mojibake:
        findings += _repair(pieces)
    flow = Flow()
    Outline(flow, hints).add_all(pieces)
    if not flow.blocks:
        raise EmptySource("the page holds no words; was it fetched before its scripts had filled it?")
    flow.findings += findings
    products, ingredients, about = read_products(root) if hints.codes else ((), (), {})
    products, ingredients = cite(flow.blocks, products, ingredients)
    stated = {**about, **stated_columns(root)}
    return flow.reading("html", _language(root, flow), stated=stated, products=products, ingredients=ingredients)


def _controlled(root: etree._Element) -> frozenset[str]:
    """Return the ids on the page that some control names."""
    named: set[str] = set()
    for target in cast(list[str], _TARGETS(root)):
        named.update(target.removeprefix("#").split())
    return frozenset(named.intersection(cast(list[str], _IDS(root))))


def _repair(pieces: list[Piece]) -> tuple[Finding, ...]:
    """Repair pieces in which UTF-8 was read as another encoding, and say so."""
    findings: list[Finding] = []
    for piece in pieces:
        if piece.words and not piece.words.isascii():
            fixed, found = repair_mojibake(piece.words)
            if found:
                message = f"{piece.locator}: mojibake was repaired; the text differs from the file's bytes"
                findings.append(Finding("encoding_repaired", "warning", message, evidence=piece.words[:200]))
                piece.words = fixed
    return tuple(findings)


def _language(root: etree._Element, flow: Flow) -> str | None:
    """Return the language that the page declares, else what its first paragraphs are in."""
    declared = (root.get("lang") or "").strip()
    if len(declared) >= 2 and declared[:2].isalpha():
        return declared[:2].lower()
    return language_of(flow.blocks)
