"""Documents inside zip files, and inside zips in zips, as DailyMed releases them: read from memory, never unpacked.

A hostile archive ends in a reject: what may come out of it is limited by what went in.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from labelpipe.errors import UnreadableSource, UnsafeArchive, UnsupportedFormat
from labelpipe.model import Source
from labelpipe.readers.sniff import ZIP_MARKS

MAX_DEPTH = 3
"""A release is a zip of zips; one more for who zipped that."""

MAX_RATIO, FREE_BYTES = 100, 64 << 20
"""What an archive may expand to: so many times its size, and so much on top. Labels shrink to a tenth, not below."""

MAX_DOCUMENT_BYTES = 256 << 20
"""A longer member has to be read as a stream; a zip inside a zip cannot be longer."""

MAX_MEMBERS = 1_000_000

_CHUNK = 1 << 20
_OFFICE_MARK = "[Content_Types].xml"
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_TROUBLE = (zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError)


@dataclass(slots=True)
class _Budget:
    """How many bytes may still come out of the outermost archive, and how many members may be opened."""

    left: int
    members: int = MAX_MEMBERS

    def take(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise UnsafeArchive(f"the archive expands to more than {MAX_RATIO} times its size; it was not read further")


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive. `path` is `outer.zip!inner.zip!file.xml`; `trouble` says why it cannot be opened."""

    path: str
    size: int
    _archive: zipfile.ZipFile | None
    _info: zipfile.ZipInfo | None
    _budget: _Budget
    trouble: UnreadableSource | None = None

    def open(self) -> "MemberStream":
        """Return the member as a stream of bytes, for formats that are read record by record.

        Raises:
            UnreadableSource: it is locked, or packed in a way that cannot be read.
        """
        if self.trouble or self._archive is None or self._info is None:
            raise self.trouble or UnsafeArchive(f"{self.path} cannot be opened")
        try:
            return MemberStream(self._archive.open(self._info), self._budget)
        except _TROUBLE as error:
            raise UnsafeArchive(f"it cannot be unpacked ({error}); fetch the archive again") from error

    def source(self) -> Source:
        """Return the member with its bytes.

        Raises:
            UnreadableSource: it is damaged or locked, too long, or the archive expands beyond its limit.
        """
        with self.open() as stream:
            data = stream.read(MAX_DOCUMENT_BYTES + 1)
        if len(data) > MAX_DOCUMENT_BYTES:
            raise UnsafeArchive(f"it is longer than {MAX_DOCUMENT_BYTES >> 20} MB, which no document is")
        return Source(self.path, data)


class MemberStream(io.RawIOBase):
    """The bytes of a member, counted against what the archive may expand to."""

    def __init__(self, packed: IO[bytes], budget: _Budget) -> None:
        self._packed, self._budget = packed, budget

    def readable(self) -> bool:
        """It is."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Return up to `size` bytes, all of them where it is negative."""
        chunks: list[bytes] = []
        left = size if size >= 0 else 1 << 62
        while left > 0 and (chunk := self._chunk(min(left, _CHUNK))):
            chunks.append(chunk)
            left -= len(chunk)
        return b"".join(chunks)

    def _chunk(self, size: int) -> bytes:
        try:
            chunk = self._packed.read(size)
        except Exception as error:  # zlib, lzma and bz2 each raise errors of their own
            raise UnsafeArchive(f"it cannot be unpacked ({error}); fetch the archive again") from error
        self._budget.take(len(chunk))
        return chunk

    def close(self) -> None:
        """Close the packed stream."""
        self._packed.close()
        super().close()


def members(archive: IO[bytes], path: str) -> Iterator[Member]:
    """Yield the documents of an archive in its order, those of inner archives in their place; pictures are passed over.

    A member has to be read before the next one is asked for. One that cannot be read is yielded with its trouble, and
    the others follow.

    Args:
        archive: a seekable file, open for reading.
        path: what the archive is called in the paths of its members.

    Raises:
        UnsafeArchive: the file is no zip archive or a broken one, or it expands beyond its limit.
    """
    size = archive.seek(0, io.SEEK_END)
    archive.seek(0)
    yield from _walk(archive, path, _Budget(MAX_RATIO * size + FREE_BYTES), 1)


def _walk(file: IO[bytes], path: str, budget: _Budget, depth: int) -> Iterator[Member]:
    try:
        archive = zipfile.ZipFile(file)
    except _TROUBLE as error:
        raise UnsafeArchive(f"{path} is no zip archive that can be read ({error}); fetch it again") from error
    with archive:
        if _OFFICE_MARK in archive.NameToInfo:
            raise UnsupportedFormat(
                "this is an Office document (.docx, .xlsx), which is not read; extract its text first"
            )
        for info in archive.infolist():
            if not info.is_dir() and not info.filename.startswith("__MACOSX/"):
                budget.members -= 1
                if budget.members < 0:
                    raise UnsafeArchive(f"{path} holds more than {MAX_MEMBERS} files; it was not read further")
                yield from _member(Member(f"{path}!{info.filename}", info.file_size, archive, info, budget), depth)


def _member(member: Member, depth: int) -> Iterator[Member]:
    """Yield the member, or what is in it; nothing for a picture."""
    try:
        with member.open() as stream:
            head = stream.read(len(ZIP_MARKS[0]))
        if head.startswith(_PICTURES):
            return
        if not head.startswith(ZIP_MARKS):
            yield member
            return
        if depth == MAX_DEPTH:
            raise UnsafeArchive(f"archives are nested more than {MAX_DEPTH} deep")
        inner = io.BytesIO(member.source().data)
    except UnreadableSource as error:
        if member._budget.left < 0:
            raise
        yield Member(member.path, member.size, None, None, member._budget, error)
        return
    try:
        yield from _walk(inner, member.path, member._budget, depth + 1)
    except UnreadableSource as error:
        if member._budget.left < 0:
            raise
        yield Member(member.path, member.size, None, None, member._budget, error)
