"""The engine of a cluster, on a real scheduler with three worker processes: what comes of workers that are killed."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import LocalCluster
from samples import write_pages

from labelpipe import batches
from labelpipe.batches import Manifest
from labelpipe.contract import TABLES
from labelpipe.pipeline import build
from labelpipe.settings import Settings
from labelpipe.watching import Watcher

NAMES = [first + second for first in ("Lor", "Tar", "Zor", "Nor") for second in ("vel", "dan", "tix")]


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    """Three worker processes that can import `deadly`."""
    with pytest.MonkeyPatch.context() as patch:
        here = str(Path(__file__).parent)
        patch.setenv("PYTHONPATH", os.pathsep.join([here, os.environ.get("PYTHONPATH", "")]))
        patch.syspath_prepend(here)
        with LocalCluster(n_workers=3, threads_per_worker=1, processes=True, dashboard_address=None) as found:
            found.wait_for_workers(3)
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


def test_with_a_worker_killed_the_parquet_is_that_of_the_local_engine(cluster: LocalCluster, tmp_path: Path) -> None:
    raw = write_pages(tmp_path / "raw", *NAMES)
    killer = Killer(cluster)
    build([raw], tmp_path / "cluster", Settings(scheduler=cluster.scheduler_address), killer)
    build([raw], tmp_path / "local")
    assert killer.killed
    for name in set(TABLES) - {"runs"}:
        path = Path("parquet", f"{name}.parquet")
        assert (tmp_path / "cluster" / path).read_bytes() == (tmp_path / "local" / path).read_bytes(), name
