"""Controls and the panels that they show: summaries, buttons, tabs, and what else says that it controls something."""

from labelpipe.readers.html_context import NOISE
from labelpipe.readers.html_pieces import BLOCKS, HEADINGS
from labelpipe.readers.html_traits import Traits
from labelpipe.readers.html_walk import Element, HtmlWalk
from labelpipe.readers.words import GAP

CONTROLS = frozenset(("button", "a", "div", "span", "li", "dt", "p", *HEADINGS))


def control(walk: HtmlWalk, element: Element, traits: Traits) -> bool:
    """Open the control of a panel; False where the element is none."""
    frame = walk.frame
    target = traits.target or _fragment(element)
    if frame.soft and frame.kind == "heading":
        frame.is_control, frame.panel = True, target or frame.panel
        if element.tag in BLOCKS:
            walk.parts.append(GAP)
        return True
    if element.tag not in CONTROLS or next(element.iter("p", "ul", "ol", "table"), None) not in (None, element):
        return False
    entered = walk.enter(element, "heading", True, None)
    entered.is_control, entered.panel = True, target
    if target is not None and target in walk.seen:
        entered.within |= NOISE  # `show less`, below what it folds up
    return True


def _fragment(element: Element) -> str | None:
    """Return the id that a link points at on its own page."""
    target = element.get("href") or ""
    return target[1:] if target.startswith("#") and len(target) > 1 else None


def details(walk: HtmlWalk, element: Element, traits: Traits | None) -> bool:
    """A panel with its own control."""
    if walk.frame.soft:
        walk.flush()
    frame = walk.enter(element, None, False, traits)
    if frame.closing is None:
        walk.open_panel(None, frame)
    return False


def summary(walk: HtmlWalk, element: Element, traits: Traits | None) -> bool:
    """The control of a details element."""
    walk.enter(element, "heading", True, None).is_control = True
    return False


def button(walk: HtmlWalk, element: Element, traits: Traits | None) -> bool:
    """A button is furniture unless it shows something that the page holds."""
    if traits is not None and traits.control and control(walk, element, traits):
        return False
    if walk.frame.soft and walk.frame.kind == "heading":
        return False
    return furniture(walk, element, traits)


def furniture(walk: HtmlWalk, element: Element, traits: Traits | None) -> bool:
    """Keep the words of a control, a spinner, an icon apart from those around it."""
    walk.set_aside("noise", element)
    walk.parts.append(GAP)
    return True
