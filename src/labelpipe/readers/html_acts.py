"""What each element does to the walk: opens a heading, an item, a callout, a panel, is furniture, is a table, ..."""

from labelpipe.readers.html_context import CONTENT, EXCERPT, NOISE, QUESTION, is_callout, is_furniture, stays_hidden
from labelpipe.readers.html_controls import button, control, details, furniture, summary
from labelpipe.readers.html_lists import definition, definitions, item, listing, term
from labelpipe.readers.html_pieces import BLOCKS, HEADINGS, SILENT
from labelpipe.readers.html_tables import is_layout, read_table
from labelpipe.readers.html_traits import Traits
from labelpipe.readers.html_walk import Act, Element, HtmlWalk
from labelpipe.readers.words import BREAK, GAP, LEVEL, LOWERED, RAISED, words_of

CONTROLLED_FURNITURE = (
    *("select", "textarea", "option", "datalist", "noscript", "template", "iframe", "svg", "object", "audio", "video"),
    *("canvas", "label", "input", "title", "noframes"),
)
"""Elements that are no text, or whose text is shown only where something else fails."""


def block(walk: HtmlWalk, element: Element, traits: Traits | None) -> bool:
    """A paragraph, a division, a cell of a layout: words of the kind around it."""
    frame = walk.frame
    if traits is not None:
        if traits.control and control(walk, element, traits):
            return False
        if frame.soft and not (traits.id or traits.noise or traits.hidden or traits.code or traits.question):
            walk.parts.append(GAP)
        else:
            walk.enter(element, None, False, traits)
        return False
    if frame.soft:
        if frame.level and element.tag != "div" and words_of(walk.parts):
            walk.harden()
        walk.parts.append(GAP)
        return False
    walk.enter(element, None, False, None)
    return False


def heading(walk: HtmlWalk, element: Element, traits: Traits | None) -> bool:
    """A heading; in a summary or another heading it is only a line."""
    frame = walk.frame
    if frame.soft:
        nested = frame.kind in ("heading", "caption", "field_label")
        if nested and not (frame.element.tag in HEADINGS and words_of(walk.parts)):
            walk.parts.append(GAP)
            return False
        walk.harden()
    entered = walk.enter(element, "heading", True, traits)
    entered.level = HEADINGS[element.tag]
    if traits is not None and traits.control:
        entered.is_control, entered.panel = True, traits.target
    return False


def quote(walk: HtmlWalk, element: Element, traits: Traits | None) -> bool:
    """A block quotation calls out something."""
    walk.enter(element, "callout", False, traits)
    return False


def box(walk: HtmlWalk, element: Element, traits: Traits | None) -> bool:
    """An aside is a callout where its class or its first words say so."""
    frame = walk.enter(element, None, False, traits)
    if is_callout(element, traits):
        frame.kind = "callout"
    return False


def navigation(walk: HtmlWalk, element: Element, traits: Traits | None) -> bool:
    """Navigation is furniture."""
    walk.enter(element, None, False, traits).within |= NOISE
    return False


def edge(walk: HtmlWalk, element: Element, traits: Traits | None) -> bool:
    """The page's own header or footer is furniture, unless its header says what the page is about."""
    frame = walk.enter(element, None, False, traits)
    says = element.tag == "header" and next(element.iter("h1", "dl", "main"), None) is not None
    if not (frame.within & CONTENT or says):
        frame.within |= NOISE
    return False


def sectioning(walk: HtmlWalk, element: Element, traits: Traits | None) -> bool:
    """A part of the page: headers and footers within are the part's, not the page's."""
    if walk.frame.soft and walk.frame.kind == "heading":
        walk.harden()
    walk.enter(element, None, False, traits).within |= CONTENT
    return False


def caption(walk: HtmlWalk, element: Element, traits: Traits | None) -> bool:
    """A caption of a figure."""
    walk.enter(element, "caption", True, traits)
    return False


def line_break(walk: HtmlWalk, element: Element, traits: Traits | None) -> bool:
    """A line's end."""
    walk.parts.append(BREAK)
    return not len(element)


def raised(walk: HtmlWalk, element: Element, traits: Traits | None) -> bool:
    """A superscript."""
    walk.parts.append(RAISED)
    return False


def lowered(walk: HtmlWalk, element: Element, traits: Traits | None) -> bool:
    """A subscript."""
    walk.parts.append(LOWERED)
    return False


def inline(walk: HtmlWalk, element: Element, traits: Traits | None) -> bool:
    """An inline element whose attributes say something."""
    if traits is None or (traits.control and control(walk, element, traits)):
        return False
    if traits.script:
        walk.parts += [RAISED if traits.script == "sup" else LOWERED, *walk.gathered(element), LEVEL]
        return True
    if is_furniture(element, traits) or stays_hidden(element, traits):
        return furniture(walk, element, traits)
    if (traits.question and walk.frame.within & QUESTION) or traits.role == "heading":
        walk.enter(element, None, True, traits)
    return False


def image(walk: HtmlWalk, element: Element, traits: Traits | None) -> bool:
    """An image is told by its reference."""
    walk.set_aside("image", element)
    return not len(element)


def silent(walk: HtmlWalk, element: Element, traits: Traits | None) -> bool:
    """Scripts and styles are no text."""
    walk.count_within(element)
    return True


def table(walk: HtmlWalk, element: Element, traits: Traits | None) -> bool:
    """A table of data; one that lays out the page is a block."""
    if walk.frame.within & NOISE or (traits is not None and traits.noise) or is_layout(element):
        return block(walk, element, traits)
    if walk.frame.soft and walk.frame.kind == "heading":
        walk.harden()
    walk.flush()
    if traits is not None and traits.id:
        walk.enter(element, None, False, traits)
    excerpt = bool(walk.frame.within & EXCERPT)
    walk.pieces += read_table(element, walk.locator(element), excerpt, walk.raised, walk.lowered)
    walk.count_within(element)
    if walk.frame.element is element:
        walk.leave()
    return True


ACTS: dict[str, Act] = {
    **dict.fromkeys(BLOCKS, block),
    **dict.fromkeys(HEADINGS, heading),
    **dict.fromkeys((*SILENT, "head"), silent),
    **dict.fromkeys(CONTROLLED_FURNITURE, furniture),
    **dict.fromkeys(("main", "article", "section"), sectioning),
    **dict.fromkeys(("header", "footer"), edge),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), listing),
    **dict.fromkeys(("caption", "figcaption"), caption),
    "details": details,
    "summary": summary,
    "button": button,
    "li": item,
    "dl": definitions,
    "dt": term,
    "dd": definition,
    "blockquote": quote,
    "aside": box,
    "nav": navigation,
    "table": table,
    "br": line_break,
    "sup": raised,
    "sub": lowered,
    "img": image,
}
