"""A Parquet file put together of row groups, some of them copied out of another file as they are.

A row group is a run of bytes, and what the footer says of it, with the places of its columns in the file. Put somewhere
else, the bytes stay and the places move. https://parquet.apache.org/docs/file-format/metadata/
"""

import io
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from labelpipe.store.thrift import LIST, STRUCT, Struct, read_struct, write_struct

MAGIC = b"PAR1"
_LENGTH_BYTES = 4

_N_ROWS, _ROW_GROUPS = 3, 4
"""Fields of a file's FileMetaData."""
_COLUMNS, _GROUP_ROWS, _GROUP_OFFSET, _ORDINAL = 1, 3, 5, 7
"""Fields of a RowGroup."""
_COLUMN_OFFSETS, _COLUMN_METADATA = (2, 4, 6), 3
"""Fields of a ColumnChunk."""
_PAGE_OFFSETS = (9, 10, 11, 14)
"""Fields of its ColumnMetaData."""


class RowGroup(NamedTuple):
    """A row group of a file: what its footer says of it, and where its bytes are."""

    told: Struct
    start: int
    end: int


class GroupsFile:
    """A Parquet file that is read row group by row group, without decoding any."""

    def __init__(self, data: bytes | Path) -> None:
        self._file = io.BytesIO(data) if isinstance(data, bytes) else data.open("rb")
        self._file.seek(-_LENGTH_BYTES - len(MAGIC), io.SEEK_END)
        footer_end = self._file.tell()
        length = int.from_bytes(self._file.read(_LENGTH_BYTES), "little")
        self._file.seek(footer_end - length)
        self.footer = read_struct(self._file.read(length))
        told = self.footer[_ROW_GROUPS][1][1]
        starts = [*map(_start, told), footer_end - length]
        self.groups = [RowGroup(one, starts[at], starts[at + 1]) for at, one in enumerate(told)]

    def bytes_of(self, group: RowGroup) -> bytes:
        """Return the bytes of a row group."""
        self._file.seek(group.start)
        return self._file.read(group.end - group.start)

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class GroupsWriter:
    """A Parquet file that is written row group by row group; leaving the context writes its footer."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._file = path.open("wb")
        self._file.write(MAGIC)
        self._footer = GroupsFile(encode(schema.empty_table())).footer
        self._told: list[Struct] = []
        self._schema = schema

    def __enter__(self) -> "GroupsWriter":
        return self

    def write(self, table: pa.Table) -> None:
        """Write rows as one row group."""
        encoded = GroupsFile(encode(table))
        for group in encoded.groups:
            self.copy(encoded, group)

    def copy(self, file: GroupsFile, group: RowGroup) -> None:
        """Write a row group of another file."""
        moved = _moved(group.told, self._file.tell() - group.start)
        self._told.append(_with(moved, _ORDINAL, len(self._told)))
        self._file.write(file.bytes_of(group))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if kind is None:
            n_rows = sum(told[_GROUP_ROWS][1] for told in self._told)
            footer = _with(self._footer, _N_ROWS, n_rows)
            written = write_struct({**footer, _ROW_GROUPS: (LIST, (STRUCT, self._told))})
            self._file.write(written + len(written).to_bytes(_LENGTH_BYTES, "little") + MAGIC)
        self._file.close()


def encode(table: pa.Table) -> bytes:
    """Return rows as a Parquet file of one row group, or of none: the same bytes for the same rows."""
    sink = io.BytesIO()
    with pq.ParquetWriter(sink, table.schema, compression="zstd") as writer:
        if len(table):
            writer.write_table(table.combine_chunks(), row_group_size=len(table))
    return sink.getvalue()


def _start(told: Struct) -> int:
    """Return where the bytes of a row group begin: at the first page of its columns."""
    return min(offset for column in _columns(told) for offset in _pages(column[_COLUMN_METADATA][1]))


def _columns(told: Struct) -> list[Struct]:
    columns: list[Struct] = told[_COLUMNS][1][1]
    return columns


def _pages(metadata: Struct) -> Iterator[int]:
    return (metadata[number][1] for number in _PAGE_OFFSETS if number in metadata and metadata[number][1] > 0)


def _moved(told: Struct, by: int) -> Struct:
    """Return what is said of a row group that stands so many bytes further on."""
    columns = []
    for column in _columns(told):
        metadata = _shift(column[_COLUMN_METADATA][1], _PAGE_OFFSETS, by)
        columns.append(_with(_shift(column, _COLUMN_OFFSETS, by), _COLUMN_METADATA, metadata))
    return _with(_shift(told, (_GROUP_OFFSET,), by), _COLUMNS, (STRUCT, columns))


def _shift(struct: Struct, numbers: tuple[int, ...], by: int) -> Struct:
    """Return the struct with offsets moved; one that is 0 says nothing."""
    shifted = dict(struct)
    for number in numbers:
        if number in struct and struct[number][1]:
            shifted[number] = (struct[number][0], struct[number][1] + by)
    return shifted


def _with(struct: Struct, number: int, value: Any) -> Struct:
    """Return the struct with another value in one of the fields that it has."""
    return {**struct, number: (struct[number][0], value)} if number in struct else struct
