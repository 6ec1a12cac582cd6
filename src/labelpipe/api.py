"""One document at a time, from Python."""

from os import PathLike
from pathlib import Path

from labelpipe.model import Label, Source
from labelpipe.pipeline import parse_source


def parse(document: str | PathLike[str] | bytes) -> Label:
    """Parse one document: a path, or its bytes.

    Raises:
        UnreadableSource: the bytes are no document that is read; the message says what they are.
        OSError: the file cannot be opened.
    """
    if isinstance(document, bytes):
        return parse_source(Source("document", document))
    path = Path(document)
    return parse_source(Source(path.name, path.read_bytes()))
