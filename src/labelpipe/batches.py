"""A batch of documents is the unit of work: whoever gets one parses it and leaves its rows on disk, as parts.

How documents are shared out depends on their order and sizes and on nothing else; rows never travel, only manifests do.
"""

import resource
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from labelpipe.contract.rows import Rows, reject_rows
from labelpipe.contract.spans import check_blocks
from labelpipe.contract.validate import validate_table
from labelpipe.errors import DepthLimit, InternalError, KilledWorker, SizeLimit, UnreadableSource
from labelpipe.model import Label, Reject, Source, Unopened
from labelpipe.readers.limits import cell_limit
from labelpipe.settings import Limits
from labelpipe.sources import Given, open_documents
from labelpipe.stopwatch import time_limit
from labelpipe.store.parts import Parts

BATCH_SIZE = 500
"""Documents that are validated and written together: few enough for flat memory, enough to hide fixed costs."""

BATCH_BYTES = 4 << 20
"""What waits to be written is some fifteen times as large in memory as its sources are."""

CONTAINER_BATCHES = 8
"""Batches that a machine of a cluster takes out of a container at once."""

SECONDS_A_DOCUMENT = 0.1
"""So much a document may take on average, with one that takes its limit; it is some ten times what they take."""

Opened = Source | Unopened | None
"""A document out of a container, or None for a file that the worker opens itself."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents, and the bytes of those that only come out of a container in their turn."""

    name: str
    documents: tuple[tuple[Given, Opened], ...]

    def halves(self) -> tuple["Batch", "Batch"]:
        """Return the batch in two."""
        middle = len(self.documents) // 2
        first, second = self.documents[:middle], self.documents[middle:]
        return replace(self, name=self.name + "a", documents=first), replace(
            self, name=self.name + "b", documents=second
        )


@dataclass(frozen=True, slots=True)
class Manifest:
    """What became of a batch, and what that cost."""

    batch: str
    n_parsed: int
    n_rejected: int
    n_rejected_rows: int
    source_bytes: int
    seconds: float
    peak_mb: float

    def __add__(self, other: "Manifest") -> "Manifest":
        """Return the sum of both; of peaks the higher one."""
        return Manifest(
            self.batch,
            self.n_parsed + other.n_parsed,
            self.n_rejected + other.n_rejected,
            self.n_rejected_rows + other.n_rejected_rows,
            self.source_bytes + other.source_bytes,
            self.seconds + other.seconds,
            max(self.peak_mb, other.peak_mb),
        )


def compose(given: Iterable[Given], prefix: str = "") -> Iterator[Batch]:
    """Share documents out into batches; a container is read once, as a stream. `prefix` begins their names."""
    waiting: list[tuple[Given, Opened]] = []
    size = number = 0
    for one in open_documents(given):
        waiting.append(one)
        size += one[0].source_bytes
        if len(waiting) == BATCH_SIZE or size >= BATCH_BYTES:
            number += 1
            yield Batch(f"{prefix}{number:06}", tuple(waiting))
            waiting, size = [], 0
    if waiting:
        yield Batch(f"{prefix}{number + 1:06}", tuple(waiting))


def share_out(given: Iterable[Given]) -> Iterator[Batch]:
    """Share documents out unopened, to machines that open them themselves.

    What comes out of one container is a longer piece: whoever takes it up reads the container from its beginning.
    """
    waiting: list[tuple[Given, Opened]] = []
    size = number = 0
    for one in given:
        times = CONTAINER_BATCHES if waiting and one.file == waiting[0][0].file else 1
        if waiting and (len(waiting) >= times * BATCH_SIZE or size >= times * BATCH_BYTES):
            number += 1
            yield Batch(f"{number:06}", tuple(waiting))
            waiting, size = [], 0
        waiting.append((one, None))
        size += one.source_bytes
    if waiting:
        yield Batch(f"{number + 1:06}", tuple(waiting))


@dataclass(frozen=True, slots=True)
class ParseBatch:
    """The work: parse the documents of a batch, validate their rows, write them to `folder`."""

    parse: Callable[[Source], Label]
    folder: Path
    limits: Limits
    run: str = "run"

    def __call__(self, batch: Batch) -> Manifest:
        """Do it, and return what became of it; a batch that has been done is not done again."""
        if done := self.done(batch):
            return done
        started = time.perf_counter()
        rows = Rows()
        rejects: list[Reject] = []
        for given, opened in batch.documents:
            parsed = self._parse(given, opened)
            if isinstance(parsed, Reject):
                rejects.append(parsed)
            else:
                rows.add(parsed)
        return self._write(batch, rows, rejects, started)

    def give_up(self, batch: Batch, why: str) -> Manifest:
        """Reject the documents of a batch that kills whoever parses it."""
        error = KilledWorker(f"{why}; look at it alone: labelpipe show")
        rejects = [_rejected(given, error) for given, _ in batch.documents]
        return self._write(batch, Rows(), rejects, time.perf_counter())

    def done(self, batch: Batch) -> Manifest | None:
        """Return what became of a batch that has been done, whatever happened to its worker afterwards."""
        found = Parts(self.folder).manifest(self._name(batch))
        return Manifest(**found) if found else None

    def seconds(self, batch: Batch) -> float:
        """Return the time after which the batch hangs: one document that takes its limit, twice, and the others."""
        return 2 * self.limits.seconds + SECONDS_A_DOCUMENT * len(batch.documents)

    def at(self, folder: Path) -> "ParseBatch":
        """Return the same work, with its rows left in another folder."""
        return replace(self, folder=folder)

    def _parse(self, given: Given, opened: Opened) -> Label | Reject:
        try:
            if given.source_bytes > self.limits.source_bytes:
                raise SizeLimit(f"it has {given.source_bytes:,} bytes; {self.limits.source_bytes:,} are the limit")
            with time_limit(self.limits.seconds), cell_limit(self.limits.table_cells):
                found = opened or given.open()
                if isinstance(found, Unopened):
                    raise found.error
                return self.parse(found)
        except UnreadableSource as error:
            return _rejected(given, error)
        except RecursionError:
            return _rejected(given, DepthLimit("it is nested too deep; check the step that fetched it"))
        except Exception as error:
            return _rejected(given, InternalError(_told(error)))

    def _write(self, batch: Batch, rows: Rows, rejects: list[Reject], started: float) -> Manifest:
        good = {}
        n_rejected = len(rejects)
        for name, table in rows.tables().items():
            checked = validate_table(name, table)
            good[name] = checked.good
            rejects.extend(checked.rejects)
        placed = check_blocks(good["blocks"], good["texts"])
        rejects.extend(placed.rejects)
        good["blocks"] = placed.good
        manifest = Manifest(
            batch=self._name(batch),
            n_parsed=len(good["documents"]),
            n_rejected=len(batch.documents) - len(good["documents"]),
            n_rejected_rows=len(rejects) - n_rejected,
            source_bytes=sum(given.source_bytes for given, _ in batch.documents),
            seconds=round(time.perf_counter() - started, 3),
            peak_mb=round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        )
        Parts(self.folder).write(manifest.batch, {**good, "rejects": reject_rows(rejects)}, asdict(manifest))
        return manifest

    def _name(self, batch: Batch) -> str:
        """Return what the batch's parts are called: by run, for those of an interrupted one may lie beside them."""
        return f"{self.run}-{batch.name}"


def _rejected(given: Given, error: UnreadableSource) -> Reject:
    return Reject(given.path, given.doc_id, "documents", error.rule, None, None, None, f"{given.path}: {error}")


def _told(error: Exception) -> str:
    """Say where our own code failed."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(frame.filename).name}:{frame.lineno}"
    return f"{type(error).__name__} at {where}: {error}; this is a mistake in labelpipe, please report it"
