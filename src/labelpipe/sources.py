"""The documents of a batch: every file under the given folders, each content once, in a fixed order."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from labelpipe.errors import LabelpipeError
from labelpipe.model import Source


@dataclass(frozen=True, slots=True)
class Given:
    """A document as it was given: where its file is, its id, and the other paths that hold the same bytes."""

    file: Path
    path: str
    doc_id: str | None
    other_paths: tuple[str, ...] = ()

    def source(self) -> Source:
        """Read the file."""
        return Source(self.path, self.file.read_bytes())


def find_documents(raw: Iterable[Path]) -> list[Given]:
    """Return every document under the paths, sorted by path; the same bytes under several paths are one.

    Paths are relative to the folder that was given. A file that cannot be read has no id.

    Raises:
        LabelpipeError: one of the paths does not exist.
    """
    first: dict[str, tuple[Path, str]] = {}
    others: dict[str, list[str]] = {}
    unreadable: list[Given] = []
    for path, file in sorted(_files(raw), key=lambda pair: (pair[0], str(pair[1]))):
        doc_id = _hash(file)
        if doc_id is None:
            unreadable.append(Given(file, path, None))
        elif doc_id in first:
            others.setdefault(doc_id, []).append(path)
        else:
            first[doc_id] = (file, path)
    found = [Given(file, path, doc_id, tuple(others.get(doc_id, ()))) for doc_id, (file, path) in first.items()]
    return sorted([*found, *unreadable], key=lambda given: given.path)


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


def _hash(file: Path) -> str | None:
    try:
        with file.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()[:16]
    except OSError:
        return None
