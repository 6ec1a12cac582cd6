"""Bytes to blocks. Each reader knows its format and nothing about drugs; a new format is one file."""

from labelpipe.model import Reading, Source
from labelpipe.readers.sniff import check_readable
from labelpipe.readers.text import read_text

__all__ = ["read"]


def read(source: Source) -> Reading:
    """Cut a source into blocks.

    Raises:
        UnreadableSource: the bytes are empty, binary, or a format that is not read; the message says which.
    """
    check_readable(source.data)
    return read_text(source.data)
