"""A page's tree to pieces, in document order: what stands in which element, and what that makes it."""

from collections import defaultdict
from collections.abc import Callable

from lxml import etree

from labelpipe.readers.flow import GAP, LEVEL, LOWERED, RAISED, BREAK, words_of
from labelpipe.readers.html_context import Frame, is_callout, is_furniture, stays_hidden
from labelpipe.readers.html_pieces import (
    BLOCKS,
    CLOSE,
    END,
    HEADINGS,
    OPEN,
    SCOPE,
    SILENT,
    Aside,
    Piece,
    gather,
)
from labelpipe.readers.html_tables import is_layout, read_table
from labelpipe.readers.html_traits import TraitReader, Traits, names

Element = etree._Element


class HtmlWalk:
    """Walks one page. `pieces` are its blocks to be and the marks between them; `scripts` its JSON-LD."""

    def __init__(self, root: Element, controlled: frozenset[str], is_coded: bool) -> None:
        self.pieces: list[Piece] = []
        self.scripts: list[Element] = []
        self._root = root
        self._traits = TraitReader(controlled)
        self._controlled = controlled
        self._is_coded = is_coded
        self._parts: list[str] = []
        self._frames = [Frame(root, "paragraph", "(//html)[1]")]
        self._frame = self._frames[0]
        self._counts: defaultdict[str, int] = defaultdict(int)
        self._aside: list[tuple[str, str, Element]] = []
        self._waiting: dict[str, Piece] = {}
        self._seen: set[str] = set()
        self._raised, self._lowered = names("raised_names"), names("lowered_names")

    def run(self) -> list[Piece]:
        """Return the pieces of the page."""
        walk = etree.iterwalk(self._root, events=("start", "end"))
        counts, parts, read = self._counts, self._parts, self._traits.read
        for event, element in walk:
            tag = element.tag
            if event == "start":
                counts[tag] += 1
                attributes = element.items()
                traits = read(attributes) if attributes else None
                act = _ACTS.get(tag)
                if (act is not None and act(self, element, traits)) or (
                    act is None and traits is not None and self._inline(element, traits)
                ):
                    if len(element):
                        walk.skip_subtree()
                elif text := element.text:
                    parts.append(text)
                continue
            if element is self._frame.element:
                self._leave()
            elif tag in _SCRIPTS:
                parts.append(LEVEL)
            elif tag in BLOCKS and parts:
                parts.append(GAP)
            if tail := element.tail:
                parts.append(tail)
        self._flush()
        for piece in self._waiting.values():
            self.pieces.append(piece)
        return self.pieces

    # What is gathered becomes a piece.

    def _flush(self) -> None:
        """Make a piece of the words gathered so far; the images and the furniture that stood in them follow it."""
        if self._parts:
            words = words_of(self._parts)
            self._parts.clear()
            if words:
                self._add(words)
        if self._aside:
            for kind, locator, element in self._aside:
                words = element.get("src", "") if kind == "image" else words_of(self._gathered(element))
                if words and not (kind == "image" and (self._frame.noise or words.startswith("data:"))):
                    self.pieces.append(Piece(kind, "".join(words.split()) if kind == "image" else words, locator, element))
            self._aside.clear()

    def _add(self, words: str) -> None:
        frame = self._frame
        piece = Piece(frame.kind_of(words), words, frame.locator, frame.element, frame.level, frame.field)
        if frame.is_control or frame.level or frame.asks:
            piece.candidate, piece.question, piece.panel = True, frame.asks, frame.panel
            if frame.panel and piece.kind == "heading" and frame.panel in self._controlled - self._seen:
                self._waiting[frame.panel] = piece
                return
        self.pieces.append(piece)

    def _gathered(self, element: Element) -> list[str]:
        return gather(element, Aside(), self._raised, self._lowered)

    # What opens and closes.

    def _locator(self, element: Element) -> str:
        return f"(//{element.tag})[{self._counts[element.tag]}]"

    def _enter(self, element: Element, kind: str | None, soft: bool, traits: Traits | None) -> Frame:
        """Open a frame: words within it are of `kind` (None: of the kind around it); `soft`: blocks in it are lines."""
        self._flush()
        outer = self._frame
        frame = Frame(element, kind or outer.inner_kind, self._locator(element), soft, outer)
        if traits is not None:
            self._apply(frame, traits)
        self._frames.append(frame)
        self._frame = frame
        return frame

    def _apply(self, frame: Frame, traits: Traits) -> None:
        """Give a frame what its element's attributes say."""
        element = frame.element
        code = traits.code or (traits.coded_class if self._is_coded and not frame.is_excerpt else None)
        if traits.id:
            self._seen.add(traits.id)
            if waiting := self._waiting.pop(traits.id, None):
                self.pieces.append(waiting)
        if code:
            frame.closing = CLOSE
            self.pieces.append(Piece(OPEN, code, frame.locator, element))
        elif traits.id or element.tag == "details":
            frame.closing, frame.panel_id = END, traits.id
            self.pieces.append(Piece(SCOPE, "", frame.locator, element))
        elif traits.region and self._is_coded:
            frame.is_excerpt = traits.region == "highlight"
            frame.noise = frame.noise or traits.region == "contents"
        elif traits.callout and element.tag not in ("body", "section", "article") and is_callout(element, traits):
            frame.kind = "callout"
        if is_furniture(element, traits) or (traits.hidden and not stays_hidden(element, traits)):
            frame.noise = True
        if traits.caption and frame.kind == "paragraph":
            frame.kind, frame.soft = "caption", True
        if traits.footnote:
            frame.kind = "footnote"
        if traits.role == "heading" and not frame.level:
            frame.kind, frame.level, frame.soft = "heading", float(traits.level or 2), True
        frame.faq = frame.faq or traits.faq or traits.asks
        frame.in_question = frame.in_question or traits.asks
        if traits.question and (frame.in_question or frame.faq or traits.control):
            frame.asks = True
            frame.soft = True

    def _leave(self) -> None:
        self._flush()
        frame = self._frames.pop()
        self._frame = self._frames[-1] if self._frames else frame
        if frame.closing:
            self.pieces.append(Piece(frame.closing, frame.panel_id or "", frame.locator, frame.element))

    # What the elements do. True: the words of the element are taken, do not look into it.

    def _block(self, element: Element, traits: Traits | None) -> bool:
        frame = self._frame
        if traits is not None:
            if traits.control and self._control(element, traits):
                return False
            if frame.soft and not (traits.id or traits.noise or traits.hidden or traits.code):
                self._parts.append(GAP)
                return False
            self._enter(element, None, False, traits)
            return False
        if frame.soft:
            if frame.level and element.tag != "div" and words_of(self._parts):
                self._harden()
                return False
            self._parts.append(GAP)
            return False
        if not len(element) and not frame.noise:
            self._flush()
            if words := " ".join((element.text or "").split()):
                self.pieces.append(Piece(frame.own_kind, words, self._locator(element), element))
            return True
        self._enter(element, None, False, None)
        return False

    def _harden(self) -> None:
        """A heading or an item that was never closed, or holds a whole part of the page: what follows is its text."""
        self._flush()
        frame = self._frame
        frame.soft, frame.kind, frame.level, frame.is_control, frame.asks = False, "paragraph", 0.0, False, False

    def _heading(self, element: Element, traits: Traits | None) -> bool:
        frame = self._frame
        if frame.soft and frame.kind in ("heading", "caption", "field_label"):
            if not (frame.level and frame.element.tag in HEADINGS and words_of(self._parts)):
                self._parts.append(GAP)
                return False
        if frame.soft:
            self._harden()
        entered = self._enter(element, "heading", True, traits)
        entered.level = HEADINGS[element.tag]
        if traits is not None and traits.control:
            entered.is_control, entered.panel = True, traits.target
        return False

    def _control(self, element: Element, traits: Traits) -> bool:
        """Open the control of a panel; False where it controls nothing that is on the page."""
        frame = self._frame
        target = traits.target or _fragment(element)
        if frame.kind == "heading" and frame.soft:
            frame.is_control, frame.panel = True, target
            if element.tag in BLOCKS:
                self._parts.append(GAP)
            return True
        if element.tag not in _CONTROLS or (target is None and traits.panel and traits.role is None):
            return False
        entered = self._enter(element, "heading", True, None)
        entered.is_control, entered.panel = True, target
        entered.noise = entered.noise or (target is not None and target in self._seen)
        return True

    def _summary(self, element: Element, traits: Traits | None) -> bool:
        self._enter(element, "heading", True, None).is_control = True
        return False

    def _button(self, element: Element, traits: Traits | None) -> bool:
        """A button is furniture unless it shows something that the page holds."""
        if traits is not None and traits.control and self._control(element, traits):
            return False
        if self._frame.kind == "heading" and self._frame.soft:
            return False
        return self._furniture(element, traits)

    def _item(self, element: Element, traits: Traits | None) -> bool:
        if self._frame.soft and self._frame.kind in ("heading", "caption"):
            self._harden()
        if traits is None and not len(element) and not self._frame.noise:
            self._flush()
            if words := " ".join((element.text or "").split()):
                kind = self._frame.special_kind or "list_item"
                self.pieces.append(Piece(kind, words, self._locator(element), element))
            return True
        self._enter(element, "list_item", True, traits)
        return False

    def _list(self, element: Element, traits: Traits | None) -> bool:
        if self._frame.soft and self._frame.kind in ("heading", "caption"):
            self._harden()
        self._enter(element, "paragraph" if self._frame.kind == "list_item" else None, False, traits)
        return False

    def _definitions(self, element: Element, traits: Traits | None) -> bool:
        self._list(element, traits)
        self._frame.is_footnotes = bool(traits and traits.footnote)
        return False

    def _term(self, element: Element, traits: Traits | None) -> bool:
        if self._outer_list().is_footnotes:
            self._flush()
            self._parts.append(GAP)
            return False
        frame = self._enter(element, "list_item", True, traits)
        frame.asks_maybe = True
        if traits is not None and traits.control:
            frame.is_control, frame.panel, frame.kind = True, traits.target, "heading"
        return False

    def _definition(self, element: Element, traits: Traits | None) -> bool:
        if self._outer_list().is_footnotes:
            self._parts.append(GAP)
            return False
        self._enter(element, "list_item", True, traits)
        return False

    def _outer_list(self) -> Frame:
        return self._frame

    def _quote(self, element: Element, traits: Traits | None) -> bool:
        self._enter(element, "callout", False, traits)
        return False

    def _aside_box(self, element: Element, traits: Traits | None) -> bool:
        frame = self._enter(element, None, False, traits)
        if is_callout(element, traits):
            frame.kind = "callout"
        return False

    def _navigation(self, element: Element, traits: Traits | None) -> bool:
        self._enter(element, None, False, traits).noise = True
        return False

    def _edge(self, element: Element, traits: Traits | None) -> bool:
        """The page's own header or footer is furniture, unless its header says what the page is about."""
        frame = self._enter(element, None, False, traits)
        says = element.tag == "header" and next(element.iter("h1", "dl", "main"), None) is not None
        frame.noise = frame.noise or not (frame.is_within_content or says)
        return False

    def _sectioning(self, element: Element, traits: Traits | None) -> bool:
        if self._frame.soft and self._frame.kind == "heading":
            self._harden()
        self._enter(element, None, False, traits).is_within_content = True
        return False

    def _caption(self, element: Element, traits: Traits | None) -> bool:
        self._enter(element, "caption", True, traits)
        return False

    def _break(self, element: Element, traits: Traits | None) -> bool:
        self._parts.append(BREAK)
        return True

    def _sup(self, element: Element, traits: Traits | None) -> bool:
        self._parts.append(RAISED)
        return False

    def _sub(self, element: Element, traits: Traits | None) -> bool:
        self._parts.append(LOWERED)
        return False

    def _inline(self, element: Element, traits: Traits) -> bool:
        """Read an inline element whose attributes say something."""
        if traits.control and self._control(element, traits):
            return False
        if traits.script:
            self._parts += [RAISED if traits.script == "sup" else LOWERED, *self._gathered(element), LEVEL]
            self._count_within(element)
            return True
        if is_furniture(element, traits) or (traits.hidden and not stays_hidden(element, traits)):
            return self._furniture(element, traits)
        if (traits.question and self._frame.in_question) or traits.role == "heading":
            self._enter(element, None, True, traits)
        return False

    def _furniture(self, element: Element, traits: Traits | None) -> bool:
        """Keep the words of a control, a spinner, an icon apart from those around it."""
        self._aside.append(("noise", self._locator(element), element))
        self._parts.append(GAP)
        self._count_within(element)
        return True

    def _image(self, element: Element, traits: Traits | None) -> bool:
        self._aside.append(("image", self._locator(element), element))
        return True

    def _silent(self, element: Element, traits: Traits | None) -> bool:
        if element.tag == "script" and "ld+json" in (element.get("type") or "").casefold():
            self.scripts.append(element)
        return True

    def _table(self, element: Element, traits: Traits | None) -> bool:
        if self._frame.noise or (traits is not None and traits.noise) or is_layout(element):
            return self._block(element, traits)
        if self._frame.soft and self._frame.kind == "heading":
            self._harden()
        self._flush()
        self.pieces += read_table(element, self._locator(element), self._frame, self._raised, self._lowered)
        self._count_within(element)
        return True

    def _count_within(self, element: Element) -> None:
        """Count the elements that the walk passes over, for the locators."""
        if len(element):
            counts = self._counts
            for inner in element.iter():
                counts[inner.tag] += 1
            counts[element.tag] -= 1


def _fragment(element: Element) -> str | None:
    """Return the id that a link points at on its own page."""
    target = element.get("href") or ""
    return target[1:] if target.startswith("#") and len(target) > 1 else None


_CONTROLS = frozenset("button a summary div span h1 h2 h3 h4 h5 h6 li dt p label".split())
_SCRIPTS = frozenset(("sup", "sub"))
_ACTS: dict[str, Callable[[HtmlWalk, Element, Traits | None], bool]] = {
    **dict.fromkeys(BLOCKS, HtmlWalk._block),
    **dict.fromkeys(HEADINGS, HtmlWalk._heading),
    **dict.fromkeys(SILENT | {"head"}, HtmlWalk._silent),
    **dict.fromkeys(
        ("select", "textarea", "option", "datalist", "noscript", "template", "iframe", "svg", "object", "audio", "video")
        + ("canvas", "label", "input", "title", "noframes"),
        HtmlWalk._furniture,
    ),
    **dict.fromkeys(("main", "article", "section"), HtmlWalk._sectioning),
    **dict.fromkeys(("header", "footer"), HtmlWalk._edge),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), HtmlWalk._list),
    **dict.fromkeys(("caption", "figcaption"), HtmlWalk._caption),
    "li": HtmlWalk._item,
    "dl": HtmlWalk._definitions,
    "dt": HtmlWalk._term,
    "dd": HtmlWalk._definition,
    "summary": HtmlWalk._summary,
    "button": HtmlWalk._button,
    "blockquote": HtmlWalk._quote,
    "aside": HtmlWalk._aside_box,
    "nav": HtmlWalk._navigation,
    "table": HtmlWalk._table,
    "br": HtmlWalk._break,
    "sup": HtmlWalk._sup,
    "sub": HtmlWalk._sub,
    "img": HtmlWalk._image,
    "script": HtmlWalk._silent,
    "style": HtmlWalk._silent,
}
