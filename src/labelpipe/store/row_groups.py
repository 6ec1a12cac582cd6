"""A Parquet file put together of row groups, some of them copied out of another file as they are.

A row group is a run of bytes, and what the footer says of it, with the places of its columns in the file. Put somewhere
else, the bytes stay and the places move. https://parquet.apache.org/docs/file-format/metadata/
"""

import io
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Any, NamedTuple

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
_STATISTICS, _MIN_VALUE = 12, 6
"""Fields of its ColumnMetaData, and of the Statistics in it."""


class RowGroup(NamedTuple):
    """A row group of a file: what its footer says of it, and where its bytes are."""

    file: IO[bytes]
    told: Struct
    start: int
    end: int

    @property
    def n_rows(self) -> int:
        """Return how many rows it has."""
        return int(self.told[_GROUP_ROWS][1])

    @property
    def lowest(self) -> bytes:
        """Return the lowest value of its first column, as the file's statistics say."""
        statistics = _columns(self.told)[0][_COLUMN_METADATA][1][_STATISTICS][1]
        return bytes(statistics[_MIN_VALUE][1])

    def read(self) -> bytes:
        """Return its bytes."""
        self.file.seek(self.start)
        return self.file.read(self.end - self.start)


class GroupsFile:
    """A Parquet file that is read row group by row group, without decoding any."""

    def __init__(self, data: bytes | Path) -> None:
        file: IO[bytes] = io.BytesIO(data) if isinstance(data, bytes) else data.open("rb")
        file.seek(-_LENGTH_BYTES - len(MAGIC), io.SEEK_END)
        footer_end = file.tell()
        length = int.from_bytes(file.read(_LENGTH_BYTES), "little")
        file.seek(footer_end - length)
        self.footer = read_struct(file.read(length))
        self.n_rows = int(self.footer[_N_ROWS][1])
        told = self.footer[_ROW_GROUPS][1][1]
        starts = [*map(_start, told), footer_end - length]
        self.groups = [RowGroup(file, one, starts[at], starts[at + 1]) for at, one in enumerate(told)]


class GroupsWriter:
    """A Parquet file that is written row group by row group; leaving the context writes its footer."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._file = path.open("wb")
        self._file.write(MAGIC)
        self._footer: Struct | None = None
        self._told: list[Struct] = []
        self._n_rows = 0
        self._schema = schema

    def __enter__(self) -> "GroupsWriter":
        return self

    def write(self, table: pa.Table) -> None:
        """Write rows as one row group."""
        encoded = GroupsFile(encode(table))
        self._footer = encoded.footer
        for group in encoded.groups:
            self.copy(group)

    def copy(self, group: RowGroup) -> None:
        """Write a row group of another file."""
        moved = _moved(group.told, self._file.tell() - group.start)
        self._told.append(_with(moved, _ORDINAL, len(self._told)))
        self._n_rows += group.n_rows
        self._file.write(group.read())

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if kind is None:
            footer = self._footer or GroupsFile(encode(self._schema.empty_table())).footer
            groups = (LIST, (STRUCT, self._told))
            written = write_struct(_with({**footer, _ROW_GROUPS: groups}, _N_ROWS, self._n_rows))
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
