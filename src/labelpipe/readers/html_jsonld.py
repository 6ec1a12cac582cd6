"""Questions and answers that a page states in JSON-LD (schema.org FAQPage)."""

import json
from collections.abc import Iterator
from typing import Any

from lxml import etree

from labelpipe.readers.html_pieces import gather
from labelpipe.readers.html_traits import names
from labelpipe.readers.words import words_of

MAX_QUESTIONS = 1000


def stated_pairs(root: etree._Element) -> list[tuple[str, str, str]]:
    """Return (question, answer, locator) for each pair that the page's scripts state."""
    pairs: list[tuple[str, str, str]] = []
    for number, script in enumerate(root.iter("script"), 1):
        if "ld+json" in (script.get("type") or "").casefold():
            pairs += [(*pair, f"(//script)[{number}]") for pair in _pairs(script.text or "")]
    return pairs[:MAX_QUESTIONS]


def _pairs(source: str) -> list[tuple[str, str]]:
    try:
        return list(_questions(json.loads(source.strip().rstrip(";"), strict=False)))
    except (ValueError, RecursionError):
        return []


def _questions(node: Any) -> Iterator[tuple[str, str]]:
    """Yield the questions of a node and of what stands in it."""
    if isinstance(node, list):
        for inner in node:
            yield from _questions(inner)
    elif isinstance(node, dict):
        if "Question" in _several(node.get("@type")):
            question = _words(node.get("name") or node.get("text"))
            answer = " ".join(filter(None, map(_answer, _several(node.get("acceptedAnswer")))))
            if question and answer:
                yield question, answer
        for key in ("@graph", "mainEntity", "hasPart", "itemListElement"):
            yield from _questions(node.get(key))


def _answer(node: Any) -> str:
    return _words(node.get("text") if isinstance(node, dict) else node)


def _several(node: Any) -> list[Any]:
    return node if isinstance(node, list) else [node]


def _words(value: Any) -> str:
    """Return the words of a value that may hold HTML."""
    if not isinstance(value, str) or not value.strip():
        return ""
    if "<" not in value and "&" not in value:
        return " ".join(value.split())
    parser = etree.HTMLParser(remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(f"<div>{value}</div>", parser)
    except (etree.XMLSyntaxError, ValueError):
        return " ".join(value.split())
    parts = gather(root, None, names("raised_names"), names("lowered_names")) if root is not None else []
    return words_of(parts)
