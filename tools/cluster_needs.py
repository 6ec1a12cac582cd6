"""What a million and a hundred million documents need, worked out from what a small cluster was measured to take.

    python tools/cluster_needs.py                   # print it, from docs/cluster.json
    python tools/cluster_needs.py --measure 2000    # measure so many documents of 20 kB here, into docs/cluster.json

Measured are CPU seconds and bytes for each document, with a scheduler and two workers in processes of their own; other
work on the machine hardly changes those. What follows for other numbers of documents is multiplication.
"""

import argparse
import json
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import psutil
from benchmark.documents import REPOSITORY, make_documents
from distributed import Client

from labelpipe.batches import share_out
from labelpipe.engines.local import IN_FLIGHT
from labelpipe.exports.dataset import publish_dataset
from labelpipe.pipeline import build
from labelpipe.settings import Settings
from labelpipe.sources import find_documents
from labelpipe.watching import Watcher

KEPT = REPOSITORY / "docs" / "cluster.json"
SIZES = (1_000_000, 100_000_000)
CORES = 16
"""Of a machine that parses."""
N_MACHINES = {1_000_000: 4, 100_000_000: 100}
BUILD_DOCUMENTS = 1_000_000
"""Documents of one build; what is more is many builds in one dataset."""
N_WORKERS = 2
N_TASKS = 500
"""Pieces of work that the scheduler is given without any work, to measure what passing one on takes."""


class Stages(Watcher):
    """Takes down this process's CPU time at the beginning of each stage, and how much the workers have left."""

    def __init__(self, output: Path) -> None:
        self.output, self.begun, self.parts_bytes = output, [("", time.process_time())], 0

    def stage(self, name: str) -> None:
        """Take the time; before the parts are loaded, how much there is of them."""
        self.begun.append((name, time.process_time()))
        if name == "assemble":
            self.parts_bytes = _size(next((self.output / "releases").glob("*/parts")))

    def seconds(self) -> dict[str, float]:
        """Return the CPU seconds of each stage so far."""
        ends = [*self.begun[1:], ("", time.process_time())]
        return {name: round(end - start, 3) for (name, start), (_, end) in pairwise(ends)}


@contextmanager
def program(name: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run `dask scheduler` or `dask worker` as a process of its own."""
    code = f"from distributed.cli.dask_{name} import main; main()"
    command = [sys.executable, "-c", code, *arguments, "--no-dashboard"]
    log = subprocess.PIPE if name == "scheduler" else subprocess.DEVNULL
    with subprocess.Popen(command, stderr=log, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def measure(count: int, folder: Path) -> dict[str, float]:
    """Build so many documents on a cluster, and return what that took."""
    (folder / "raw").mkdir()
    make_documents(folder / "raw", count, distinct=True)
    output = folder / "out"
    stages = Stages(output)
    with program("scheduler", "--host", "127.0.0.1", "--port", "0") as scheduler:
        assert scheduler.stderr
        address = next(line for line in scheduler.stderr if "Scheduler at:" in line).split()[-1]
        worker = (address, "--nthreads", "1", "--no-nanny")
        with program("worker", *worker) as one, program("worker", *worker) as two, Client(address) as client:
            client.wait_for_workers(N_WORKERS)
            build([folder / "raw"], output, Settings(scheduler=address), stages)
            stage_seconds = stages.seconds()
            worker_seconds = _cpu(one.pid) + _cpu(two.pid)
            pieces = [pickle.dumps(piece) for piece in share_out(find_documents([folder / "raw"]))]
            before = _cpu(scheduler.pid)
            client.gather([client.submit(len, max(pieces, key=len), pure=False) for _ in range(N_TASKS)])
            scheduler_seconds = _cpu(scheduler.pid) - before
            scheduler_mb = psutil.Process(scheduler.pid).memory_info().rss / 1e6
    start = time.process_time()
    publish_dataset(output, str(folder / "dataset"), "all")
    return {
        "documents": count,
        "source_bytes": _size(folder / "raw"),
        "pieces": len(pieces),
        "piece_bytes": sum(map(len, pieces)),
        "worker_cpu_seconds": round(worker_seconds, 3),
        "scheduler_cpu_seconds": round(scheduler_seconds / N_TASKS * len(pieces), 4),
        "scheduler_mb": round(scheduler_mb, 1),
        **{f"builder_{name}_cpu_seconds": seconds for name, seconds in stage_seconds.items() if name},
        "builder_peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3, 1),
        "parts_bytes": stages.parts_bytes,
        "database_bytes": (output / "labels.duckdb").stat().st_size,
        "parquet_bytes": _size((output / "parquet").resolve()),
        "dataset_cpu_seconds": round(time.process_time() - start, 3),
        "dataset_bytes": _size(folder / "dataset"),
    }


def needs(measured: dict[str, float], count: int) -> Iterator[tuple[str, str]]:
    """Yield what so many documents need, in words."""
    times = count / measured["documents"]
    n_builds = max(1, count // BUILD_DOCUMENTS)
    cores = N_MACHINES[count] * CORES
    hours = {name.removesuffix("_cpu_seconds"): value * times / 3600 for name, value in measured.items()}
    at_once = IN_FLIGHT * cores * measured["piece_bytes"] / measured["pieces"]
    yield "sources", _bytes(measured["source_bytes"] * times)
    yield "pieces of work", f"{measured['pieces'] * times:,.0f}"
    yield "core hours of workers", f"{hours['worker']:,.0f}"
    yield f"hours on {N_MACHINES[count]} machines of {CORES} cores", f"{hours['worker'] / cores:.1f}"
    yield "worker cores that one build keeps busy", f"{hours['worker'] / hours['builder_parse']:.0f}"
    yield "rows that travel from workers to the builder", _bytes(measured["parts_bytes"] * times)
    yield "scheduler: CPU hours", f"{hours['scheduler']:.2f}"
    yield "scheduler: work it holds at a time", _bytes(at_once)
    yield "builds", f"{n_builds}"
    for stage in ("scan", "parse", "assemble", "publish"):
        yield f"builder: CPU hours of {stage}, a build", f"{hours[f'builder_{stage}'] / n_builds:.2f}"
    for name, what in (("parts", "parts"), ("database", "database"), ("parquet", "Parquet")):
        yield f"builder: disk for {what}, a build", _bytes(measured[f"{name}_bytes"] * times / n_builds)
    yield "dataset: CPU hours of publishing, a build", f"{hours['dataset'] / n_builds:.2f}"
    yield "dataset: bytes in the bucket", _bytes(measured["dataset_bytes"] * times)


def _cpu(pid: int) -> float:
    """Return the CPU seconds of a process and of all that it has started, those that have ended too."""
    process = psutil.Process(pid)
    return sum(sum(one.cpu_times()[:4]) for one in (process, *process.children(recursive=True)))


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _bytes(count: float) -> str:
    for unit in ("B", "kB", "MB", "GB"):
        if count < 1000:
            return f"{count:.3g} {unit}"
        count /= 1000
    return f"{count:.3g} TB"


def main() -> None:
    """Measure, or print what follows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--measure", type=int, metavar="DOCUMENTS")
    asked = parser.parse_args()
    if asked.measure:
        with tempfile.TemporaryDirectory() as folder:
            KEPT.write_text(json.dumps(measure(asked.measure, Path(folder)), indent=2) + "\n", encoding="utf-8")
    measured = json.loads(KEPT.read_text(encoding="utf-8"))
    print(f"{'documents':<50}" + "".join(f"{size:>14,}" for size in SIZES))
    for rows in zip(*(needs(measured, size) for size in SIZES), strict=True):
        label = rows[0][0] if rows[0][0] == rows[1][0] else "hours on 4, and on 100 machines of 16 cores"
        print(f"{label:<50}" + "".join(f"{value:>14}" for _, value in rows))


if __name__ == "__main__":
    main()
