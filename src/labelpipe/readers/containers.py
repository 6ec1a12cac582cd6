"""The documents in a file: the file itself, the members of an archive, or the records of a JSON file."""

from collections.abc import Iterator
from typing import IO

from labelpipe.errors import EmptySource, UnreadableSource, UnsupportedFormat
from labelpipe.model import Source, Unopened
from labelpipe.readers.archives import Member, members
from labelpipe.readers.openfda import open_records
from labelpipe.readers.sniff import HEAD_BYTES, ZIP_MARKS, may_be_json, sniff


def documents_in(stream: IO[bytes], path: str) -> Iterator[Source | Unopened]:
    """Yield the documents in a file in their order, one at a time, and what keeps one from being opened.

    Args:
        stream: a seekable file, open for reading.
        path: what it is called; what is in it has `!member` or `#record` behind that.
    """
    format_ = _format(stream.read(HEAD_BYTES))
    stream.seek(0)
    if format_ == "zip":
        yield from _in_archive(stream, path)
    elif format_ == "json":
        yield from open_records(stream, path)
    else:
        yield Source(path, stream.read())


def is_container(head: bytes) -> bool:
    """Whether a file that begins like this holds documents, instead of being one."""
    return head.startswith(ZIP_MARKS) or (may_be_json(head) and _format(head) == "json")


def _in_archive(stream: IO[bytes], path: str) -> Iterator[Source | Unopened]:
    found = False
    try:
        for member in members(stream, path):
            found = True
            yield from _in_member(member)
    except UnreadableSource as error:
        yield Unopened(path, error)
        return
    if not found:
        yield Unopened(path, EmptySource("the archive holds no document; check the step that made it"))


def _in_member(member: Member) -> Iterator[Source | Unopened]:
    try:
        with member.open() as stream:
            format_ = _format(stream.read(HEAD_BYTES))
        if format_ != "json":
            yield member.source()
            return
        with member.open() as stream:
            yield from open_records(stream, member.path)
    except UnreadableSource as error:
        yield Unopened(member.path, error)


def _format(head: bytes) -> str:
    try:
        return sniff(head)
    except UnsupportedFormat:
        return "unsupported"
