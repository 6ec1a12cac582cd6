"""Rows on their way into a build: each batch leaves a Parquet file a table, and a mark once all of them are there.

parts/<table>/<batch>.parquet
parts/.done/<batch>.json        the size of each of the batch's files
"""

import json
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

_DONE = ".done"


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a build, in their folder."""

    folder: Path

    def write(self, batch: str, tables: dict[str, pa.Table]) -> None:
        """Write a batch's tables; where it was written before, by a worker that died, it is written over."""
        sizes = {}
        for name, table in tables.items():
            if len(table):
                path = self.of(name) / f"{batch}.parquet"
                path.parent.mkdir(parents=True, exist_ok=True)
                fresh = path.with_suffix(".new")
                pq.write_table(table, fresh, compression="lz4")
                sizes[name] = fresh.stat().st_size
                fresh.replace(path)
        self._mark(batch, sizes)

    def of(self, table: str) -> Path:
        """Return the folder of a table's parts."""
        return self.folder / table

    def has(self, table: str) -> bool:
        """Whether any batch has rows of a table."""
        return any(self.of(table).glob("*.parquet"))

    def _mark(self, batch: str, sizes: dict[str, int]) -> None:
        done = self.folder / _DONE / f"{batch}.json"
        done.parent.mkdir(parents=True, exist_ok=True)
        fresh = done.with_suffix(".new")
        fresh.write_text(json.dumps(sizes), encoding="utf-8")
        fresh.replace(done)
