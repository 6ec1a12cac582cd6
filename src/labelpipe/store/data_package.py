"""What describes a release to other people's tools: datapackage.json, with the size, hash and rows of each file."""

import hashlib
import json
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq

from labelpipe.contract import TABLES
from labelpipe.contract.data_package import ParquetFile, data_package

DATA_PACKAGE_NAME = "datapackage.json"


def write_data_package(folder: Path) -> dict[str, str]:
    """Describe the Parquet files that stand in `folder`/parquet, and return their hashes; paths are relative to it."""
    files = {table: _measure(folder / "parquet" / f"{table}.parquet") for table in TABLES}
    words = json.dumps(data_package(files), indent=2, ensure_ascii=False)
    (folder / DATA_PACKAGE_NAME).write_text(words + "\n", encoding="utf-8")
    return {f"parquet/{table}.parquet": file.sha256 for table, file in files.items()}


def _measure(path: Path) -> ParquetFile:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    footer = pq.read_metadata(path)
    return ParquetFile(path.stat().st_size, digest, footer.num_rows, _empty_columns(footer))


def _empty_columns(footer: pq.FileMetaData) -> frozenset[str]:
    """Return the columns that are NULL in every row, as the statistics in the file's footer say."""
    n_nulls: Counter[str] = Counter()
    for group in range(footer.num_row_groups):
        for column in range(footer.num_columns):
            chunk = footer.row_group(group).column(column)
            if chunk.statistics is not None and chunk.statistics.has_null_count:
                n_nulls[chunk.path_in_schema] += chunk.statistics.null_count
    return frozenset(name for name, count in n_nulls.items() if count == footer.num_rows)
