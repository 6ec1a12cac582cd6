"""Builds with workers, of which the parent or a worker is killed at any moment: the next ends as an undisturbed one."""

import os
import random
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from time import monotonic

import pytest
from samples import write_pages

from labelpipe.contract import TABLES
from labelpipe.pipeline import build
from labelpipe.store.verify import all_problems

NAMES = [first + second for first in ("Lor", "Tar", "Zor", "Nor", "Mar") for second in ("vel", "dan", "tix", "mol")]


def start(raw: Path, output: Path) -> subprocess.Popen[bytes]:
    script = Path(__file__).with_name("one_build.py")
    return subprocess.Popen(
        [sys.executable, str(script), str(raw), str(output)], start_new_session=True, stderr=subprocess.DEVNULL
    )


def processes_of(session: int) -> list[int]:
    """Return the processes that still live in a session, whoever is their parent now."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = status.read_text().rpartition(")")[2].split()
            if int(fields[3]) == session and fields[0] != "Z":
                found.append(int(status.parent.name))
    return sorted(found)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are found in /proc")
@pytest.mark.parametrize("kills", [4, pytest.param(100, marks=pytest.mark.slow)])
def test_whatever_is_killed_the_next_build_is_that_of_an_undisturbed_one(kills: int, tmp_path: Path) -> None:
    raw = write_pages(tmp_path / "raw", *NAMES)
    build([raw], tmp_path / "undisturbed")
    started = monotonic()
    assert start(raw, tmp_path / "first").wait() == 0
    duration = monotonic() - started
    moments = random.Random(kills)
    for number in range(kills):
        output = tmp_path / f"out{number // 2}"  # each output is built into twice, so that what is left is taken up
        running = start(raw, output)
        with suppress(subprocess.TimeoutExpired):
            running.wait(moments.uniform(0.3, 1) * duration)
        alive = processes_of(running.pid)
        victim = running.pid if number % 2 else moments.choice(alive or [running.pid])
        with suppress(ProcessLookupError):
            os.kill(victim, signal.SIGKILL)
        with suppress(subprocess.TimeoutExpired):
            running.wait(60)
        assert running.poll() is not None, "it hangs when one of its processes is killed"
    for number in range((kills + 1) // 2):
        output = tmp_path / f"out{number}"
        assert start(raw, output).wait() == 0
        assert list(all_problems(output)) == []
        for name in set(TABLES) - {"runs"}:
            path = Path("parquet", f"{name}.parquet")
            assert (output / path).read_bytes() == (tmp_path / "undisturbed" / path).read_bytes(), name
