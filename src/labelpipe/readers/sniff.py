"""What the bytes are, judged by their content and never by the file's name."""

import re
from typing import Literal

import puremagic

from labelpipe.errors import UnsupportedFormat

Format = Literal["text", "html", "xml", "json", "zip"]

HEAD_BYTES = 4096
MAX_CONTROL_SHARE = 0.02
"""Text has next to no control characters; a picture or a program has plenty."""

MIN_CLOSING_TAGS = 3
"""Words that begin without a tag and have so many closing ones behind them are markup whose start is missing."""

ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
"""A zip's first bytes, and those of an empty one."""

_UNICODE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\x00\x00\xfe\xff")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MARKUP = re.compile(rb"\s*<(?:\?xml|!doctype|!--|html|[a-z_][\w.:-]*[\s/>])", re.I)
_PROLOG = re.compile(rb"\s+|<\?.*?\?>|<!--.*?-->|<!doctype\s+(?!html)[^\[>]*(?:\[.*?\]\s*)?>", re.I | re.S)
_ROOT = re.compile(rb"<(!doctype\s+html|[a-z_][\w.-]*)", re.I)
_CLOSING_TAG = re.compile(rb"</([a-z_][\w:.-]*)\s*>", re.I)
_DECLARATION = re.compile(rb"<\?xml\s|\bxmlns(?::\w+)?=[\"']")
_JSON = re.compile(rb'\s*(?:\{\s*["}]|\[\s*[\[{"\]])')
_NAMED_VALUE = re.compile(rb'\s*"[@\w]+"\s*:\s*[\[{"]')

_HTML_ROOTS = frozenset(
    b"!doctype html head body title meta link base style script main article section header footer nav aside div p "
    b"span a b i em strong h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table thead tbody tr td th caption br hr img form font "
    b"center blockquote pre figure details summary button small sup sub u iframe noscript template svg".split()
)


def sniff(head: bytes) -> Format:
    """Tell the format of a file from its first HEAD_BYTES.

    Raises:
        UnsupportedFormat: a binary format; the message names what was recognised.
    """
    if head.startswith(ZIP_MARKS):
        return "zip"
    head = head[:HEAD_BYTES]
    if name := _binary_name(head):
        raise UnsupportedFormat(f"this is {name}, which is not read; extract its text first and give labelpipe that")
    plain = _without_marks(head)
    if _MARKUP.match(plain):
        return "html" if _is_html(plain) else "xml"
    if _JSON.match(plain):
        return "json"
    return _damaged(plain) or "text"


def may_be_json(head: bytes) -> bool:
    """Whether `sniff` may find JSON in a file that begins like this; it costs a fraction of what `sniff` costs."""
    plain = _without_marks(head[:HEAD_BYTES])
    return bool(_JSON.match(plain) or _NAMED_VALUE.match(plain))


def _damaged(plain: bytes) -> Format | None:
    """Tell markup or JSON whose first characters are damaged or missing."""
    if _DECLARATION.search(plain):
        return "xml"
    if _NAMED_VALUE.match(plain):
        return "json"
    closed = [tag.lower() for tag in _CLOSING_TAG.findall(plain)]
    if len(closed) < MIN_CLOSING_TAGS:
        return None
    return "html" if sum(tag in _HTML_ROOTS for tag in closed) > len(closed) / 2 else "xml"


def _is_html(plain: bytes) -> bool:
    """Whether the first element, behind declarations and comments, is one of HTML's."""
    at = 0
    while prolog := _PROLOG.match(plain, at):
        at = prolog.end()
    root = _ROOT.match(plain, at)
    if root is None:
        return not plain.lstrip().startswith(b"<?")
    return root[1].split()[0].lower() in _HTML_ROOTS


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
    try:
        best = puremagic.magic_string(head)[0]
    except (puremagic.PureError, IndexError, ValueError):
        return "a binary file"
    return " ".join(filter(None, (best.name, best.extension and f"({best.extension})"))) or "a binary file"
