"""The engine of one machine: processes that are watched, replaced when they die, and killed when they hang."""

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from itertools import chain, islice
from pathlib import Path
from typing import Protocol

from pebble import ProcessExpired, ProcessPool

from labelpipe.batches import Batch, Manifest

IN_FLIGHT = 2
"""Batches that are handed out for each worker: one that it works on, one that waits."""

MAX_TRIES = 2
"""How often a batch may lose its worker before it is cut in two: the first time it may not have been its fault."""


class Work(Protocol):
    """What is done with a batch. It travels to the workers, and so does the batch."""

    def __call__(self, batch: Batch, /) -> Manifest:
        """Parse a batch, and leave its rows on disk."""

    def give_up(self, batch: Batch, why: str, /) -> Manifest:
        """Reject the one document of a batch that cannot be parsed by anybody."""

    def done(self, batch: Batch, /) -> Manifest | None:
        """Return what became of a batch, if it has been done."""

    def seconds(self, batch: Batch, /) -> float:
        """Return after what time a worker that is still busy with the batch hangs."""

    def at(self, folder: Path, /) -> "Work":
        """Return the same work, with its rows left in another folder."""


def run(work: Work, batches: Iterable[Batch], workers: int) -> Iterator[Manifest]:
    """Yield what became of each batch; with one worker, or one batch, in this process."""
    coming = iter(batches)
    first = list(islice(coming, 2))
    if workers == 1 or len(first) == 1:
        yield from map(work, chain(first, coming))
        return
    yield from run_watched(work, chain(first, coming), workers)


def run_watched(work: Work, batches: Iterable[Batch], workers: int) -> Iterator[Manifest]:
    """Yield what became of each batch, all of them parsed by processes that are watched.

    A batch whose worker dies or hangs is tried again, and then in halves: the document that did it ends up alone.
    """
    pool = ProcessPool(max_workers=workers, context=_processes())
    try:
        yield from _run_in(pool, work, iter(batches), IN_FLIGHT * workers)
        pool.close()  # type: ignore[no-untyped-call]
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def _run_in(pool: ProcessPool, work: Work, batches: Iterator[Batch], most: int) -> Iterator[Manifest]:
    again: deque[tuple[Batch, int]] = deque()
    running: dict[Future[Manifest], tuple[Batch, int]] = {}
    while True:
        while len(running) < most and (upcoming := again.popleft() if again else _first(batches)):
            batch, _ = upcoming
            running[pool.schedule(work, args=(batch,), timeout=work.seconds(batch))] = upcoming
        if not running:
            return
        for done in wait(running, return_when=FIRST_COMPLETED).done:
            batch, tries = running.pop(done)
            try:
                yield done.result()
            except (ProcessExpired, TimeoutError) as error:
                if manifest := work.done(batch):
                    yield manifest
                elif isinstance(error, ProcessExpired) and tries < MAX_TRIES:
                    again.append((batch, tries + 1))
                elif len(batch.documents) > 1:
                    again.extend((half, MAX_TRIES) for half in batch.halves())
                else:
                    yield work.give_up(batch, _told(error))


def _first(batches: Iterator[Batch]) -> tuple[Batch, int] | None:
    batch = next(batches, None)
    return (batch, 1) if batch else None


def _told(error: ProcessExpired | TimeoutError) -> str:
    if isinstance(error, ProcessExpired):
        return f"the process that parses it dies (exit code {error.exitcode})"
    return "the process that parses it hangs"


def _processes() -> multiprocessing.context.ForkServerContext:
    """Return where workers come from: forks of a process that has loaded everything and has no threads."""
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["labelpipe.warm"])
    return processes
