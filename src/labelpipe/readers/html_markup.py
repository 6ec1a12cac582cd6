"""Bytes to a tree: the encoding, the limits, and markup that breaks off."""

import codecs
import html
import re
from html.parser import HTMLParser

from bs4.builder import ParserRejectedMarkup
from bs4.dammit import EncodingDetector
from lxml import etree

from labelpipe.errors import EmptySource, MalformedSource
from labelpipe.model import Finding
from labelpipe.readers.encoding import decode
from labelpipe.readers.html_context import words_within
from labelpipe.readers.sniff import looks_like_utf16

MAX_BYTES = 32 << 20
"""A page about a medicine has less than a tenth of this."""

MAX_TAGS = 600_000
"""A label of many parts has a tenth of this; each costs time and memory."""

SMALL_BYTES = 128 << 10
MAX_ATTRIBUTE_COST = 2_000_000_000
"""The parser compares each attribute of an element with all others: so many comparisons are seconds."""

LONG_TAG_BYTES = 200
MAX_SOUP_BYTES = 2 << 20
"""BeautifulSoup takes twenty times as long; what is larger and breaks off is read as far as lxml can."""

MAX_OPEN_TAGS = 5
"""So many tags that never end are told from the markup behind them."""

MAX_OPEN_SIGNS = 10_000

HEAD_BYTES = 4096
_END = b"<wbr>"
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_ESCAPING = ("iso2022", "hz", "utf-7")
_CLOSING = re.compile(rb"</(?:html|body)\s*>", re.I)
_CDATA = re.compile(rb"<!\[CDATA\[(.*?)\]\]>", re.S)
_DEPTH = "Excessive depth"


def parse_page(data: bytes) -> tuple[etree._Element, bytes, tuple[Finding, ...]]:
    """Return the page's tree, its source in UTF-8 and small letters, and what had to be assumed about its encoding.

    Raises:
        MalformedSource: it is too large, or nested too deeply.
        EmptySource: there is nothing in it.
        UndecodableText: the bytes fit no encoding that was declared or tried.
    """
    for n, most, what in ((len(data), MAX_BYTES, "bytes"), (data.count(b"<"), MAX_TAGS, "tags")):
        if n > most:
            raise MalformedSource(f"a page of {n} {what}; {most} are the most that is read, so cut it up")
    if len(data) > SMALL_BYTES and _attribute_cost(data) > MAX_ATTRIBUTE_COST:
        raise MalformedSource("elements with thousands of attributes; is this a page for people?")
    source, findings = to_utf8(data)
    if b"<![CDATA[" in source:
        source = _CDATA.sub(lambda match: html.escape(match[1].decode(), quote=False).encode(), source)
    folded = source.lower()
    root = _parse(_with_end(source, folded))
    if root is None or not _has_end(root):
        root = _more_of(root, source)
    if root is None:
        raise EmptySource("the page holds no words; check the step that fetched it")
    return root, folded, findings


def _attribute_cost(data: bytes) -> int:
    """Return about how many comparisons of attributes the page asks for; nothing to speak of in a small page."""
    total = 0
    for chunk in data.split(b"<"):
        if len(chunk) > LONG_TAG_BYTES and (end := chunk.find(b">")) not in range(LONG_TAG_BYTES):
            total += len((chunk[:end] if end > 0 else chunk).split()) ** 2
    return total


def to_utf8(data: bytes) -> tuple[bytes, tuple[Finding, ...]]:
    """Return the page in UTF-8, from the encoding that it declares or, where it fits none, from the likeliest."""
    if data.startswith(_WIDE_MARKS) or looks_like_utf16(data[:HEAD_BYTES]):
        return _decoded(data, None)
    declared = _declared(data)
    if declared is None or not declared.startswith(_ESCAPING):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            return data.replace(b"\x00", b""), ()
    if declared is not None and declared != "utf-8":
        try:
            return data.decode(declared).encode(), ()
        except UnicodeDecodeError:
            pass
    return _decoded(data, declared)


def _decoded(data: bytes, declared: str | None) -> tuple[bytes, tuple[Finding, ...]]:
    text, found = decode(data)
    findings = [finding._replace(char_start=None, char_end=None) for finding in found]
    for number, finding in enumerate(findings):
        if declared and finding.rule == "encoding_assumed":
            message = f"the page declares {declared} but is not; it was read as {finding.evidence}"
            findings[number] = finding._replace(message=message)
    return text.encode("utf-8", "replace"), tuple(findings)


def _declared(data: bytes) -> str | None:
    """Return the encoding that the page's head declares. Latin-1 means Windows-1252, as in browsers."""
    name = EncodingDetector.find_declared_encoding(data[:HEAD_BYTES], is_html=True)
    try:
        known = codecs.lookup(name).name if name else None
    except (LookupError, ValueError):
        return None
    return "cp1252" if known in ("iso8859-1", "ascii") else known


def _with_end(source: bytes, folded: bytes) -> bytes:
    """Drop the closing tags of the page, behind which parsers lose words, and put a last element there."""
    ends = [at for at in (folded.find(b"</body"), folded.find(b"</html")) if at >= 0]
    if not ends:
        return source + _END
    start = min(ends)
    return source[:start] + _CLOSING.sub(b"", source[start:]) + _END


def _parse(source: bytes) -> etree._Element | None:
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root: etree._Element | None = etree.fromstring(source, parser)
    except etree.XMLSyntaxError:
        root = None
    for error in parser.error_log:
        if _DEPTH in error.message:
            where = f"line {error.line}, column {error.column}"
            raise MalformedSource(f"{where}: elements are nested too deeply; is this a page for people?")
    return root


def _has_end(root: etree._Element) -> bool:
    """Whether the parser came to the end of the page: the last element is there. It is taken away."""
    last = root
    while len(last):
        last = last[-1]
    parent = last.getparent()
    if parent is None or last.tag != "wbr" or last.text or last.tail:
        return False
    parent.remove(last)
    return True


def _more_of(root: etree._Element | None, source: bytes) -> etree._Element | None:
    """Read what breaks off within a tag, where lxml drops the rest, with BeautifulSoup too; keep the fuller one."""
    if len(source) > MAX_SOUP_BYTES:
        return root
    from lxml.html import soupparser

    try:
        page = _with_open_tags_as_words(source.decode("utf-8", "replace"))
        soup = soupparser.fromstring(page, features="html.parser")
    except (AssertionError, ValueError, TypeError, RecursionError, ParserRejectedMarkup):
        return root
    return soup if root is None or _length(soup) > _length(root) else root


def _with_open_tags_as_words(page: str) -> str:
    """Return a page in which the `<` of a tag that never ends is a sign like any other.

    What follows it was words to Python's parser until 2025, and nothing since. Behind the last of so many, and where no
    tag can end any more, each `<` is one: else the parser looks through the rest of the page for every single one.

    Raises:
        MalformedSource: there are thousands of them.
    """
    parser = HTMLParser(convert_charrefs=False)
    parser.feed(page)
    for number in range(MAX_OPEN_TAGS):
        rest = parser.rawdata
        if not rest.startswith("<"):
            break
        if ">" not in rest or number == MAX_OPEN_TAGS - 1:
            if (signs := rest.count("<")) > MAX_OPEN_SIGNS:
                raise MalformedSource(f"{signs} tags that never end; is this a page for people?")
            return page.removesuffix(rest) + rest.replace("<", "&lt;")
        page = f"{page.removesuffix(rest)}&lt;{rest[1:]}"
        parser.rawdata = ""
        parser.feed(f"&lt;{rest[1:]}")
    return page


def _length(root: etree._Element) -> int:
    return len("".join(words_within(root).split()))
