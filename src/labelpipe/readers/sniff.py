"""What the bytes are, judged by their content and never by the file's name."""

import re

import puremagic
from lxml import etree

from labelpipe.errors import EmptySource, UnsupportedFormat

HEAD_BYTES = 4096
MAX_CONTROL_SHARE = 0.02
"""Text has next to no control characters; a picture or a program has plenty."""

_UNICODE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\x00\x00\xfe\xff")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MARKUP = re.compile(rb"\s*<(?:\?xml|!doctype|html|[a-z_][\w.:-]*[\s/>])", re.I)
_JSON = re.compile(rb'\s*(?:\{\s*["}]|\[\s*[\[{"\]])')


def check_readable(data: bytes) -> None:
    """Pass text, and raise for all else.

    Raises:
        EmptySource: no bytes, or only white space.
        UnsupportedFormat: a binary format, markup or JSON; the message names what was recognised.
    """
    if not data.strip(b" \t\r\n\v\f\x00\xef\xbb\xbf\xff\xfe"):
        raise EmptySource("the file holds no words; check the step that fetched it")
    head = data[:HEAD_BYTES]
    if name := _binary_name(head):
        raise UnsupportedFormat(f"this is {name}, which is not read; extract its text first and give labelpipe that")
    plain = _without_marks(head)
    if _MARKUP.match(plain):
        raise UnsupportedFormat(f"this is {_markup_name(data)}, which is not read; give labelpipe the page's text")
    if _JSON.match(plain):
        raise UnsupportedFormat("this is JSON, which is not read; give labelpipe the text of its label")


def _binary_name(head: bytes) -> str | None:
    """Name a binary format, or None where the bytes look like text."""
    if head.startswith((b"%PDF", b"{\\rtf")) or (not head.startswith(_UNICODE_MARKS) and _is_binary(head)):
        return _magic_name(head)
    return None


def _without_marks(head: bytes) -> bytes:
    """Leave the ASCII of the head as it is in every Unicode encoding: no byte order mark, no zero bytes."""
    return head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")


def _is_binary(head: bytes) -> bool:
    """Many control characters, unless the zero bytes are those of UTF-16."""
    if looks_like_utf16(head):
        return False
    return len(_CONTROL.findall(head)) > MAX_CONTROL_SHARE * len(head)


def looks_like_utf16(head: bytes) -> str | None:
    """Return the byte order of UTF-16 text without a mark: nearly every second byte is zero, the others are not."""
    pairs = len(head) // 2
    if pairs < 2:
        return None
    high, low = head[1 : 2 * pairs : 2].count(0), head[0 : 2 * pairs : 2].count(0)
    if high > 0.8 * pairs and low < 0.05 * pairs:
        return "utf-16-le"
    if low > 0.8 * pairs and high < 0.05 * pairs:
        return "utf-16-be"
    return None


def _magic_name(head: bytes) -> str:
    if head.startswith(b"PK\x03\x04"):
        return "a ZIP archive (.zip, .docx, .xlsx)"
    try:
        best = puremagic.magic_string(head)[0]
    except (puremagic.PureError, IndexError, ValueError):
        return "a binary file"
    return " ".join(filter(None, (best.name, best.extension and f"({best.extension})"))) or "a binary file"


def _markup_name(data: bytes) -> str:
    """Name a dialect by its root element."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    tag = etree.QName(root).localname.lower() if root is not None and isinstance(root.tag, str) else ""
    known = {"html": "an HTML page", "document": "an SPL label (XML)"}
    return known.get(tag, f"XML or HTML (root element <{tag}>)" if tag else "XML or HTML that does not parse")
