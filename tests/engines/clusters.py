"""Real clusters on this machine, for tests."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from distributed import LocalCluster


class Cluster(LocalCluster):
    """A scheduler in this process, and workers with one thread in processes of their own."""

    def __init__(self, n_workers: int, **options: Any) -> None:
        super().__init__(n_workers=n_workers, threads_per_worker=1, processes=True, dashboard_address=None, **options)


@contextmanager
def workers_that_import_from(folder: Path) -> Iterator[None]:
    """Let worker processes, and their own processes, import what is in a folder of tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")]))
        patch.syspath_prepend(str(folder))
        yield
