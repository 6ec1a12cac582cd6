"""The engine of a cluster, on a real scheduler with three worker processes: what comes of those that are killed."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import dask
import deadly
import pytest
from clusters import Cluster, workers_that_import_from
from distributed import LocalCluster
from samples import write_pages
from test_local import parsed, rejected

from labelpipe import batches
from labelpipe.batches import Manifest, ParseBatch, share_out
from labelpipe.contract import TABLES
from labelpipe.engines import dask as engine
from labelpipe.engines.exchange import Exchange
from labelpipe.pipeline import build
from labelpipe.settings import Limits, Settings
from labelpipe.sources import find_documents
from labelpipe.store.parts import Parts
from labelpipe.watching import Watcher

NAMES = [first + second for first in ("Lor", "Tar", "Zor", "Nor") for second in ("vel", "dan", "tix")]


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    """Three worker processes; what was on one that dies is given up at once, instead of tried on three others."""
    with (
        workers_that_import_from(Path(__file__).parent),
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        Cluster(n_workers=3) as found,
    ):
        found.wait_for_workers(3, timeout=120)
        yield found


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "BATCH_SIZE", 3)


class Killer(Watcher):
    """Kills a worker of the cluster as soon as the first batch is done."""

    def __init__(self, cluster: LocalCluster) -> None:
        self.pids = [nanny.pid for nanny in cluster.workers.values()]
        self.killed: list[int] = []

    def batch_done(self, manifest: Manifest) -> None:
        if not self.killed:
            os.kill(self.pids[0], signal.SIGKILL)
            self.killed.append(self.pids[0])


def run(cluster: LocalCluster, raw: Path, folder: Path, limits: Limits) -> Manifest:
    """Parse what is in a folder, all of it by URL, and return the sum of what became of it."""
    work = ParseBatch(deadly.parse, folder / "parts", limits)
    exchange = Exchange(f"file://{folder}/exchange")
    pieces = share_out(find_documents([f"file://{raw}"]))
    manifests = list(engine.run(work, pieces, cluster.scheduler_address, exchange, Parts(work.folder)))
    assert not (folder / "exchange").exists()
    return sum(manifests[1:], manifests[0])


def test_with_a_worker_killed_the_parquet_is_that_of_the_local_engine(cluster: LocalCluster, tmp_path: Path) -> None:
    raw = write_pages(tmp_path / "raw", *NAMES)
    killer = Killer(cluster)
    build([raw], tmp_path / "cluster", Settings(scheduler=cluster.scheduler_address), killer)
    build([raw], tmp_path / "local")
    assert killer.killed
    for name in set(TABLES) - {"runs"}:
        path = Path("parquet", f"{name}.parquet")
        assert (tmp_path / "cluster" / path).read_bytes() == (tmp_path / "local" / path).read_bytes(), name


def test_documents_that_kill_are_named_and_the_others_are_kept(cluster: LocalCluster, tmp_path: Path) -> None:
    raw = write_pages(tmp_path / "raw", *NAMES[:6])
    (raw / "m_deadly.txt").write_text("KILL")
    (raw / "z_out_of_memory.txt").write_text("MACHINE")
    total = run(cluster, raw, tmp_path, Limits())
    assert (total.n_parsed, total.n_rejected) == (6, 2)
    parts = tmp_path / "parts"
    assert rejected(parts) == [("m_deadly.txt", "killed_worker"), ("z_out_of_memory.txt", "killed_worker")]
    assert parsed(parts) == sorted(NAMES[:6])


@pytest.mark.slow
def test_a_document_that_hangs_is_named_and_the_others_are_kept(cluster: LocalCluster, tmp_path: Path) -> None:
    raw = write_pages(tmp_path / "raw", *NAMES[:3])
    (raw / "a_stuck.txt").write_text("HANG")
    (raw / "b_slow.txt").write_text("SLOW")
    run(cluster, raw, tmp_path, Limits(seconds=5))
    parts = tmp_path / "parts"
    assert rejected(parts) == [("a_stuck.txt", "killed_worker"), ("b_slow.txt", "time_limit")]
    assert parsed(parts) == sorted(NAMES[:3])
