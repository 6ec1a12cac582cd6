"""A page's tree to pieces, in document order. What each element does stands in `html_acts`."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from lxml import etree

from labelpipe.readers.html_context import (
    CALLOUT,
    EXCERPT,
    FAQ,
    NOISE,
    Frame,
    apply_kind,
    is_callout,
    is_furniture,
    is_lead,
    stays_hidden,
)
from labelpipe.readers.html_pieces import BLOCKS, CLOSE, END, HEADINGS, OPEN, SCOPE, Piece, gather
from labelpipe.readers.html_traits import TraitReader, Traits, names
from labelpipe.readers.questions import is_question
from labelpipe.readers.words import GAP, LEVEL, LOWERED, RAISED, words_of

Element: TypeAlias = etree._Element
Act: TypeAlias = "Callable[[HtmlWalk, Element, Traits | None], bool]"
"""What an element does. True: its words are taken, do not look into it."""

LEAVES = frozenset(("p", "li", "div", "td", *HEADINGS))
"""Elements that most of a page's words stand in: without elements in them they are a piece each."""

_SCRIPTS = ("sup", "sub")


class HtmlWalk:
    """Walks one page; `pieces` are its blocks to be and the marks between them, `asking` those that may be questions.

    `controlled`: the ids on the page that a control names. `is_coded`: the page states codes of sections.
    """

    def __init__(self, root: Element, controlled: frozenset[str], is_coded: bool) -> None:
        self.pieces: list[Piece] = []
        self.asking: list[Piece] = []
        self.parts: list[str] = []
        self.controlled = controlled
        self.seen: set[str] = set()
        self.has_marker = False
        self.counts: defaultdict[str, int] = defaultdict(int)
        self.raised, self.lowered = names("raised_names"), names("lowered_names")
        self.frame = Frame(root, "paragraph", ("html", 1), False, 0)
        self._frames: list[Frame] = [self.frame]
        self._root = root
        self._outer: list[tuple[Iterator[Element], Element]] = []
        self._traits = TraitReader(controlled)
        self._is_coded = is_coded
        self._aside: list[tuple[str, str, Element]] = []
        self._waiting: dict[str, Piece] = {}

    def run(self, acts: Mapping[str, Act], inline: Act) -> list[Piece]:
        """Return the pieces of the page. `acts`: what elements do, by tag; `inline`: the others, with traits."""
        counts, read, outer = self.counts, self._traits.read, self._outer
        siblings: Iterator[Element] = iter((self._root,))
        while True:
            for element in siblings:
                tag = element.tag
                counts[tag] += 1
                attributes: Sequence[tuple[str, str]] = element.items()  # type: ignore[assignment]
                traits = read(attributes) if attributes else None
                if traits is None and tag in LEAVES and not len(element) and (tag == "li" or not self.frame.soft):
                    self._leaf(element, tag)
                elif self._goes_in(element, traits, acts.get(tag, inline if traits else None)):
                    outer.append((siblings, element))
                    siblings = iter(element)
                    break
            else:
                if not outer:
                    break
                siblings, element = outer.pop()
                self._close(element, element.tag)
                self._behind(element)
        self.flush()
        return [*self.pieces, *self._waiting.values()]

    def _goes_in(self, element: Element, traits: Traits | None, act: "Act | None") -> bool:
        """Let an element do what it does, and say whether the elements in it are to be visited."""
        if act is None or not act(self, element, traits):
            if text := element.text:
                self.parts.append(text)
            if len(element):
                return True
            self._close(element, element.tag)
        self._behind(element)
        return False

    def _behind(self, element: Element) -> None:
        """Gather the words behind an element."""
        if (tail := element.tail) and (self.parts or not tail.isspace()):
            self.parts.append(tail)

    def _leaf(self, element: Element, tag: str) -> None:
        """Make a piece of an element without elements in it."""
        frame = self.frame
        if tag == "li" and frame.soft and frame.kind == "heading":
            self.harden()
        if self.parts or self._aside:
            self.flush()
        if (text := element.text) and (words := " ".join(text.split())):
            kind = "list_item" if tag == "li" else frame.inner_kind
            if within := frame.within:
                kind = "noise" if within & NOISE else "highlight" if within & EXCERPT else kind
            piece = Piece(kind, words, f"(//{tag})[{self.counts[tag]}]", element)
            self.pieces.append(piece)
            if tag in HEADINGS:
                self._head(piece, HEADINGS[tag])
        if (tail := element.tail) and not tail.isspace():
            self.parts.append(tail)

    def _head(self, piece: Piece, level: float) -> None:
        """Make a heading of a piece, unless it stands in furniture, an excerpt or a callout."""
        within = self.frame.within
        if within & (NOISE | EXCERPT):
            return
        if (within & CALLOUT or self.frame.kind == "callout") and is_lead(piece.words):
            piece.kind = "callout"
            return
        piece.kind, piece.level, piece.candidate = "heading", level, True
        piece.question = bool(within & FAQ) and is_question(piece.words)
        self.asking.append(piece)

    def _close(self, element: Element, tag: str) -> None:
        if element is self.frame.element:
            self.leave()
        elif tag in _SCRIPTS:
            self.parts.append(LEVEL)
        elif tag in BLOCKS and self.parts:
            if (self.frame.soft and tag not in ("ul", "ol")) or tag == "dt":
                self.parts.append(GAP)
            else:
                self.flush()

    # What is gathered becomes a piece.

    def flush(self) -> None:
        """Make a piece of the words gathered so far; the images and the furniture that stood in them follow it."""
        parts = self.parts
        if parts:
            if RAISED in parts or LOWERED in parts:
                parts.append(LEVEL)  # a block within a script ends it
            words = words_of(parts)
            parts.clear()
            if words:
                self._add(words)
        if self._aside:
            self._add_aside()

    def _add(self, words: str) -> None:
        frame = self.frame
        piece = Piece(frame.kind_of(words), words, frame.locator, frame.element, frame.level)
        if frame.is_control or frame.level or frame.asks or frame.asks_maybe:
            piece.candidate, piece.panel = True, frame.panel
            piece.question = frame.asks or (bool(frame.within & FAQ) and is_question(words))
            self.asking.append(piece)
            panel = frame.panel
            waits = panel in self.controlled and panel not in self.seen and panel not in self._waiting
            if panel and piece.kind == "heading" and waits:
                self._waiting[panel] = piece
                return
        self.pieces.append(piece)

    def _add_aside(self) -> None:
        for kind, locator, element in self._aside:
            if kind == "noise":
                words = words_of(self.gathered(element))
            else:
                words = words_of([element.get("src") or ""])
                if self.frame.within & NOISE or words.startswith("data:"):
                    continue
            if words:
                self.pieces.append(Piece(kind, words, locator, element))
        self._aside.clear()

    def set_aside(self, kind: str, element: Element) -> None:
        """Keep furniture or an image for after the words around it."""
        self._aside.append((kind, self.locator(element), element))

    def gathered(self, element: Element) -> list[str]:
        """Return the words of an element as parts, and count the elements in it, which the walk does not visit."""
        self.count_within(element)
        return gather(element, None, self.raised, self.lowered)

    def locator(self, element: Element) -> str:
        """Return the XPath of the element that the walk is at."""
        return f"(//{element.tag})[{self.counts[element.tag]}]"

    def count_within(self, element: Element) -> None:
        """Count the elements that the walk passes over."""
        if len(element):
            for inner in element.iterdescendants():
                self.counts[inner.tag] += 1

    # What opens and closes.

    def enter(self, element: Element, kind: str | None, soft: bool, traits: Traits | None) -> Frame:
        """Open a frame: words within it are of `kind` (None: of the kind around it); `soft`: blocks in it are lines."""
        if self.parts or self._aside:
            self.flush()
        outer = self.frame
        within = outer.within | CALLOUT if outer.kind == "callout" else outer.within
        tag = element.tag
        frame = Frame(element, kind or outer.inner_kind, (tag, self.counts[tag]), soft, within)
        if traits is not None:
            self._apply(frame, traits)
        self._frames.append(frame)
        self.frame = frame
        return frame

    def leave(self) -> None:
        """Close the innermost frame."""
        if self.parts or self._aside:
            self.flush()
        frame = self._frames.pop()
        self.frame = self._frames[-1] if self._frames else frame
        if frame.closing:
            self.pieces.append(Piece(frame.closing, frame.panel_id or "", frame.locator, frame.element))

    def harden(self) -> None:
        """A heading or an item that was never closed, or holds a whole part of the page: what follows is its text."""
        self.flush()
        frame = self.frame
        frame.soft, frame.kind, frame.level, frame.is_control, frame.asks = False, "paragraph", 0.0, False, False

    def open_panel(self, panel: str | None, frame: Frame) -> None:
        """Mark the start of what a control shows; the control is told here, wherever it stands."""
        if panel:
            self.seen.add(panel)
            if waiting := self._waiting.pop(panel, None):
                self.pieces.append(waiting)
        frame.closing, frame.panel_id = END, panel
        self.pieces.append(Piece(SCOPE, "", frame.locator, frame.element))

    def _enter_region(self, frame: Frame, region: str) -> None:
        """The label's excerpts, its contents, or what the page says about it, on a page that states codes."""
        if region == "about":
            frame.kind = "field_value"
        else:
            frame.within |= EXCERPT if region == "highlight" else NOISE

    def _apply(self, frame: Frame, traits: Traits) -> None:
        """Give a frame what its element's attributes say."""
        element = frame.element
        code = traits.code or (traits.coded_class if self._is_coded and not frame.within & EXCERPT else None)
        if code:
            frame.closing = CLOSE
            self.pieces.append(Piece(OPEN, code, frame.locator, element))
        elif traits.id:
            self.open_panel(traits.id, frame)
        elif traits.region and self._is_coded:
            self._enter_region(frame, traits.region)
        elif traits.callout and element.tag not in ("body", "section", "article") and is_callout(element, traits):
            frame.kind = "callout"
        if not frame.within & NOISE and (is_furniture(element, traits) or stays_hidden(element, traits)):
            frame.within |= NOISE
        apply_kind(frame, traits)
