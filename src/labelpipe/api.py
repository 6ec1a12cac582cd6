"""Documents from Python, without a build."""

import io
from collections.abc import Generator, Iterator
from contextlib import closing
from os import PathLike
from pathlib import Path

from labelpipe.errors import UnsupportedFormat
from labelpipe.model import Label, Source, Unopened
from labelpipe.pipeline import parse_source
from labelpipe.readers.containers import documents_in


def parse(document: str | PathLike[str] | bytes) -> Label:
    """Parse one document: a path, or its bytes.

    Raises:
        UnreadableSource: the bytes are no document that is read; the message says what they are.
        UnsupportedFormat: they hold several; `parse_all` parses each.
        OSError: the file cannot be opened.
    """
    with closing(_open(document)) as found:
        source = next(found)
        another = next(found, None)
    if another is not None:
        _checked(another)
        raise UnsupportedFormat("it holds several documents; labelpipe.parse_all parses each")
    return parse_source(_checked(source))


def parse_all(document: str | PathLike[str] | bytes) -> Iterator[Label]:
    """Parse every document in a file, one after the other: the members of a zip, the records of a JSON file.

    Raises:
        UnreadableSource: one of them cannot be read; those before it have been yielded.
        OSError: the file cannot be opened.
    """
    return (parse_source(_checked(found)) for found in _open(document))


def _open(document: str | PathLike[str] | bytes) -> Generator[Source | Unopened]:
    if isinstance(document, bytes):
        yield from documents_in(io.BytesIO(document), "document")
        return
    path = Path(document)
    with path.open("rb") as stream:
        yield from documents_in(stream, path.name)


def _checked(found: Source | Unopened) -> Source:
    if isinstance(found, Unopened):
        raise found.error
    return found
