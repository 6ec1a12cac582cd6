"""Run a program and say what it took: wall and CPU time, and the memory of it and all that it started."""

import ctypes
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

EVERY_SECONDS = 0.2
_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True, slots=True)
class Taken:
    """What a program took. `peak_mb` sums the resident memory of all its processes, pages that they share each time.

    `others_cores` is how many cores the rest of the machine kept busy meanwhile: where it is much above 0, wall time
    says little. `stdout` and `stderr` are what it printed.
    """

    seconds: float
    cpu_seconds: float
    peak_mb: float
    others_cores: float
    stdout: str
    stderr: str


class _Peak(threading.Thread):
    """Looks at a tree of processes until it is told to stop."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.root = psutil.Process(pid)
        self.ended = threading.Event()
        self.peak_bytes = 0

    def run(self) -> None:
        """Look, and look again."""
        while not self.ended.wait(EVERY_SECONDS):
            try:
                tree = [self.root, *self.root.children(recursive=True)]
            except psutil.NoSuchProcess:
                return
            self.peak_bytes = max(self.peak_bytes, sum(map(_resident_bytes, tree)))


def _resident_bytes(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return 0


def watched(command: Sequence[str | Path], cwd: Path | None = None) -> Taken:
    """Run a program to its end.

    Raises:
        subprocess.CalledProcessError: it ended with another code than 0.
    """
    words = [str(word) for word in command]
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    _adopt_orphans()
    others_children = _children()
    own, busy, start = _children_cpu_seconds(), _machine_cpu_seconds(), time.monotonic()
    with subprocess.Popen(
        words, cwd=cwd, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        peak = _Peak(process.pid)
        peak.start()
        stdout, stderr = process.communicate()
        seconds = time.monotonic() - start
        peak.ended.set()
        peak.join()
    _wait_for_orphans(others_children)
    if process.returncode:
        error = subprocess.CalledProcessError(process.returncode, words, stdout, stderr)
        error.add_note(stderr[-2000:])
        raise error
    cpu_seconds = _children_cpu_seconds() - own
    others = max(0.0, _machine_cpu_seconds() - busy - cpu_seconds) / seconds
    return Taken(seconds, cpu_seconds, peak.peak_bytes / 1e6, others, stdout, stderr)


def _adopt_orphans() -> None:
    """Become the parent of processes whose own has ended: the CPU time of what nobody waited for is lost (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _children() -> set[int]:
    return {child.pid for child in psutil.Process().children()}


def _wait_for_orphans(others: set[int]) -> None:
    """Wait for all children but `others`, which were there before and may never end."""
    while left := _children() - others:
        for pid in left:
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)


def _children_cpu_seconds() -> float:
    """Return the CPU time of all programs that this one has started and waited for, and of theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _machine_cpu_seconds() -> float:
    """Return the time that the machine's cores were busy since it started."""
    times = psutil.cpu_times()
    return float(sum(times) - times.idle - getattr(times, "iowait", 0.0))
