"""The elements of SPL markup, and what a table's cell says of itself."""

from collections.abc import Callable

from lxml import etree

HL7 = "{urn:hl7-org:v3}"
"""The namespace of every SPL element."""

TEXT, ITEM, CELL = 0, 1, 2
"""Where words are gathered: paragraphs are blocks in text, lines in items and cells; lists are lines in cells."""

STRONG_SHARE = 0.6
"""A cell with a larger part of its letters in bold is a bold one; what is added in parentheses often is not."""

_PLAIN = frozenset(HL7 + tag for tag in ("paragraph", "content", "linkHtml"))


def first_child(element: etree._Element, tag: str) -> etree._Element | None:
    """Return the first child with the tag (find() would do, at four times the time)."""
    return next(element.iterchildren(HL7 + tag), None)


def plain_words(cell: etree._Element) -> str | None:
    """Return the words of a cell that holds nothing, or one paragraph or content, but text; None for all others."""
    inside = len(cell)
    words = cell.text
    if not inside:
        return " ".join(words.split()) if words else ""
    if inside > 1:
        return None
    inner = cell[0]
    if len(inner) or inner.tag not in _PLAIN:
        return None
    own, tail = inner.text, inner.tail
    if (words and not words.isspace()) or (tail and not tail.isspace()):
        gap = " " if inner.tag == HL7 + "paragraph" else ""
        own = f"{words or ''}{gap}{own or ''}{gap}{tail or ''}"
    return " ".join(own.split()) if own else ""


def span_of(value: str | None) -> int:
    """Return a span attribute as the HTML standard reads it: 1 where it is no number."""
    if value is None:
        return 1
    value = value.strip()
    return min(int(value), 100_000) if value.isascii() and value.isdecimal() and len(value) < 10 else 1


def mostly_strong(cell: etree._Element, says_so: Callable[[etree._Element], bool]) -> bool:
    """Whether most letters of a cell stand in elements that say they are strong."""
    if not any(says_so(inner) for inner in cell.iter("*")):
        return False
    strong, others = _letters(cell, says_so, False)
    return strong > STRONG_SHARE * (strong + others)


def _letters(element: etree._Element, says_so: Callable[[etree._Element], bool], is_in: bool) -> tuple[int, int]:
    """Count the letters in strong elements, and the others."""
    is_in = is_in or says_so(element)
    counts = [0, 0]
    counts[not is_in] += _n_letters(element.text)
    for inner in element.iterchildren("*"):
        for number, count in enumerate(_letters(inner, says_so, is_in)):
            counts[number] += count
        counts[not is_in] += _n_letters(inner.tail)
    return counts[0], counts[1]


def _n_letters(text: str | None) -> int:
    return sum(map(str.isalpha, text)) if text and not text.isspace() else 0


def is_strong(cell: etree._Element) -> bool:
    """Whether most of the cell's letters are bold."""
    return len(cell) > 0 and mostly_strong(cell, lambda inner: "bold" in inner.get("styleCode", "").lower())
