"""Rows on their way into a build: each batch leaves a Parquet file a table, and a mark once all of them are there.

parts/<table>/<batch>.parquet
parts/.done/<batch>.json        what became of the batch, and the CRC-32 of each of its files
parts/.key                      what the parts depend on besides the documents

Parts are not forced to the disk: what a power cut leaves of a file is not what its checksum says, and is parsed again.
"""

import json
import shutil
import zlib
from collections.abc import Container, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from labelpipe.sql import quoted

_DONE = ".done"


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a build, in their folder."""

    folder: Path

    def write(self, batch: str, tables: Mapping[str, pa.Table], manifest: Mapping[str, Any] | None = None) -> None:
        """Write a batch's tables; where it was written before, by a worker that died, it is written over."""
        checksums = {}
        for name, table in tables.items():
            if len(table):
                path = self.of(name) / f"{batch}.parquet"
                path.parent.mkdir(parents=True, exist_ok=True)
                fresh = path.with_suffix(".new")
                encoded = pa.BufferOutputStream()
                pq.write_table(table, encoded, compression="lz4")
                fresh.write_bytes(encoded.getvalue())
                checksums[name] = zlib.crc32(encoded.getvalue())
                fresh.replace(path)
        _write(self._mark(batch), json.dumps({"checksums": checksums, "manifest": manifest}))

    def manifest(self, batch: str) -> Mapping[str, Any] | None:
        """Return what became of a batch, or None where it has not been done."""
        mark = self._mark(batch)
        found: Mapping[str, Any] | None = json.loads(mark.read_text("utf-8"))["manifest"] if mark.exists() else None
        return found

    def of(self, table: str) -> Path:
        """Return the folder of a table's parts."""
        return self.folder / table

    def rows(self, table: str, with_batch: bool = False) -> str | None:
        """Return the rows of a table, with the batch each is of, as a FROM clause; None where there are none."""
        if not any(self.of(table).glob("*.parquet")):
            return None
        files = quoted(str(self.of(table) / "*.parquet"))
        if not with_batch:
            return f"read_parquet({files})"
        batch = "parse_filename(filename, true) AS batch"
        return f"(SELECT * EXCLUDE (filename), {batch} FROM read_parquet({files}, filename = true))"

    def adopt(self, left: Path, key: str) -> None:
        """Take over what a build has left that did not end, if it depends on the same; no half a batch stays."""
        mine = left / ".key"
        if mine.is_file() and mine.read_text(encoding="utf-8") == key:
            left.rename(self.folder)
        else:
            shutil.rmtree(left, ignore_errors=True)
        self.set_key(key)
        self.prune()

    def set_key(self, key: str) -> None:
        """Write down what the parts depend on."""
        _write(self.folder / ".key", key)

    def prune(self) -> None:
        """Remove what batches have left that were not done, or whose files are not as they were written."""
        whole = {mark.stem for mark in (self.folder / _DONE).glob("*.json") if self._is_whole(mark)}
        for path in self.folder.glob("*/*"):
            if path.stem not in whole or path.suffix == ".new":
                path.unlink()

    def take(self, other: Path) -> None:
        """Take over the parts in another folder of the same disk; the marks come last."""
        found = (path for path in other.rglob("*") if path.is_file())
        for path in sorted(found, key=lambda path: path.parent.name == _DONE):
            mine = self.folder / path.relative_to(other)
            mine.parent.mkdir(parents=True, exist_ok=True)
            path.replace(mine)

    def forget(self, batches: Container[str]) -> None:
        """Remove batches."""
        for path in (*self.folder.glob(f"{_DONE}/*"), *self.folder.glob("*/*.parquet")):
            if path.stem in batches:
                path.unlink()

    def remove(self) -> None:
        """Remove everything."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _is_whole(self, mark: Path) -> bool:
        """Whether every file of a batch is as its mark says; a mark that is no JSON says nothing."""
        try:
            checksums: dict[str, int] = json.loads(mark.read_text("utf-8"))["checksums"]
        except (ValueError, KeyError):
            return False
        return all(_crc(self.of(name) / f"{mark.stem}.parquet") == checksum for name, checksum in checksums.items())

    def _mark(self, batch: str) -> Path:
        return self.folder / _DONE / f"{batch}.json"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


def _crc(path: Path) -> int | None:
    return zlib.crc32(path.read_bytes()) if path.is_file() else None
