"""Lists: items, terms with their definitions, footnotes with their marks."""

import re

from labelpipe.readers.html_traits import Traits
from labelpipe.readers.html_walk import Element, HtmlWalk
from labelpipe.readers.words import GAP

_MARKER = re.compile(r"\s*(?:[^\w\s]{1,3}|\W?\w{1,2}[\W_]{1,2})\s*")
"""A bullet or a number that stands in the place of a term: `•`, `[1]`, `a)`."""


def item(walk: HtmlWalk, element: Element, traits: Traits | None) -> bool:
    """An item of a list: its own words are one piece."""
    if walk.frame.soft and walk.frame.kind in ("heading", "caption"):
        walk.harden()
    walk.enter(element, "list_item", True, traits)
    return False


def listing(walk: HtmlWalk, element: Element, traits: Traits | None) -> bool:
    """A list."""
    if walk.frame.soft and walk.frame.kind in ("heading", "caption"):
        walk.harden()
    if traits is None:
        walk.flush()
    else:
        walk.enter(element, None, False, traits)
    return False


def definitions(walk: HtmlWalk, element: Element, traits: Traits | None) -> bool:
    """A list of terms and definitions, or of footnotes and their marks."""
    if walk.frame.soft and walk.frame.kind in ("heading", "caption"):
        walk.harden()
    walk.enter(element, None, False, traits)
    walk.frame.is_footnotes = bool(traits and traits.footnote)
    return False


def term(walk: HtmlWalk, element: Element, traits: Traits | None) -> bool:
    """A term, a label, a question; the mark of a footnote begins a footnote."""
    if walk.frame.is_footnotes:
        walk.flush()
        return False
    if traits is None and not len(element) and _MARKER.fullmatch(element.text or ""):
        walk.flush()
        walk.has_marker = True
        return False
    frame = walk.enter(element, "list_item", True, traits)
    frame.asks_maybe = True
    if traits is not None and traits.control:
        frame.is_control, frame.panel, frame.kind = True, traits.target, "heading"
    return False


def definition(walk: HtmlWalk, element: Element, traits: Traits | None) -> bool:
    """A definition, a value, an answer; a mark that stood in the term's place begins it, as it does a footnote."""
    if walk.frame.is_footnotes:
        walk.parts.append(GAP)
        return False
    marker = walk.parts.copy() if walk.has_marker else []
    if marker:
        walk.has_marker = False
        walk.parts.clear()
    walk.enter(element, "list_item", True, traits)
    walk.parts += [*marker, GAP] if marker else ()
    return False
