"""A build that is killed at any moment leaves one whole build behind, and the next one succeeds."""

import multiprocessing
import random
from pathlib import Path
from time import monotonic

import duckdb
import pytest
from endless_builds import build_forever
from samples import write_pages

from labelpipe.contract import TABLES
from labelpipe.pipeline import build
from labelpipe.sources import find_documents
from labelpipe.store.verify import problems


def documents_of(raw: Path) -> set[str]:
    return {given.doc_id for given in find_documents([raw]) if given.doc_id}


def assert_wholly_one_build(output: Path, builds: list[set[str]]) -> None:
    parquet = output / "current" / "parquet"
    with duckdb.connect(str(output / "labels.duckdb"), read_only=True) as con:

        def values(sql: str) -> list[object]:
            return [value for (value,) in con.execute(sql).fetchall()]

        assert values("SELECT run_id FROM runs") == values(f"SELECT run_id FROM '{parquet}/runs.parquet'")
        assert set(values("SELECT doc_id FROM documents")) in builds
        for name in TABLES:
            assert values(f"SELECT count(*) FROM {name}") == values(f"SELECT count(*) FROM '{parquet}/{name}.parquet'")


@pytest.mark.parametrize("kills", [25, pytest.param(200, marks=pytest.mark.slow)])
def test_every_kill_leaves_one_whole_build_and_the_next_succeeds(
    kills: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs = [
        write_pages(tmp_path / "a", "Lorvel", "Tarvel"),
        write_pages(tmp_path / "b", "Zorvel", "Norvel", "Marvel"),
    ]
    builds = [documents_of(raw) for raw in inputs]
    assert builds[0].isdisjoint(builds[1])
    output = tmp_path / "out"
    build([inputs[0]], output)
    started = monotonic()
    build([inputs[0]], output)
    duration = monotonic() - started  # of a build on this machine, so that the kills are spread over all of it
    moments = random.Random(kills)
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["endless_builds"])
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    for _ in range(kills):
        heard, announce = processes.Pipe(duplex=False)
        builder = processes.Process(target=build_forever, args=(moments.sample(inputs, 2), output, announce))
        builder.start()
        announce.close()
        for _ in range(2):  # the second time it is said, the build after the kill before has succeeded
            assert heard.recv() == "building"
        builder.join(moments.uniform(0, 1.1 * duration))
        builder.kill()
        builder.join()
        assert builder.exitcode == -9
        assert_wholly_one_build(output, builds)
    build([inputs[0]], output)
    assert list(problems(output)) == []
    assert not list((output / "releases").glob("*.building"))
