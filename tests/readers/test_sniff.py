"""What bytes are, by their content: each format goes to its reader; the rest is rejected, and the message names it."""

import codecs
import gzip
import io
import zipfile

import pytest

from labelpipe.errors import EmptySource, MalformedSource, UnsupportedFormat
from labelpipe.model import Source
from labelpipe.readers import read
from labelpipe.readers.sniff import sniff

HTML = "<!DOCTYPE html>\n<html><head><title>x</title></head><body><p>Take one tablet.</p></body></html>"
SPL = """<?xml version="1.0" encoding="UTF-8"?>
<document xmlns="urn:hl7-org:v3"><title>Lorvel</title></document>"""
JSON = '{"meta": {}, "results": [{"purpose": ["Take one tablet."]}]}'


def zipped(name: str, words: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, words)
    return buffer.getvalue()


READ = {
    "HTML": (HTML.encode(), "html"),
    "HTML with a mark": (codecs.BOM_UTF8 + HTML.encode(), "html"),
    "HTML in UTF-16": (HTML.encode("utf-16"), "html"),
    "HTML in UTF-16 without a mark": (HTML.encode("utf-16-le"), "html"),
    "HTML behind a comment": (b"<!-- saved from (0042)https://example.org/label -->\n" + HTML.encode(), "html"),
    "HTML behind white space": (b"\n\n  " + HTML.encode(), "html"),
    "XHTML": (b"<?xml version='1.0'?>\n<!DOCTYPE html>\n<html xmlns='x'><p>Take one tablet.</p></html>", "html"),
    "HTML in capitals": (b"<HTML><BODY><P>Take one tablet.</BODY></HTML>", "html"),
    "HTML fragment": (b"\n  <div class='label'><p>Take one tablet.</p></div>", "html"),
    "HTML whose start is missing": (b"Uses</h2><p>Take one tablet.</p><p>With water.</p></div>", "html"),
    "SPL": (SPL.encode(), "spl"),
    "SPL with a mark": (codecs.BOM_UTF8 + SPL.encode(), "spl"),
    "SPL in UTF-16": (SPL.replace("UTF-8", "UTF-16").encode("utf-16"), "spl"),
    "SPL without a declaration": (SPL.partition("\n")[2].encode(), "spl"),
    "SPL behind a style sheet": (SPL.replace("?>", "?><?xml-stylesheet href='a.xsl'?><!-- -->", 1).encode(), "spl"),
    "JSON": (JSON.encode(), "openfda"),
    "JSON with a mark": (codecs.BOM_UTF8 + JSON.encode(), "openfda"),
    "JSON in UTF-16": (JSON.encode("utf-16"), "openfda"),
    "JSON list": (b'[{"purpose": ["Take one tablet."]}]', "openfda"),
    "JSON record": (b' {"set_id": "a", "purpose": ["Take one tablet."]}', "openfda"),
    "text": (b"Take one tablet.", "text"),
}


@pytest.mark.parametrize(("data", "source_format"), READ.values(), ids=READ)
@pytest.mark.parametrize("name", ["page.txt", "label.xml", "label.json", "page.html", "scan.pdf", "label"])
def test_a_file_is_what_it_holds_whatever_its_name(name: str, data: bytes, source_format: str) -> None:
    assert read(Source(name, data)).source_format == source_format


UNSUPPORTED = {
    "PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "Portable Document Format"),
    "zip": (zipped("page.txt", "Take one tablet."), "zip archive"),
    "gzip": (gzip.compress(b"Take one tablet.", mtime=0), "GZIP"),
    "PNG": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(64)), "Portable Network Graphics"),
    "RTF": (b"{\\rtf1\\ansi\\deff0 Take one tablet.}", "RTF"),
    "XML": (b"<?xml version='1.0'?><catalogue><drug/></catalogue>", "root element <catalogue>"),
    "other JSON": (b'{"drugs": 3}', "JSON without openFDA label records"),
    "noise": (bytes(range(256)) * 8, "a binary file"),
}


@pytest.mark.parametrize(("data", "name"), UNSUPPORTED.values(), ids=UNSUPPORTED)
def test_other_formats_are_named(data: bytes, name: str) -> None:
    with pytest.raises(UnsupportedFormat) as caught:
        read(Source("page.txt", data))
    assert name in str(caught.value)
    assert caught.value.rule == "unsupported_format"


MALFORMED = {
    "XML that ends early": (SPL[:-20].encode(), "line 2, column"),
    "XML with an open element": (b"<?xml version='1.0'?>\n<document>\n<a></document>", "line 3, column"),
    "XML without a root": (b"<?xml version='1.0'?>", "line 1, column"),
    "XML not in the encoding it declares": (SPL.replace("Lorvel", "\u00e9").encode("cp1252"), "line 2, column"),
    "XML with a damaged start": (b"<" + SPL.encode(), "line 1, column"),
    "XML whose start is missing": (b'ument xmlns="urn:hl7-org:v3"><title>Lorvel</title></document>', "line 1, column"),
    "XML in the middle": (b"of it</text></section></component></structuredBody>", "line 1, column"),
    "JSON whose start is missing": (b'"purpose": ["Take one tablet."]}]}', "line 1, column 1"),
    "JSON that ends early": (JSON[:-9].encode(), "line 1, column"),
}


@pytest.mark.parametrize(("data", "place"), MALFORMED.values(), ids=MALFORMED)
def test_what_breaks_the_rules_of_its_format_says_where(data: bytes, place: str) -> None:
    with pytest.raises(MalformedSource, match=place):
        read(Source("label.xml", data))


EMPTY = {
    "no bytes": b"",
    "white space": b" \t\r\n\n",
    "white space beyond ASCII": "\u00a0\u2003\u3000\n".encode(),
    "UTF-8 mark": codecs.BOM_UTF8,
    "UTF-16 mark": codecs.BOM_UTF16_BE,
    "UTF-32 mark": codecs.BOM_UTF32_BE,
    "white space in UTF-16": " \r\n".encode("utf-16"),
}


@pytest.mark.parametrize("data", EMPTY.values(), ids=EMPTY)
def test_files_without_a_word_are_empty(data: bytes) -> None:
    with pytest.raises(EmptySource, match="holds no words"):
        read(Source("page.txt", data))


@pytest.mark.parametrize("words", ["<5 mg is a child's dose.", "{one} tablet", "[5 mg] a day", "PK data are few.", "%"])
def test_text_that_begins_like_another_format_is_text(words: str) -> None:
    assert read(Source("page.txt", words.encode())).text == words


def test_a_long_comment_hides_nothing() -> None:
    assert sniff(b"<!-- " + b"x" * 5000) == "html"
