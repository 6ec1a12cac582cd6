"""Bytes that are no text: each is rejected with its reason, and the message names what it is."""

import codecs
import gzip
import io
import zipfile

import pytest

from labelpipe.errors import EmptySource, UnreadableSource, UnsupportedFormat
from labelpipe.model import Source
from labelpipe.readers import read

HTML = "<!DOCTYPE html>\n<html><head><title>x</title></head><body><p>Take one tablet.</p></body></html>"
SPL = '<?xml version="1.0" encoding="UTF-8"?>\n<document xmlns="urn:hl7-org:v3"><title>Lorvel</title></document>'
JSON = '{"meta": {}, "results": [{"purpose": ["Take one tablet."]}]}'


def zipped(name: str, words: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, words)
    return buffer.getvalue()


UNSUPPORTED = {
    "PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "Portable Document Format"),
    "zip": (zipped("page.txt", "Take one tablet."), "ZIP archive"),
    "gzip": (gzip.compress(b"Take one tablet.", mtime=0), "GZIP"),
    "PNG": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(64)), "Portable Network Graphics"),
    "RTF": (b"{\\rtf1\\ansi\\deff0 Take one tablet.}", "RTF"),
    "HTML": (HTML.encode(), "HTML page"),
    "HTML with a mark": (codecs.BOM_UTF8 + HTML.encode(), "HTML page"),
    "HTML in UTF-16": (HTML.encode("utf-16"), "HTML page"),
    "HTML fragment": (b"\n  <div class='label'><p>Take one tablet.</p></div>", "root element <div>"),
    "SPL": (SPL.encode(), "SPL label"),
    "XML": (b"<?xml version='1.0'?><catalogue><drug/></catalogue>", "root element <catalogue>"),
    "broken XML": (b"<?xml version='1.0'?>", "does not parse"),
    "JSON": (JSON.encode(), "JSON"),
    "JSON with a mark": (codecs.BOM_UTF8 + JSON.encode(), "JSON"),
    "JSON in UTF-16": (JSON.encode("utf-16"), "JSON"),
    "JSON list": (b'[{"purpose": []}]', "JSON"),
    "noise": (bytes(range(256)) * 8, "a binary file"),
}


@pytest.mark.parametrize(("data", "name"), UNSUPPORTED.values(), ids=UNSUPPORTED)
def test_other_formats_are_named(data: bytes, name: str) -> None:
    with pytest.raises(UnsupportedFormat) as caught:
        read(Source("page.txt", data))
    assert name in str(caught.value)
    assert caught.value.rule == "unsupported_format"


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


def test_the_name_of_a_file_decides_nothing() -> None:
    assert read(Source("page.pdf", b"Take one tablet.")).source_format == "text"
    with pytest.raises(UnreadableSource):
        read(Source("page.txt", b"%PDF-1.7\n"))
