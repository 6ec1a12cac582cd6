"""How fast, beside what the machine can do at best in the same run: reading and hashing the same files.

    python tools/bench_stages.py [--documents 500] [--repeat 3] [--stages]

Documents of twenty kilobytes are made from raw/ (seeded, so that every run has the same). Prints one line a measure:
documents a second, and how many times the floor's time it takes. One core, CPU time; ratios are what carries over.

The documents share most of their lines, as labels of one drug do, and what was worked out for a line is remembered.
So everything is measured twice: with lines that repeat, and with a made-up word of its own in each line of prose, so
that no two are alike. Every run begins with empty memories. --stages prints what each stage of a parse takes.
"""

import argparse
import hashlib
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmark.documents import make_documents
from forget import forget

from labelpipe import pipeline
from labelpipe.model import Source
from labelpipe.pipeline import build, parse_source

STAGES = ("read", "read_document", "is_about_a_drug", "place", "extract_facts", "judge", "outline")
"""The functions of the pipeline that a parse goes through."""


def read_and_hash(paths: list[Path]) -> None:
    """The floor: every byte read and hashed."""
    for path in paths:
        hashlib.sha256(path.read_bytes()).hexdigest()


def parse_all(paths: list[Path]) -> None:
    """Read, place, extract and judge, on one core."""
    for path in paths:
        parse_source(Source(path.name, path.read_bytes()))


def seconds_by_stage(paths: list[Path]) -> dict[str, float]:
    """Return the CPU seconds that each stage takes to parse all documents."""
    spent = dict.fromkeys(STAGES, 0.0)

    def timed(name: str, stage: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any, **named: Any) -> Any:
            start = time.process_time()
            try:
                return stage(*given, **named)
            finally:
                spent[name] += time.process_time() - start

        return run

    stages = {name: getattr(pipeline, name) for name in STAGES}
    for name, stage in stages.items():
        setattr(pipeline, name, timed(name, stage))
    forget()
    parse_all(paths)
    for name, stage in stages.items():
        setattr(pipeline, name, stage)
    return dict(sorted(spent.items(), key=lambda stage: -stage[1]))


def best(measure: Callable[[], object], repeat: int) -> float:
    """Return the shortest of several runs, in seconds."""
    times = []
    for _ in range(repeat):
        forget()
        start = time.process_time()
        measure()
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--stages", action="store_true", help="print what each stage takes, too")
    arguments = parser.parse_args()
    for fresh, what in ((False, "lines that repeat"), (True, "no two lines of prose alike")):
        with tempfile.TemporaryDirectory() as folder:
            sys.stdout.write(f"{what}: ")
            measure(Path(folder), arguments.documents, arguments.repeat, fresh, arguments.stages)


def measure(folder: Path, documents: int, repeat: int, fresh: bool, stages: bool) -> None:
    """Make the documents in the folder, measure, and print."""
    (folder / "in").mkdir()
    paths = make_documents(folder / "in", documents, fresh)
    kilobytes = sum(path.stat().st_size for path in paths) / len(paths) / 1000
    parse_all(paths[:5])  # models and vocabularies are loaded once
    floor = best(lambda: read_and_hash(paths), max(repeat, 5))
    sys.stdout.write(f"{len(paths)} documents of {kilobytes:.1f} kB, one core, best of {repeat}\n")
    for name, run in (
        ("read and hash (floor)", lambda: read_and_hash(paths)),
        ("read, place, extract, judge", lambda: parse_all(paths)),
        ("whole build", lambda: build([folder / "in"], Path(tempfile.mkdtemp(dir=folder)))),
    ):
        seconds = best(run, repeat)
        sys.stdout.write(f"{name:30} {len(paths) / seconds:10,.0f} documents/s {seconds / floor:8.1f} x the floor\n")
    for name, seconds in seconds_by_stage(paths).items() if stages else ():
        milliseconds = seconds / len(paths) * 1000
        sys.stdout.write(f"  {name:28} {milliseconds:10.3f} ms/document {seconds / floor:11.1f} x the floor\n")


if __name__ == "__main__":
    main()
