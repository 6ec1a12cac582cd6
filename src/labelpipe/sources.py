"""The documents that are given: every one in the files and folders, in a fixed order, and how to open it again.

They are looked through twice, so that none has to be held: `find_documents` tells them by their ids, and
`open_documents` opens again those that are wanted, one after the other.
"""

import hashlib
import heapq
import io
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby, islice
from pathlib import Path
from typing import IO, NamedTuple

from labelpipe.errors import ConfigError, LabelpipeError, UnreadableFile
from labelpipe.model import Source, Unopened
from labelpipe.readers.containers import documents_in, is_container
from labelpipe.readers.sniff import HEAD_BYTES
from labelpipe.urls import AT_ONCE, fetch, fetch_all, find_files, is_url, open_url

CHUNK_BYTES = 1 << 20

_Parts = tuple[str, ...]


class Given(NamedTuple):
    """A document as it was given: the file it is in, and its path and id.

    `root` is the path of the file itself. What cannot be opened may have no id. `is_file` says that the document is
    the file, and not something in it.
    """

    file: str
    root: str
    path: str
    doc_id: str | None
    source_bytes: int
    is_file: bool

    def open(self) -> Source | Unopened:
        """Return the document; it reads the file up to it, so that this is for documents that are files."""
        found = next((opened for opened in _open(self.file, self.root) if opened.path == self.path), None)
        return found or _gone(self.path)


def check_apart(raw: Iterable[Path | str], output: Path) -> None:
    """Keep a build from reading what builds have written.

    Raises:
        ConfigError: the output folder is one of the folders given, or lies in one.
    """
    for root in raw:
        if isinstance(root, Path) and root.is_dir() and output.resolve().is_relative_to(root.resolve()):
            raise ConfigError(
                f"the output {output} lies in {root}: the next build would read it; choose another --output"
            )


def find_documents(raw: Iterable[Path | str]) -> Iterator[Given]:
    """Yield every document under the paths and URLs, in the order of their files; what is given twice is yielded twice.

    Paths are relative to the folder that was given, with `!member` or `#record` behind them.

    Raises:
        LabelpipeError: one of the paths does not exist.
    """
    roots = list(raw)
    for root in roots:
        if isinstance(root, Path) and not root.exists():
            raise LabelpipeError(f"{root} does not exist; name a file or a folder of documents")
    return _documents(roots)


def _documents(roots: list[Path | str]) -> Iterator[Given]:
    for parts, file, data in fetch_all(_files(roots)):
        root = _printable("/".join(parts))
        if hashed := _hash_of_document(file, data):
            yield Given(file, root, root, *hashed, True)
        else:
            for opened in _open(file, root, data):
                is_file = isinstance(opened, Source) and opened.path == root
                yield Given(file, root, opened.path, *_identity(opened, file, root), is_file)


def absolute(given: Given) -> Given:
    """Return a document with a path that holds in whatever folder another process was started."""
    return given if is_url(given.file) else given._replace(file=str(Path(given.file).absolute()))


def open_documents(given: Iterable[Given]) -> Iterator[tuple[Given, Source | Unopened | None]]:
    """Open documents again, in their order; a file that holds many is read once, as a stream.

    A document that is a file is left to whoever needs it: there is None in its place. Those at URLs are fetched.
    """
    for far, group in groupby(given, key=lambda one: one.is_file and is_url(one.file)):
        opened = _fetched if far else _opened
        yield from opened(group)


def _fetched(given: Iterator[Given]) -> Iterator[tuple[Given, Source | None]]:
    while some := list(islice(given, AT_ONCE)):
        found = fetch([one.file for one in some], [one.source_bytes for one in some])
        for one, data in zip(some, found, strict=True):
            yield one, None if data is None else Source(one.path, data)


def _opened(given: Iterator[Given]) -> Iterator[tuple[Given, Source | Unopened | None]]:
    for (file, root), group in groupby(given, key=lambda one: (one.file, one.root)):
        wanted = iter(group)
        one = next(wanted)
        if one.is_file:
            yield from ((whole, None) for whole in (one, *wanted))
            continue
        yield from _in_container(file, root, one, wanted)


def doc_id_of(sha256: str) -> str:
    """Return a document's id: the first 16 hex digits of the SHA-256 of its bytes."""
    return sha256[:16]


def _in_container(
    file: str, root: str, first: Given, others: Iterator[Given]
) -> Iterator[tuple[Given, Source | Unopened]]:
    """Walk through a container and through what is wanted of it, which stand in the same order."""
    wanted: Given | None = first
    for opened in _open(file, root):
        if wanted is None:
            return
        if opened.path == wanted.path:
            yield wanted, opened
            wanted = next(others, None)
    while wanted is not None:
        yield wanted, _gone(wanted.path)
        wanted = next(others, None)


def _open(file: str, root: str, data: bytes | None = None) -> Iterator[Source | Unopened]:
    """Yield the documents in a file, and what keeps it from being read; a path stands there once."""
    times: Counter[str] = Counter()
    try:
        with _stream(file, data) as stream:
            for opened in documents_in(stream, root):
                times[opened.path] += 1
                again = times[opened.path]
                yield opened if again == 1 else replace(opened, path=f"{opened.path} ({again})")
    except OSError as error:
        yield Unopened(root, UnreadableFile(f"{error.strerror or error}; check the file"))


def _stream(file: str, data: bytes | None = None, buffering: int = -1) -> IO[bytes]:
    """Open a file; `data` is what is in it, where that has been fetched."""
    if data is not None:
        return io.BytesIO(data)
    if is_url(file):
        return open_url(file)
    return open(file, "rb", buffering)  # noqa: PTH123 (a path object for each of a million files is the slower half)


def _hash_of_document(file: str, data: bytes | None = None) -> tuple[str, int] | None:
    """Return id and size of a file that is a document itself, however long it is; None for all others."""
    try:
        with _stream(file, data, buffering=0) as stream:
            head = stream.read(HEAD_BYTES)
            if is_container(head):
                return None
            return _hash(stream, head)
    except OSError:
        return None


def _hash(stream: IO[bytes], head: bytes) -> tuple[str, int]:
    """Return id and size of what begins with `head` and goes on with the stream."""
    sha256, size = hashlib.sha256(head), len(head)
    while chunk := stream.read(CHUNK_BYTES):
        sha256.update(chunk)
        size += len(chunk)
    return doc_id_of(sha256.hexdigest()), size


def _gone(path: str) -> Unopened:
    return Unopened(path, UnreadableFile("it was there and is gone; build again"))


def _identity(opened: Source | Unopened, file: str, root: str) -> tuple[str | None, int]:
    """Return id and size; those of a whole file which cannot be opened are its bytes', too."""
    if isinstance(opened, Source):
        return doc_id_of(hashlib.sha256(opened.data).hexdigest()), len(opened.data)
    if opened.path != root:
        return None, 0
    try:
        with _stream(file) as stream:
            return _hash(stream, b"")
    except OSError:
        return None, 0


def _files(roots: list[Path | str]) -> Iterator[tuple[_Parts, str]]:
    """Yield (path relative to the folder given, file), in order; hidden files are not documents."""
    return heapq.merge(*map(_files_of, roots))


def _files_of(root: Path | str) -> Iterable[tuple[_Parts, str]]:
    if isinstance(root, str):
        return find_files(root)
    return _walk(str(root), ()) if root.is_dir() else [((root.name,), str(root))]


def _walk(folder: str, above: _Parts) -> Iterator[tuple[_Parts, str]]:
    """Yield the files of a folder and of those in it. Any file counts, and a link that leads nowhere too:

    it was meant to be a document, and reading it will say why it is none. Links to folders are not followed.
    """
    try:
        found = os.scandir(folder)
    except OSError:
        yield above, folder  # reading it will say why it cannot be read
        return
    with found:
        entries = sorted((entry for entry in found if not entry.name.startswith(".")), key=lambda entry: entry.name)
    for entry in entries:
        parts = (*above, entry.name)
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, parts)
        elif _may_be_opened(entry):
            yield parts, entry.path


def _printable(path: str) -> str:
    """Return a path as text that any file can hold, whatever bytes the file system allows in a name."""
    return path if path.isascii() else os.fsencode(path).decode("utf-8", "backslashreplace")


def _may_be_opened(entry: os.DirEntry[str]) -> bool:
    """Whether it is a file, or a link that leads nowhere or in a circle: to open that fails, and a reject says so."""
    try:
        return entry.is_file() or (entry.is_symlink() and not Path(entry.path).exists())
    except OSError:
        return True
