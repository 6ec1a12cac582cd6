"""A cluster that is not there, or whose workers cannot do the work: what is wrong, what to do, and the exit code."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from clusters import Cluster
from distributed import Client, LocalCluster
from samples import write_pages

from labelpipe import batches
from labelpipe.batches import Manifest
from labelpipe.cli import cli
from labelpipe.engines import dask_cluster
from labelpipe.errors import ConfigError, EngineError, ExitCode
from labelpipe.pipeline import build
from labelpipe.settings import Settings
from labelpipe.watching import Watcher


@pytest.fixture(scope="module")
def empty() -> Iterator[LocalCluster]:
    """A scheduler without workers."""
    with Cluster(n_workers=0) as found:
        yield found


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    return write_pages(tmp_path / "raw", "Lorvel", "Tarvel")


@contextmanager
def program(name: str, *arguments: str, first: str = "pass", **environment: str) -> Iterator[subprocess.Popen[str]]:
    """Run `dask scheduler` or `dask worker` as a process of its own, which is ended at the end."""
    code = f"{first}; from distributed.cli.dask_{name} import main; main()"
    command = [sys.executable, "-c", code, *arguments, "--no-dashboard"]
    log = subprocess.PIPE if name == "scheduler" else subprocess.DEVNULL
    with subprocess.Popen(command, env={**os.environ, **environment}, stderr=log, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


@contextmanager
def worker(scheduler: str, first: str = "pass", **environment: str) -> Iterator[subprocess.Popen[str]]:
    """Run a worker; it has joined the scheduler when this returns."""
    arguments = (scheduler, "--nthreads", "1", "--no-nanny")
    with program("worker", *arguments, first=first, **environment) as process:
        with Client(scheduler, set_as_default=False) as client:
            client.wait_for_workers(1, timeout=120)
        yield process


def told(raw: Path, scheduler: str, *options: str) -> str:
    """Return the message of a build that cannot begin."""
    with pytest.raises((EngineError, ConfigError)) as raised:
        CliRunner().invoke(cli, arguments(raw, scheduler, *options), catch_exceptions=False)
    assert raised.value.exit_code == ExitCode.USAGE
    return str(raised.value)


def arguments(raw: Path, scheduler: str, *options: str) -> list[str]:
    folders = [str(raw), "--output", str(raw.parent / "out")]
    return ["build", *folders, "--engine", "dask", "--scheduler", scheduler, *options]


def test_without_a_scheduler_the_message_says_how_to_start_one(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_cluster, "SECONDS_TO_CONNECT", 1)
    assert "no Dask scheduler answers at tcp://127.0.0.1:9" in (said := told(raw, "tcp://127.0.0.1:9"))
    assert "start one with `dask scheduler`" in said


def test_an_address_that_is_none_ends_the_program_with_2(raw: Path) -> None:
    command = [sys.executable, "-m", "labelpipe", *arguments(raw, "carrier-pigeon://roof")]
    ended = subprocess.run(command, capture_output=True, text=True)
    assert ended.returncode == ExitCode.USAGE
    assert ended.stderr.startswith("labelpipe: no Dask scheduler answers at carrier-pigeon://roof")


def test_something_else_that_listens_there_is_told(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_cluster, "SECONDS_TO_CONNECT", 1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        assert f"no Dask scheduler answers at {address}" in told(raw, address)


def test_a_cluster_without_workers_is_told(raw: Path, empty: LocalCluster) -> None:
    assert "has no workers; start some: dask worker" in told(raw, empty.scheduler_address)


def test_a_worker_without_labelpipe_is_named(raw: Path, empty: LocalCluster) -> None:
    with worker(empty.scheduler_address, first="import sys; sys.modules['labelpipe'] = None"):
        said = told(raw, empty.scheduler_address)
    assert "cannot do the work" in said
    assert "install labelpipe[cluster] there" in said


def test_a_worker_with_other_words_is_named(raw: Path, empty: LocalCluster, tmp_path: Path) -> None:
    (tmp_path / "boilerplate.toml").write_text('noise_lines = ["once more"]\n')
    with worker(empty.scheduler_address, LABELPIPE_VOCABULARY=str(tmp_path)):
        said = told(raw, empty.scheduler_address)
    assert "another version of labelpipe, or other vocabulary files" in said
    assert "install the same on both" in said


def test_a_wrong_address_and_a_place_that_workers_do_not_share_are_told(raw: Path, empty: LocalCluster) -> None:
    with worker(empty.scheduler_address), Client(empty.scheduler_address, set_as_default=False) as client:
        (address,) = client.nthreads()
        assert f"{address} is a Worker; give the address" in told(raw, address)
        said = told(raw, empty.scheduler_address, "--parts", "memory://parts")
        assert "else use URLs, and --parts URL" in said
        unknown = told(raw, empty.scheduler_address, "--parts", "pigeon://parts")
        assert "pigeon://parts" in unknown


@pytest.mark.parametrize("gone", ["scheduler", pytest.param("worker", marks=pytest.mark.slow)])
def test_a_cluster_that_goes_away_leaves_what_was_parsed_to_the_next_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gone: str
) -> None:
    monkeypatch.setattr(batches, "BATCH_SIZE", 1)
    raw = write_pages(tmp_path / "raw", *(first + "vel" for first in ("Lor", "Tar", "Zor", "Nor", "Mar")))
    patience = {"DASK_DISTRIBUTED__SCHEDULER__NO_WORKERS_TIMEOUT": "1s"}
    with program("scheduler", "--host", "127.0.0.1", "--port", "0", **patience) as scheduler:
        assert scheduler.stderr
        address = next(line for line in scheduler.stderr if "Scheduler at:" in line).split()[-1]
        with worker(address) as only, pytest.raises(EngineError, match="build again: what has been parsed is kept"):
            build([raw], tmp_path / "out", Settings(scheduler=address), Ends(only if gone == "worker" else scheduler))
    seen = Seen()
    assert build([raw], tmp_path / "out", watcher=seen).n_parsed == 5
    assert seen.n_to_parse < 5


class Ends(Watcher):
    """Ends a process as soon as the first batch is done."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def batch_done(self, manifest: Manifest) -> None:
        self.process.kill()


class Seen(Watcher):
    """Remembers how many documents have to be parsed."""

    n_to_parse = -1

    def planned(self, n_to_parse: int, n_reused: int) -> None:
        self.n_to_parse = n_to_parse
