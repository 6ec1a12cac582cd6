"""From Python: documents without a build, and builds."""

import io
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from os import PathLike
from pathlib import Path

from labelpipe.errors import UnreadableSource, UnsupportedFormat
from labelpipe.model import Label, Source, Unopened
from labelpipe.pipeline import SETTINGS, parse_source
from labelpipe.pipeline import build as build_release
from labelpipe.readers.containers import documents_in
from labelpipe.runs import Summary
from labelpipe.settings import Settings
from labelpipe.urls import is_url

Name = str | PathLike[str]
Document = Name | bytes


def parse(document: Document) -> Label:
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
        with _naming(document):
            _checked(another)
            raise UnsupportedFormat("it holds several documents; labelpipe.parse_all parses each")
    return _parse(document, source)


def parse_all(document: Document) -> Iterator[Label]:
    """Parse every document in a file, one after the other: the members of a zip, the records of a JSON file.

    Raises:
        UnreadableSource: one of them cannot be read; those before it have been yielded.
        OSError: the file cannot be opened.
    """
    return (_parse(document, found) for found in _open(document))


def build(raw: Name | Iterable[Name], output: Name, settings: Settings = SETTINGS) -> Summary:
    """Build every document under `raw`, one or several paths or URLs, publish the result, and say how it went.

    What `labelpipe build` does; `Settings(report=True)` writes the report too.

    Raises:
        LabelpipeError: nothing is published, and the last good build stands; `pipeline.build` says what can be wrong.
    """
    roots = [raw] if isinstance(raw, str | PathLike) else raw
    named = [str(root) if is_url(str(root)) else Path(root) for root in roots]
    return build_release(named, Path(output), settings)


def _parse(document: Document, found: Source | Unopened) -> Label:
    with _naming(document, found):
        return parse_source(_checked(found))


@contextmanager
def _naming(document: Document, found: Source | Unopened | None = None) -> Iterator[None]:
    """Name the file in what goes wrong with it, and the document where it holds several; bytes have no name."""
    try:
        yield
    except UnreadableSource as error:
        if not isinstance(document, bytes):
            path = Path(document).parent / found.path if found else Path(document)
            error.args = (f"{path}: {error}", *error.args[1:])
        raise


def _open(document: Document) -> Generator[Source | Unopened]:
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
