"""Bytes to blocks. Each reader knows its format and nothing about drugs; a new format is one file."""

from labelpipe.errors import EmptySource, UnsupportedFormat
from labelpipe.model import Reading, Source
from labelpipe.readers.html import read_html
from labelpipe.readers.limits import check_size
from labelpipe.readers.openfda import read_openfda
from labelpipe.readers.sniff import sniff
from labelpipe.readers.spl import read_spl
from labelpipe.readers.text import read_text

__all__ = ["read"]

NO_WORDS = b" \t\r\n\v\f\x00\xef\xbb\xbf\xff\xfe"


def read(source: Source) -> Reading:
    """Cut a document into blocks, by the reader of its format.

    Raises:
        UnreadableSource: the bytes are empty, malformed, too many, or no format that is read; the message says why and
            where.
    """
    if not source.data.strip(NO_WORDS):
        raise EmptySource("the file holds no words; check the step that fetched it")
    reading = _read(source)
    check_size(reading)
    return reading


def _read(source: Source) -> Reading:
    match sniff(source.data):
        case "html":
            return read_html(source)
        case "xml":
            return read_spl(source)
        case "json":
            return read_openfda(source)
        case "text":
            return read_text(source.data)
    raise UnsupportedFormat("this is a zip archive, whose members are documents of their own; build it, or unpack it")
