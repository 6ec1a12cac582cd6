"""What the machine can do at best with the same bytes and the same rows. Each floor runs as a program of its own:

    python tools/benchmark/floors.py read FOLDER      every byte read and hashed
    python tools/benchmark/floors.py write FOLDER     every row of a build's Parquet files written to Parquet again

Prints the seconds of wall and CPU time that the work took, the start of the interpreter left out.
"""

import hashlib
import json
import os
import sys
import time
from pathlib import Path

RUNS = 3


def read(folder: Path) -> tuple[float, float]:
    """Read and hash all files; the shortest of three runs, so that the files are in the machine's memory."""
    paths = sorted(os.path.join(folder, name) for name in os.listdir(folder))  # noqa: PTH118, PTH208 (a floor has no objects)
    best = (float("inf"), float("inf"))
    for _ in range(RUNS):
        wall, cpu = time.perf_counter(), time.process_time()
        for path in paths:
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123
                hashlib.sha256(file.read()).digest()
        best = min(best, (time.perf_counter() - wall, time.process_time() - cpu))
    return best


def write(folder: Path) -> tuple[float, float]:
    """Write the rows of each Parquet file anew, as Arrow does it; reading them is not counted."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    pa.set_cpu_count(1)
    seconds = cpu_seconds = 0.0
    for path in sorted(folder.glob("*.parquet")):
        given = pq.ParquetFile(path)
        copy = path.with_suffix(".floor")
        with pq.ParquetWriter(copy, given.schema_arrow, compression="zstd") as writer:
            for rows in given.iter_batches(batch_size=122_880, use_threads=False):
                wall, cpu = time.perf_counter(), time.process_time()
                writer.write_batch(rows)
                seconds += time.perf_counter() - wall
                cpu_seconds += time.process_time() - cpu
        copy.unlink()
    return seconds, cpu_seconds


if __name__ == "__main__":
    work = {"read": read, "write": write}[sys.argv[1]]
    print(json.dumps(work(Path(sys.argv[2]))))
