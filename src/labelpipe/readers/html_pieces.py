"""The pieces of a page on their way to blocks, and the words of an element that is one piece, such as a table's cell."""

from dataclasses import dataclass, field

from lxml import etree

from labelpipe.readers.flow import BREAK, LEVEL, LOWERED, RAISED
from labelpipe.readers.grid import Row

OPEN, CLOSE, SCOPE, END = "open", "close", "scope", "end"
"""Marks between the pieces: a section with a code opens and closes; a panel, beyond which its headings do not reach."""

MARKS = frozenset((OPEN, CLOSE, SCOPE, END))

HEADINGS = {f"h{level}": float(level) for level in range(1, 7)}
SILENT = frozenset(("script", "style"))
"""Elements whose words are not text."""

BLOCKS = frozenset(
    "p div section article main header footer nav aside ul ol menu dir li dl dt dd table caption thead tbody tfoot tr td th "
    "h1 h2 h3 h4 h5 h6 hgroup pre address blockquote center figure figcaption fieldset legend form hr details summary "
    "body search dialog".split()
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


def gather(element: etree._Element, aside: Aside, raised: frozenset[str], lowered: frozenset[str]) -> list[str]:
    """Return the words of an element as parts for `flow.words_of`; blocks within it are lines.

    `raised` and `lowered` are the classes that mean sup and sub.
    """
    parts = [element.text] if element.text else []
    if not len(element):
        return parts
    walk = etree.iterwalk(element, events=("start", "end"))
    levels: list[etree._Element] = []
    for event, inner in walk:
        if inner is element:
            continue
        if event == "start":
            if not _enters(inner, parts, aside):
                walk.skip_subtree()
                continue
            if script := script_of(inner, raised, lowered):
                parts.append(script)
                levels.append(inner)
            if inner.text:
                parts.append(inner.text)
            continue
        if levels and levels[-1] is inner:
            levels.pop()
            parts.append(LEVEL)
        elif inner.tag in BLOCKS:
            parts.append(BREAK)
        if inner.tail:
            parts.append(inner.tail)
    return parts


def _enters(inner: etree._Element, parts: list[str], aside: Aside) -> bool:
    """Note what the element is; False where its words are not those of the whole."""
    tag = inner.tag
    if tag in BLOCKS or tag == "br":
        parts.append(BREAK)
        if tag == "table":
            aside.tables.append(inner)
            return False
    elif tag == "img":
        aside.images.append(inner)
    return tag not in SILENT


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
