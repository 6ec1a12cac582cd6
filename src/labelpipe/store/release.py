"""A release is built aside and published in one step: readers see the last good one or the new one, never a mix.

OUT/current        -> releases/<run_id>         the one link that is swapped, atomically
OUT/labels.duckdb  -> current/labels.duckdb
OUT/parquet        -> current/parquet
OUT/datapackage.json -> current/datapackage.json
OUT/report.html    -> current/report.html
OUT/releases/<run_id>/                          complete; the newest few are kept
OUT/releases/<run_id>.building/                 a build under way, or what a killed one left; the next build clears it
"""

import os
import shutil
from pathlib import Path
from types import TracebackType
from typing import IO

import duckdb
import pyarrow as pa

from labelpipe.errors import EngineError, GateRefused, OutputNotFound, PublishError
from labelpipe.store.checksums import write_checksums
from labelpipe.store.lock import take_lock
from labelpipe.store.parts import Parts

KEPT_RELEASES = 3
"""The new one among them."""
DATABASE_NAME = "labels.duckdb"
_BUILDING = ".building"
REPORT_NAME = "report.html"
_LINKS = {name: f"current/{name}" for name in (DATABASE_NAME, "parquet", "datapackage.json", REPORT_NAME)}

_KEEPS_PARTS = (GateRefused, EngineError, RuntimeError, duckdb.InterruptException, duckdb.OutOfMemoryException)
"""What a build may be taken up after; a signal during a query is a RuntimeError of DuckDB's."""
_DISK_ERRORS = (
    OSError,
    duckdb.IOException,
    duckdb.OutOfMemoryException,
    duckdb.TransactionException,
    duckdb.FatalException,
)
"""How a full disk shows; nobody else has the database, so that a commit fails for no other reason."""


class Release:
    """A build under way: holds the output folder's lock, collects parts, and publishes.

    Leaving the context without `publish()` leaves the last good build as it was.

    Raises:
        PublishError: the folder cannot be written, or another build holds it.
    """

    def __init__(self, output: Path, run_id: str, keep: int = KEPT_RELEASES) -> None:
        self.output = output
        self.run_id = run_id
        self.keep = keep
        self.folder = output / "releases" / (run_id + _BUILDING)
        self.amends: Path | None = None
        """The release that this one is made out of, where little has changed."""
        self.hashes: dict[str, str] = {}
        """Of files that were hashed when they were written, by name."""
        self._lock: IO[str] | None = None
        self._n_parts = 0

    def __enter__(self) -> "Release":
        try:
            (self.output / "releases").mkdir(parents=True, exist_ok=True)
            self._lock = take_lock(self.output)
            for name in ("current", *_LINKS):
                _check_ours(self.output / name)
            leftovers = sorted((self.output / "releases").glob("*" + _BUILDING))
            (self.folder / "parquet").mkdir(parents=True)
            for leftover in leftovers:
                self._take_over(leftover)
        except PublishError:
            self._drop_lock()
            raise
        except OSError as error:
            self._drop_lock()
            raise PublishError(f"{self.output} cannot be written: {error.strerror}; choose another --output") from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if kind is not None and (not issubclass(kind, Exception) or issubclass(kind, _KEEPS_PARTS)):
            self._keep_parts()
        else:
            shutil.rmtree(self.folder, ignore_errors=True)
        self._drop_lock()
        if isinstance(error, _DISK_ERRORS):
            why = str(error).partition("\n")[0]  # DuckDB's own advice is none for who calls labelpipe
            told = f"{self.output} could not be written ({why}); the last build stands; {_what_to_do(error)}"
            raise PublishError(told) from error

    def _keep_parts(self) -> None:
        """Leave what batches have done to the next build, and nothing else."""
        for path in self.folder.iterdir():
            if path != self.parts.folder:
                path.unlink() if path.is_file() else shutil.rmtree(path, ignore_errors=True)

    def _take_over(self, leftover: Path) -> None:
        """Keep the parts of the newest build that did not end, if it left any."""
        if (leftover / "parts").is_dir():
            shutil.rmtree(self.left, ignore_errors=True)
            (leftover / "parts").rename(self.left)
        shutil.rmtree(leftover)

    @property
    def left(self) -> Path:
        """Where the parts are that an interrupted build has left."""
        return self.folder / "left"

    def _drop_lock(self) -> None:
        if self._lock:
            self._lock.close()

    @property
    def database(self) -> Path:
        """Where the database is built."""
        return self.folder / DATABASE_NAME

    @property
    def parquet(self) -> Path:
        """Where the Parquet files are built."""
        return self.folder / "parquet"

    @property
    def report(self) -> Path:
        """Where the report is written."""
        return self.folder / REPORT_NAME

    @property
    def parts(self) -> Parts:
        """The rows that batches have left so far."""
        return Parts(self.folder / "parts")

    @property
    def scratch(self) -> Path:
        """Where what does not fit into memory goes."""
        return self.folder / "scratch"

    def add(self, tables: dict[str, pa.Table]) -> None:
        """Write a batch of validated tables aside, as the next part of each."""
        self._n_parts += 1
        self.parts.write(f"{self._n_parts:06}", tables)

    def publish(self) -> None:
        """Make this build the one that readers see. Everything is on the disk before the link is swapped."""
        for aside in (self.parts.folder, self.left, self.scratch):
            shutil.rmtree(aside, ignore_errors=True)
        done = self.output / "releases" / self.run_id
        try:
            write_checksums(self.folder, self.hashes)
            _sync_tree(self.folder)
            self.folder.rename(done)
            _sync(self.output / "releases")
            make_current(self.output, self.run_id)
        except OSError as error:
            raise PublishError(
                f"{self.output} could not be published ({error.strerror}); the last build stands"
            ) from error
        self._forget_old()

    def _forget_old(self) -> None:
        """Remove all but the newest releases; a reader that has one open keeps its files until it closes them."""
        current = (self.output / "current").resolve().name
        for name in complete_releases(self.output)[self.keep :]:
            if name != current:
                shutil.rmtree(self.output / "releases" / name, ignore_errors=True)


def complete_releases(output: Path) -> list[str]:
    """Return the names of the releases that are complete, the newest first."""
    found = (path.name for path in (output / "releases").glob("*") if path.is_dir())
    return sorted((name for name in found if not name.endswith(_BUILDING)), reverse=True)


def make_current(output: Path, run_id: str) -> None:
    """Make a complete release the one that readers see; whoever does that holds the lock."""
    for name, target in _LINKS.items():
        if (output / "releases" / run_id / name).exists():
            _link(output / name, target)
        else:
            _unlink(output / name)
    _link(output / "current", f"releases/{run_id}")
    _sync(output)


def last_database(output: Path) -> Path | None:
    """Return the database of the release that is published, under its own name, or None where there is none."""
    path = (output / "current").resolve() / DATABASE_NAME
    return path if path.is_file() else None


def published_database(output: Path) -> Path:
    """Return the database of the published build.

    Raises:
        OutputNotFound: nothing has been published there.
    """
    path = output / DATABASE_NAME if output.is_dir() else output
    if not path.is_file():
        raise OutputNotFound(f"there is no build in {output}; run `labelpipe build RAW --output {output}` first")
    return path


def _what_to_do(error: BaseException) -> str:
    if isinstance(error, duckdb.OutOfMemoryException):
        return "what was parsed is taken up by the next one; give it more --memory-mb, or make room on the disk"
    return "make room, or choose another --output"


def _check_ours(path: Path) -> None:
    """Never replace what is no link of ours."""
    if path.exists() and not path.is_symlink():
        raise PublishError(f"{path} is in the way: it was not made by labelpipe; move it, or choose another --output")


def _link(path: Path, target: str) -> None:
    """Point a symbolic link at the target, replacing what was there in one step."""
    if path.is_symlink() and path.readlink() == Path(target):
        return
    _check_ours(path)
    fresh = path.with_name(f".{path.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    fresh.replace(path)


def _unlink(path: Path) -> None:
    """Take a link of ours away whose target this release does not have."""
    if path.is_symlink():
        path.unlink()


def _sync_tree(folder: Path) -> None:
    for parent, _, names in os.walk(folder):
        for name in names:
            _sync(Path(parent) / name)
        _sync(Path(parent))


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
