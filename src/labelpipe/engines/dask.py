"""The engine of a cluster: batches go to a Dask scheduler, and their rows to a folder that its workers share with us.

Where a worker dies, Dask tries again as often as its `allowed-failures` says. What it gives up is tried in halves after
everything else and alone, so that no innocent batch is blamed for a neighbour: the document that did it ends up named.
"""

import faulthandler
import os
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from labelpipe.batches import Batch, Manifest
from labelpipe.engines.local import IN_FLIGHT, Work
from labelpipe.errors import EngineError
from labelpipe.fingerprint import everything

if TYPE_CHECKING:
    from distributed import Client

SECONDS_TO_CONNECT = 30


def run(work: Work, batches: Iterable[Batch], scheduler: str, folder: Path) -> Iterator[Manifest]:
    """Yield what became of each batch; `folder` is where the work leaves its rows.

    Raises:
        EngineError: Dask is not installed, the scheduler is not there, or its workers cannot do this work.
    """
    with _connected(scheduler) as client:
        n_workers = _check(client, folder)
        suspects: list[Batch] = []
        yield from _run_on(client, work, map(_absolute, batches), IN_FLIGHT * n_workers, suspects)
        while suspects:
            batch = suspects.pop()
            if len(batch.documents) == 1:
                died: list[Batch] = []
                yield from _run_on(client, work, iter([batch]), 1, died)
                if died:
                    yield work.give_up(batch, "every worker of the cluster that parses it dies or hangs")
            else:
                yield from _run_on(client, work, iter(batch.halves()), 1, suspects)


def _run_on(
    client: "Client", work: Work, batches: Iterator[Batch], most: int, suspects: list[Batch]
) -> Iterator[Manifest]:
    """Yield what became of batches, at most so many of them on the cluster; those that kill go to the suspects."""
    from distributed import KilledWorker, as_completed

    first = list(islice(batches, most))
    running = {_submit(client, work, batch): batch for batch in first}
    coming = as_completed(list(running), loop=client.loop)
    for future in coming:
        batch = running.pop(future)
        try:
            yield future.result()
        except KilledWorker:
            if manifest := work.done(batch):
                yield manifest
            else:
                suspects.append(batch)
        if upcoming := next(batches, None):
            added = _submit(client, work, upcoming)
            running[added] = upcoming
            coming.add(added)


def _submit(client: "Client", work: Work, batch: Batch) -> Any:
    return client.submit(_watched, work, batch, pure=False)


def _watched(work: Work, batch: Batch) -> Manifest:
    """Do the work; where it hangs, even in C, the worker ends itself, and Dask sees that it died."""
    faulthandler.dump_traceback_later(work.seconds(batch), exit=True)
    try:
        return work(batch)
    finally:
        faulthandler.cancel_dump_traceback_later()


def _absolute(batch: Batch) -> Batch:
    """Return the batch with paths that hold in whatever folder a worker was started."""
    found = ((given._replace(file=str(Path(given.file).absolute())), opened) for given, opened in batch.documents)
    return replace(batch, documents=tuple(found))


def _connected(scheduler: str) -> "Client":
    try:
        from distributed import Client
    except ImportError as error:
        raise EngineError("--engine dask needs Dask: pip install 'labelpipe[cluster]'") from error
    try:
        return Client(scheduler, timeout=SECONDS_TO_CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise EngineError(f"no Dask scheduler answers at {scheduler}: {error}; start one: dask scheduler") from error


def _check(client: "Client", folder: Path) -> int:
    """Return how many workers there are, after all of them have shown that they can do the work."""
    threads: dict[str, int] = client.nthreads()  # type: ignore[no-untyped-call]
    if not threads:
        raise EngineError("the scheduler has no workers; start some: dask worker ADDRESS --nthreads 1")
    if crowded := sorted(address for address, count in threads.items() if count != 1):
        raise EngineError(f"worker {crowded[0]} has several threads, a parse needs a process: use --nthreads 1")
    token = folder / f".token-{uuid.uuid4().hex}"
    token.touch()
    try:
        answers = client.run(_answer, token, on_error="return")
    finally:
        for left in folder.glob(f"{token.name}*"):
            left.unlink()
    for address, answer in sorted(answers.items()):
        if isinstance(answer, BaseException):
            raise EngineError(
                f"worker {address} cannot read and write {folder}: {answer!r}; "
                "workers need labelpipe, and OUT as a folder that they share with this machine under the same path"
            )
        if answer != everything():
            raise EngineError(f"worker {address} has another labelpipe than this machine; install the same on both")
    return len(threads)


def _answer(token: Path) -> str:
    """Show, on a worker, that it sees the folder and can write to it; return what code it has."""
    token.stat()
    token.with_name(f"{token.name}-{os.getpid()}").touch()
    return everything()
