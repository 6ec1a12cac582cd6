"""The engine of a cluster: pieces of work go to a Dask scheduler, and their rows to a place that its workers share.

A document that kills or hangs its process is found by the worker. Where workers themselves die, Dask tries again as
often as its `allowed-failures` says. What it gives up is tried in halves after everything else and alone, so that no
innocent piece is blamed for a neighbour: the document that takes whole workers down ends up named.
"""

import pickle
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from labelpipe.batches import Batch, Manifest
from labelpipe.engines import dask_worker
from labelpipe.engines.dask_cluster import check, connected
from labelpipe.engines.exchange import Exchange
from labelpipe.engines.local import IN_FLIGHT, Work
from labelpipe.errors import EngineError
from labelpipe.fingerprint import everything
from labelpipe.store.parts import Parts

if TYPE_CHECKING:
    from distributed import Client


def run(work: Work, pieces: Iterable[Batch], scheduler: str, exchange: Exchange, parts: Parts) -> Iterator[Manifest]:
    """Yield what became of each batch, when its rows are in `parts`; pieces hold documents that nobody has opened.

    Raises:
        EngineError: Dask is not installed, the scheduler is not there or goes away, or its workers cannot do this work.
    """
    coming = iter(pieces)
    first = list(islice(coming, 1))
    with connected(scheduler) as client, exchange:
        most = IN_FLIGHT * check(client, exchange, [given.file for piece in first for given, _ in piece.documents[:1]])
        cluster = _Cluster(client, work, exchange, parts)
        suspects: list[Batch] = []
        yield from cluster.run(chain(first, coming), most, suspects)
        while suspects:
            piece = suspects.pop()
            if len(piece.documents) > 1:
                yield from cluster.run(iter(piece.halves()), 1, suspects)
                continue
            died: list[Batch] = []
            yield from cluster.run(iter([piece]), 1, died)
            if died:
                yield work.give_up(piece, "every worker of the cluster that parses it dies")


class _Cluster:
    """A cluster, with the work that it does and the place that it leaves it."""

    def __init__(self, client: "Client", work: Work, exchange: Exchange, parts: Parts) -> None:
        self._client, self._work, self._exchange, self._parts = client, work, exchange, parts
        self._package = everything()

    def run(self, pieces: Iterator[Batch], most: int, suspects: list[Batch]) -> Iterator[Manifest]:
        """Yield what became of pieces, at most so many of them on the cluster; those that kill go to the suspects."""
        from distributed import KilledWorker, as_completed

        running = {self._submit(piece): piece for piece in islice(pieces, most)}
        coming = as_completed(list(running), loop=self._client.loop)
        for future in coming:
            piece = running.pop(future)
            try:
                name, manifests = future.result()
            except KilledWorker:
                suspects.append(piece)
            except Exception as error:  # the scheduler is gone, or a worker that came later cannot do the work
                raise EngineError(_told(error)) from error
            else:
                self._exchange.take(name, self._parts)
                yield from manifests
            if upcoming := next(pieces, None):
                added = self._submit(upcoming)
                running[added] = upcoming
                coming.add(added)

    def _submit(self, piece: Batch) -> Any:
        packed = pickle.dumps((self._work, piece, self._exchange, self._package))
        return self._client.submit(dask_worker.parse, packed, pure=False)


def _told(error: Exception) -> str:
    return (
        f"the cluster stopped working: {type(error).__name__}: {error}; look at the scheduler and its workers, and "
        "build again: what has been parsed is kept"
    )
