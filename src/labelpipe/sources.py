"""The documents of a batch: every one in the given files and folders, each content once, in a fixed order.

They are looked through twice, so that none has to be held: `find_documents` tells them by their ids, and
`open_documents` opens those again, one after the other.
"""

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from labelpipe.errors import LabelpipeError, UnreadableFile
from labelpipe.model import Source, Unopened
from labelpipe.readers.containers import documents_in


@dataclass(frozen=True, slots=True)
class Given:
    """A document as it was given: the file it is in, its path and id, and the other paths that hold the same bytes.

    `root` is the path of the file itself. What cannot be opened may have no id.
    """

    file: Path
    root: str
    path: str
    doc_id: str | None
    other_paths: tuple[str, ...] = ()


def find_documents(raw: Iterable[Path]) -> list[Given]:
    """Return every document under the paths, in the order of their files; the same bytes under several paths are one.

    Paths are relative to the folder that was given, with `!member` or `#record` behind them.

    Raises:
        LabelpipeError: one of the paths does not exist.
    """
    found: dict[str, Given] = {}
    others: dict[str, list[str]] = {}
    for root, file in sorted(_files(raw), key=lambda pair: (pair[0], str(pair[1]))):
        for opened in _open(file, root):
            doc_id = _id_of(opened, file, root)
            key = doc_id or f"{file} {opened.path}"
            if key in found:
                others.setdefault(key, []).append(opened.path)
            else:
                found[key] = Given(file, root, opened.path, doc_id)
    return [replace(given, other_paths=tuple(others.get(key, ()))) for key, given in found.items()]


def open_documents(given: Sequence[Given]) -> Iterator[tuple[Given, Source | Unopened]]:
    """Open documents again, as `find_documents` returned them; a file that holds many is read once, as a stream."""
    for (file, root), group in groupby(given, key=lambda one: (one.file, one.root)):
        wanted = {one.path: one for one in group}
        for opened in _open(file, root):
            if one := wanted.pop(opened.path, None):
                yield one, opened
        for one in wanted.values():
            yield one, Unopened(one.path, UnreadableFile("it was there and is gone; build again"))


def doc_id_of(sha256: str) -> str:
    """Return a document's id: the first 16 hex digits of the SHA-256 of its bytes."""
    return sha256[:16]


def _open(file: Path, root: str) -> Iterator[Source | Unopened]:
    """Yield the documents in a file, and what keeps it from being read; a path stands there once."""
    times: Counter[str] = Counter()
    try:
        with file.open("rb") as stream:
            for opened in documents_in(stream, root):
                times[opened.path] += 1
                again = times[opened.path]
                yield opened if again == 1 else replace(opened, path=f"{opened.path} ({again})")
    except OSError as error:
        yield Unopened(root, UnreadableFile(f"{error.strerror}; check the file"))


def _id_of(opened: Source | Unopened, file: Path, root: str) -> str | None:
    """Return the id; that of a whole file which cannot be opened is its bytes', too."""
    if isinstance(opened, Source):
        return doc_id_of(hashlib.sha256(opened.data).hexdigest())
    if opened.path != root:
        return None
    try:
        with file.open("rb") as stream:
            return doc_id_of(hashlib.file_digest(stream, "sha256").hexdigest())
    except OSError:
        return None


def _files(raw: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """Yield (path relative to the folder given, file); hidden files are not documents."""
    for root in raw:
        if root.is_dir():
            for file in root.rglob("*"):
                relative = file.relative_to(root)
                if _is_document(file) and not any(part.startswith(".") for part in relative.parts):
                    yield _printable(relative), file
        elif root.exists():
            yield _printable(Path(root.name)), root
        else:
            raise LabelpipeError(f"{root} does not exist; name a file or a folder of documents")


def _is_document(file: Path) -> bool:
    """Any file, and a link that leads nowhere too: it was meant to be one, and reading it will say why it is not."""
    return file.is_file() or (file.is_symlink() and not file.exists())


def _printable(path: Path) -> str:
    """Return a path as text that any file can hold, whatever bytes the file system allows in a name."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")
