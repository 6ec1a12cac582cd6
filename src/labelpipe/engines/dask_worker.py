"""What a worker of a Dask cluster does with a piece of work: it opens the documents, and has them parsed as one machine
does, by a process beside it that is watched. A document that kills or hangs its process costs the worker nothing.

Work comes pickled, so that the scheduler, through which it passes, needs to load nothing of it.
"""

import multiprocessing
import pickle
import tempfile
from pathlib import Path
from typing import Any


def parse(packed: bytes) -> tuple[str, list[Any]]:
    """Parse a piece of work: (work, piece, exchange, hash of the package), pickled.

    Returns:
        Under what name its rows were left in the exchange, and the manifests of its batches.
    """
    from labelpipe.batches import compose
    from labelpipe.engines.local import run_watched

    work, piece, exchange, package = pickle.loads(packed)
    _check_package(package)
    multiprocessing.current_process().daemon = False  # daemons, as Dask's workers are, may have no children
    with tempfile.TemporaryDirectory(prefix="labelpipe-") as scratch:
        parts = Path(scratch, "parts")
        batches = compose((given for given, _ in piece.documents), f"{piece.name}-")
        manifests = list(run_watched(work.at(parts), batches, 1))
        return exchange.put(parts), manifests


def introduce(packed: bytes) -> str | Exception:
    """Show that this worker can do the work, given (exchange, files that it should see, hash of the package).

    Returns:
        The name of what it left in the exchange, or what keeps it from doing the work.
    """
    from labelpipe.urls import is_url, open_url

    try:
        exchange, files, package = pickle.loads(packed)
        _check_package(package)
        for file in files:
            with open_url(file) if is_url(file) else Path(file).open("rb"):
                pass
        left: str = exchange.answer()
    except Exception as error:
        return error
    return left


class OtherPackage(Exception):
    """This worker has another labelpipe, or other words, than the machine that builds."""


def _check_package(package: str) -> None:
    from labelpipe.fingerprint import everything

    if everything() != package:
        raise OtherPackage("it has another version of labelpipe, or other vocabulary files, than this machine")
