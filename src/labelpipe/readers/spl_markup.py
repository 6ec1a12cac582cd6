"""The elements of SPL markup, and what a table's cell says of itself."""

from lxml import etree

HL7 = "{urn:hl7-org:v3}"
"""The namespace of every SPL element."""

TEXT, ITEM, CELL = 0, 1, 2
"""Where words are gathered: paragraphs are blocks in text, lines in items and cells; lists are lines in cells."""

_PLAIN = frozenset(HL7 + tag for tag in ("paragraph", "content", "linkHtml"))


def first_child(element: etree._Element, tag: str) -> etree._Element | None:
    """Return the first child with the tag (find() would do, at four times the time)."""
    return next(element.iterchildren(HL7 + tag), None)


def plain_words(cell: etree._Element) -> str | None:
    """Return the words of a cell that holds nothing, or one paragraph or content, but text; None for all others."""
    inside = len(cell)
    if not inside:
        words = cell.text
        return " ".join(words.split()) if words else ""
    if inside > 1:
        return None
    inner = cell[0]
    if len(inner) or inner.tag not in _PLAIN:
        return None
    gap = " " if inner.tag == HL7 + "paragraph" else ""
    return " ".join(f"{cell.text or ''}{gap}{inner.text or ''}{gap}{inner.tail or ''}".split())


def span_of(value: str | None) -> int:
    """Return a span attribute as the HTML standard reads it: 1 where it is no number."""
    if value is None:
        return 1
    value = value.strip()
    return min(int(value), 100_000) if value.isascii() and value.isdecimal() and len(value) < 10 else 1


def is_strong(cell: etree._Element) -> bool:
    """Whether everything in the cell stands in one bold element."""
    inner = cell
    while len(inner) == 1 and not (inner.text or "").strip() and not (inner[0].tail or "").strip():
        inner = inner[0]
        if "bold" in inner.get("styleCode", "").lower():
            return True
    return False
