"""A parser that some documents are deadly to: it lives in a module, so that workers can import it."""

import ctypes
import os
import signal
import time
from pathlib import Path

import psutil

from labelpipe.model import Label, Source
from labelpipe.pipeline import parse_source


def parse(source: Source) -> Label:
    """Parse a document, unless it says what becomes of whoever does."""
    if b"MACHINE" in source.data:
        psutil.Process().parent().parent().kill()  # ours is the forkserver, whose parent is the cluster's worker
    if b"KILL" in source.data or b"MACHINE" in source.data:
        os.kill(os.getpid(), signal.SIGKILL)
    if b"ONCE" in source.data:
        _kill_once(Path(source.data.decode().splitlines()[-1]))
    if b"HANG" in source.data:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
        ctypes.PyDLL(None).sleep(1000)  # holds Python's lock, as a library does that is stuck
    if b"SLOW" in source.data:
        time.sleep(1000)
    return parse_source(source)


def _kill_once(memory: Path) -> None:
    if not memory.exists():
        memory.touch()
        os.kill(os.getpid(), signal.SIGKILL)
