"""Where on the page the walk is, and the judgements about an element that need a look into it."""

from collections.abc import Iterator
from itertools import islice
from typing import cast

from lxml import etree

from labelpipe.readers.html_traits import Traits, names

MAX_FURNITURE_PARAGRAPHS = 12
"""What holds more paragraphs is the page, whatever its class is called."""

MIN_HIDDEN_CHARACTERS = 80
"""What is hidden and says more than this is content to be unfolded; less is a spinner or a message."""

MAX_LEAD_CHARACTERS = 60

_PAGE = frozenset(("html", "body", "main", "article"))


NOISE, EXCERPT, FAQ, QUESTION, CONTENT, CALLOUT = 1, 2, 4, 8, 16, 32
"""What an element can stand in, as bits: it holds for everything inside."""


class Frame:
    """An element that the walk is in.

    `kind`: of the words in it. `within`: what it stands in (bits). `soft`: blocks in it are lines of one piece.
    `level`: a heading's. `asks`, `asks_maybe`: its words are a question, or may be. `panel`: the id that its control
    shows; `panel_id`: its own, as a panel. `closing`: the mark to leave behind it.
    """

    level: float = 0.0
    is_control: bool = False
    asks: bool = False
    asks_maybe: bool = False
    is_footnotes: bool = False
    panel: str | None = None
    panel_id: str | None = None
    closing: str | None = None

    def __init__(self, element: etree._Element, kind: str, locator: tuple[str, int], soft: bool, within: int) -> None:
        self.element, self.kind, self.place, self.soft, self.within = element, kind, locator, soft, within

    @property
    def locator(self) -> str:
        """Where it is on the page, as an XPath."""
        return f"(//{self.place[0]})[{self.place[1]}]"

    @property
    def inner_kind(self) -> str:
        """What a block within it is, that says nothing itself."""
        return "paragraph" if self.kind in ("heading", "list_item", "caption") else self.kind

    def kind_of(self, words: str) -> str:
        """Return what words that stand directly in it are."""
        if not self.within:
            return self.kind
        if self.within & NOISE:
            return "noise"
        if self.within & EXCERPT:
            return "highlight"
        if self.level and self.within & CALLOUT and is_lead(words):
            return "callout"
        return self.kind


def apply_kind(frame: Frame, traits: Traits) -> None:
    """Give a frame the kind that its element's attributes say."""
    if traits.footnote:
        frame.kind = "footnote"
    elif traits.caption and frame.kind == "paragraph":
        frame.kind, frame.soft = "caption", True
    elif traits.role == "heading" and not frame.level:
        frame.kind, frame.level, frame.soft = "heading", float(traits.level or 2), True
    if traits.faq or traits.asks:
        frame.within |= FAQ | QUESTION if traits.asks else FAQ
    if traits.question and frame.within & (FAQ | QUESTION):
        frame.asks = frame.soft = True


def words_within(element: etree._Element, most: int | None = None) -> str:
    """Return the text of an element, or of its first few text nodes."""
    return "".join(cast("Iterator[str]", islice(element.itertext(), most)))


def is_lead(words: str) -> bool:
    """Whether the words only say that something is called out, such as `Important:`."""
    return words.strip(" :.!").casefold() in names("callout_leads")


def is_furniture(element: etree._Element, traits: Traits) -> bool:
    """Whether an element is an icon, or furniture by its name or role that holds nothing of the page itself."""
    if element.tag in _PAGE:
        return False
    if traits.icon and not any(map(str.isalnum, words_within(element))):
        return True
    if not traits.noise:
        return False
    found = [inner.tag for inner in islice(element.iter("main", "article", "h1", "p"), MAX_FURNITURE_PARAGRAPHS + 1)]
    return len(found) <= MAX_FURNITURE_PARAGRAPHS and found.count("p") == len(found)


def stays_hidden(element: etree._Element, traits: Traits) -> bool:
    """Whether a hidden element is nothing that anybody would unfold: no panel, and little to say."""
    if not traits.hidden or traits.panel or element.tag in ("html", "body"):
        return False
    length = 0
    for words in element.itertext():
        length += len(words.strip())
        if length >= MIN_HIDDEN_CHARACTERS:
            return False
    return True


def is_callout(element: etree._Element, traits: Traits | None) -> bool:
    """Whether a box calls out something: its class or role says so, or its first words do."""
    if next(element.iter("h1", "h2", "h3", "table", "dl"), None) is not None:
        return False
    if traits is not None and traits.callout:
        return True
    start = " ".join(words_within(element, 5).split())[:MAX_LEAD_CHARACTERS].casefold()
    return ":" in start and is_lead(start.partition(":")[0])
