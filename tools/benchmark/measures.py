"""One size, measured: builds of so many documents, beside two floors in the same run.

The measures of a size, in their order:

    read_and_hash      floor: every byte of the documents read and hashed
    build_one_core     a clean build with one worker
    build_all_cores    a clean build with as many workers as there are cores
    write_rows         floor: every row of that build written to Parquet by Arrow
    nothing_changed    that build again
    one_changed        that build again, a sentence added to one document

Before a build that goes on from another one every document is read once: the floor has them in memory, too.
"""

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmark.documents import make_documents
from benchmark.watch import Taken, watched

FLOORS = Path(__file__).with_name("floors.py")


@dataclass(frozen=True, slots=True)
class Measure:
    """What one of them took. `stages` are seconds of wall time, by stage of the build.

    `is_same_bytes`, of the build with all cores: every Parquet file but `runs` is that of the build with one core.
    """

    name: str
    seconds: float
    cpu_seconds: float
    peak_mb: float | None = None
    others_cores: float | None = None
    n_parsed: int | None = None
    n_reused: int | None = None
    is_same_bytes: bool | None = None
    stages: dict[str, float] = field(default_factory=dict)


class Bench:
    """The documents of one size in a folder of their own, and the measures that are taken of them, each once.

    What was measured is kept in the folder: a run that was stopped goes on where it was, given the same folder.
    """

    def __init__(self, folder: Path, count: int, distinct: bool, with_one_core: bool = True) -> None:
        self.folder, self.count, self.distinct, self.with_one_core = folder, count, distinct, with_one_core
        self.documents = folder / "documents"
        self.kept = folder / "measures.json"
        self.one, self.all = folder / "one_core", folder / "all_cores"

    def prepare(self) -> int:
        """Write the documents, where they are not there yet; return how many bytes they have."""
        done = self.folder / "made"
        if not done.exists():
            self.documents.mkdir(parents=True, exist_ok=True)
            make_documents(self.documents, self.count, self.distinct)
            done.touch()
        return sum(path.stat().st_size for path in self.documents.iterdir())

    def measures(self) -> Iterator[Measure]:
        """Take every measure that is not there yet, and yield them all."""
        takers: dict[str, Callable[[], Measure]] = {
            "read_and_hash": lambda: self._floor("read_and_hash", "read", self.documents),
            "build_one_core": lambda: self._clean_build("build_one_core", self.one, "--workers", "1"),
            "build_all_cores": self._build_all_cores,
            "write_rows": lambda: self._floor("write_rows", "write", self.all / "parquet"),
            "nothing_changed": self._nothing_changed,
            "one_changed": self._one_changed,
        }
        kept = json.loads(self.kept.read_text(encoding="utf-8")) if self.kept.exists() else {}
        if not self.with_one_core:
            del takers["build_one_core"]
        for name, take in takers.items():
            if name not in kept:
                kept[name] = asdict(take())
                self.kept.write_text(json.dumps(kept, indent=1), encoding="utf-8")
            yield Measure(**kept[name])

    def _floor(self, name: str, what: str, folder: Path) -> Measure:
        taken = watched([sys.executable, FLOORS, what, folder])
        seconds, cpu_seconds = json.loads(taken.stdout)
        return Measure(name, seconds, cpu_seconds, others_cores=taken.others_cores)

    def _clean_build(self, name: str, output: Path, *options: str) -> Measure:
        if output.exists():
            shutil.rmtree(output)
        return self._build(name, output, *options)

    def _build_all_cores(self) -> Measure:
        measure = self._clean_build("build_all_cores", self.all)
        if not self.with_one_core:
            return measure
        return replace(measure, is_same_bytes=_parquet_sums(self.one) == _parquet_sums(self.all))

    def _nothing_changed(self) -> Measure:
        self._have_in_memory()
        return self._build("nothing_changed", self.all)

    def _one_changed(self) -> Measure:
        self._have_in_memory()
        path = min(self.documents.iterdir())
        with _with_sentence(path, "One more sentence, which was not there the night before."):
            measure = self._build("one_changed", self.all)
        if measure.n_parsed != 1:
            raise AssertionError(f"one document was changed, and {measure.n_parsed} were parsed")
        return measure

    def _have_in_memory(self) -> None:
        for path in self.documents.iterdir():
            path.read_bytes()

    def _build(self, name: str, output: Path, *options: str) -> Measure:
        """Build as a user does, from the command line; the start of Python and of its workers counts."""
        command: list[str | Path] = [sys.executable, "-m", "labelpipe", "build", self.documents, "--output", output]
        taken = watched([*command, *options, "--log-json", "--summary-json", "-"])
        told = json.loads(taken.stdout.strip().splitlines()[-1])
        return _measure(name, taken, told)


def _measure(name: str, taken: Taken, told: dict[str, Any]) -> Measure:
    figures = (taken.seconds, taken.cpu_seconds, taken.peak_mb, taken.others_cores)
    return Measure(name, *figures, told["n_parsed"], told["n_reused"], stages=_stages(taken.stderr))


def _stages(log: str) -> dict[str, float]:
    """Return the seconds of each stage, from the lines that say when it began."""
    events = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    began = [(event["stage"], datetime.fromisoformat(event["timestamp"])) for event in events if "stage" in event]
    ends = [when for _, when in began[1:]] + [datetime.fromisoformat(events[-1]["timestamp"])]
    return {name: round((end - start).total_seconds(), 3) for (name, start), end in zip(began, ends, strict=True)}


def _parquet_sums(output: Path) -> list[str]:
    """Return the checksums of a release's Parquet files, less that of `runs`, which holds times."""
    lines = (output / "current" / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.endswith(".parquet") and not line.endswith("/runs.parquet")]


@contextmanager
def _with_sentence(path: Path, sentence: str) -> Iterator[None]:
    """Have a sentence at the end of a file for a while."""
    before = path.read_bytes()
    path.write_bytes(before + f"\n{sentence}\n".encode())
    try:
        yield
    finally:
        path.write_bytes(before)
