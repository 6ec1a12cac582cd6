"""Whether a Dask cluster is there, and whether every worker of it can do the work: found out before it begins."""

import asyncio
import pickle
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from labelpipe.engines import dask_worker
from labelpipe.engines.exchange import Exchange
from labelpipe.errors import EngineError
from labelpipe.fingerprint import everything
from labelpipe.urls import is_url

if TYPE_CHECKING:
    from distributed import Client

SECONDS_TO_CONNECT = 30


def connected(scheduler: str) -> "Client":
    """Return a client of the scheduler.

    Raises:
        EngineError: Dask is not installed, or no scheduler answers there.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise EngineError("--engine dask needs Dask: pip install 'labelpipe[cluster]'") from error
    _meet(scheduler)
    return Client(scheduler, timeout=SECONDS_TO_CONNECT, set_as_default=False)


def _meet(scheduler: str) -> None:
    """Ask who is there before a client is made, which gives up late, and never where something else listens."""
    try:
        with ThreadPoolExecutor(1) as thread:  # a notebook's own thread has an event loop already
            found = thread.submit(asyncio.run, asyncio.wait_for(_kind(scheduler), SECONDS_TO_CONNECT)).result()
    except Exception as error:  # what else may listen there makes Dask stumble anywhere
        raise EngineError(
            f"no Dask scheduler answers at {scheduler} ({error or type(error).__name__}); "
            "start one with `dask scheduler`, and give the tcp:// address that it prints"
        ) from error
    if found != "Scheduler":
        raise EngineError(f"{scheduler} is a {found}; give the address that `dask scheduler` prints")


async def _kind(address: str) -> str:
    from distributed import rpc
    from distributed.security import Security

    async with rpc(address, connection_args=Security().get_connection_args("client")) as remote:
        identity = await remote.identity()
    return str(identity["type"])


def check(client: "Client", exchange: Exchange, files: Sequence[str]) -> int:
    """Return how many threads the workers have, after each has shown that it can do the work.

    Args:
        client: of the cluster.
        exchange: where workers have to leave rows.
        files: what workers have to see.

    Raises:
        EngineError: there are no workers, or one of them cannot; it says which, why, and what to do.
    """
    threads: dict[str, int] = client.nthreads()
    if not threads:
        raise EngineError("the scheduler has no workers; start some: dask worker ADDRESS")
    seen = [file for file in files if is_url(file) or Path(file).exists()]
    packed = pickle.dumps((exchange, seen, everything()))
    answers = client.run(dask_worker.introduce, packed, on_error="return")
    for address, answer in sorted(answers.items()):
        if isinstance(answer, BaseException):
            raise EngineError(f"worker {address} cannot do the work: {answer!r}; {_what_to_do(answer)}") from answer
        if not exchange.has(answer):
            raise EngineError(f"worker {address} left a file in {exchange.url} that is not there; {_SHARED}")
    return sum(threads.values())


_SHARED = "RAW and OUT have to be folders that workers see under the same path; else use URLs, and --parts URL"


def _what_to_do(error: BaseException) -> str:
    if isinstance(error, ImportError) or "ModuleNotFoundError" in str(error):  # the latter from before our code began
        return "install labelpipe[cluster] there, and what the URLs need, in the versions of this machine"
    if isinstance(error, dask_worker.OtherPackage):
        return "install the same on both, and give both the same LABELPIPE_VOCABULARY"
    return _SHARED if isinstance(error, OSError) else "look at its log"
