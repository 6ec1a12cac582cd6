"""The pieces of a page on their way to blocks, and the words of an element that is one piece, such as a cell."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from labelpipe.readers.printed import Row
from labelpipe.readers.words import BREAK, LEVEL, LOWERED, RAISED

OPEN, CLOSE, SCOPE, END = "open", "close", "scope", "end"
"""Marks between the pieces: a section with a code opens and closes; a panel, beyond which its headings do not reach."""

MARKS = frozenset((OPEN, CLOSE, SCOPE, END))

HEADINGS = {f"h{level}": float(level) for level in range(1, 7)}
SILENT = frozenset(("script", "style"))
"""Elements whose words are not text."""

BLOCKS = frozenset(
    (
        *(
            "p",
            "div",
            "section",
            "article",
            "main",
            "header",
            "footer",
            "nav",
            "aside",
            "ul",
            "ol",
            "menu",
            "dir",
            "li",
        ),
        *(
            "dl",
            "dt",
            "dd",
            "table",
            "caption",
            "thead",
            "tbody",
            "tfoot",
            "tr",
            "td",
            "th",
            "hgroup",
            "pre",
            "address",
        ),
        *("blockquote", "center", "figure", "figcaption", "fieldset", "legend", "form", "hr", "details", "summary"),
        *("body", "search", "dialog", *HEADINGS),
    )
)
"""Elements that end a line before and after them."""

Found = list[etree._Element]


@dataclass(slots=True)
class TableParts:
    """A table as printed. `notes`: the footnotes below it, by mark."""

    rows: list[Row]
    caption: str | None
    notes: dict[str, str]


@dataclass(slots=True)
class Piece:
    """A block to be, or a mark (then `words` is a section's code or a panel's id).

    `level` is a heading's, 0 for a control of a panel, which `panel` names. `candidate`: it stands where a question
    may; `question`: the page says it is one.
    """

    kind: str
    words: str
    locator: str
    element: etree._Element
    level: float = 0.0
    field: str | None = None
    panel: str | None = None
    candidate: bool = False
    question: bool = False
    table: TableParts | None = None


@dataclass(slots=True)
class Aside:
    """What stands in an element but is none of its words: images and nested tables."""

    images: Found = field(default_factory=list)
    tables: Found = field(default_factory=list)


def gather(element: etree._Element, aside: Aside | None, raised: frozenset[str], lowered: frozenset[str]) -> list[str]:
    """Return the words of an element as parts for `words.words_of`; blocks within it are lines.

    `aside` takes the nested tables and images (None: the tables are lines too). `raised` and `lowered` are the classes
    that mean sup and sub.
    """
    parts = [element.text] if element.text else []
    outer: list[tuple[Iterator[etree._Element], etree._Element, str]] = []
    siblings: Iterator[etree._Element] = iter(element)
    while True:
        for inner in siblings:
            closing = _open(inner, parts, aside, raised, lowered)
            if closing is not None:
                if text := inner.text:
                    parts.append(text)
                if len(inner):
                    outer.append((siblings, inner, closing))
                    siblings = iter(inner)
                    break
                parts.append(closing)
            if tail := inner.tail:
                parts.append(tail)
        else:
            if not outer:
                return parts
            siblings, inner, closing = outer.pop()
            parts.append(closing)
            if tail := inner.tail:
                parts.append(tail)


def _open(
    inner: etree._Element, parts: list[str], aside: Aside | None, raised: frozenset[str], lowered: frozenset[str]
) -> str | None:
    """Note what an element is, and return what stands behind its words; None where they are not those of the whole."""
    tag = inner.tag
    if tag == "br":
        parts.append(BREAK)
        return ""
    if tag in BLOCKS:
        parts.append(BREAK)
        if tag == "table" and aside is not None:
            aside.tables.append(inner)
            return None
        return BREAK
    if tag == "img" and aside is not None:
        aside.images.append(inner)
    if tag in SILENT:
        return None
    if script := script_of(inner, raised, lowered):
        parts.append(script)
        return LEVEL
    return ""


def script_of(element: etree._Element, raised: frozenset[str], lowered: frozenset[str]) -> str | None:
    """Return RAISED or LOWERED where the element is a superscript or a subscript."""
    if element.tag == "sup":
        return RAISED
    if element.tag == "sub":
        return LOWERED
    names = element.get("class")
    if not names or element.tag in BLOCKS:
        return None
    folded = names.casefold().split()
    if not raised.isdisjoint(folded):
        return RAISED
    return LOWERED if not lowered.isdisjoint(folded) else None
