"""A drawing of matplotlib as inline SVG: no style of its own, the colours of the page, words to read aloud."""

import io
import re

from lxml import etree
from markupsafe import Markup
from matplotlib import rc_context
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

INK, ACCENT, SOFT = "#010203", "#040506", "#070809"
"""Colours to draw with; on the page they are those of its theme."""

_THEME = {INK: "currentColor", ACCENT: "var(--accent)", SOFT: "var(--soft)"}
_SVG = "http://www.w3.org/2000/svg"
_FONT_SIZE = re.compile(r"([\d.]+)px")


def inline_svg(figure: Figure, name: str, title: str, told: str) -> Markup:
    """Return a figure as an SVG element with a title and a description; the same figure gives the same bytes."""
    buffer = io.BytesIO()
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": name}):
        FigureCanvasSVG(figure).print_svg(buffer, metadata={"Date": None, "Creator": None})  # type: ignore[no-untyped-call]
    root = etree.fromstring(buffer.getvalue())
    for element in list(root.iter("*")):
        parent = element.getparent()
        if parent is not None and etree.QName(element).localname in ("metadata", "style"):
            parent.remove(element)
        else:
            _plain(element)
    _name(root, name, title, told)
    etree.cleanup_namespaces(root)
    return Markup(etree.tostring(root, encoding="unicode"))


def _plain(element: etree._Element) -> None:
    """Turn an inline style, which the page's policy forbids, into attributes."""
    if etree.QName(element).localname == "g":
        _drop(element, "id")
    style = element.get("style", "")
    _drop(element, "style")
    for rule in filter(None, style.split(";")):
        key, _, value = (part.strip() for part in rule.partition(":"))
        if key == "font":
            size = _FONT_SIZE.search(value)
            key, value = "font-size", size[1] if size else "10"
        element.set(key, _THEME.get(value, value))


def _drop(element: etree._Element, *names: str) -> None:
    for name in names:
        if name in element.attrib:
            del element.attrib[name]


def _name(root: etree._Element, name: str, title: str, told: str) -> None:
    _drop(root, "width", "height")
    root.set("role", "img")
    root.set("aria-labelledby", f"{name}-title {name}-told")
    for tag, words in (("desc", told), ("title", title)):
        child = etree.Element(f"{{{_SVG}}}{tag}", id=f"{name}-{'told' if tag == 'desc' else 'title'}")
        child.text = words
        root.insert(0, child)
