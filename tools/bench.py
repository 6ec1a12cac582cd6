"""How fast, beside what the machine can do at best in the same run: reading and hashing the same files.

    python tools/bench.py [--documents 500] [--repeat 3]

Documents of twenty kilobytes are made from raw/ (seeded, so that every run has the same). Prints one line a measure:
documents a second, and how many times the floor's time it takes. One core; ratios are what carries over.
"""

import argparse
import hashlib
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from labelpipe import parse
from labelpipe.model import Source
from labelpipe.pipeline import build, parse_source

REPOSITORY = Path(__file__).resolve().parent.parent
DOCUMENT_BYTES = 20_000
SAMPLES = ("gablofen.txt", "dexamethasone_cp1252.txt", "lidocaine_utf16.txt")
HEADER_LINES = 15


def make_documents(folder: Path, count: int) -> list[Path]:
    """Write documents of about twenty kilobytes: the header of one sample, the lines of all in their order, thinned."""
    dice = random.Random(20_000)
    samples = [[b.text for b in parse(REPOSITORY / "raw" / name).blocks] for name in SAMPLES]
    paths = []
    for number in range(count):
        first = number % len(samples)
        lines = [*samples[first][:HEADER_LINES]]
        body = [
            line for offset in range(len(samples)) for line in samples[(first + offset) % len(samples)][HEADER_LINES:]
        ]
        size = sum(len(line) + 1 for line in body)
        lines += [line for line in body if dice.random() < DOCUMENT_BYTES / size]
        path = folder / f"{number:06}.txt"
        lines.append(f"This page is number {number} of a batch that was made to measure speed.")
        path.write_text("\n".join(lines), encoding="utf-8")
        paths.append(path)
    return paths


def read_and_hash(paths: list[Path]) -> None:
    """The floor: every byte read and hashed."""
    for path in paths:
        hashlib.sha256(path.read_bytes()).hexdigest()


def parse_all(paths: list[Path]) -> None:
    """Read, place, extract and judge, on one core."""
    for path in paths:
        parse_source(Source(path.name, path.read_bytes()))


def best(measure: Callable[[], object], repeat: int) -> float:
    """Return the shortest of several runs, in seconds."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        measure()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--repeat", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "in").mkdir()
        paths = make_documents(Path(folder) / "in", arguments.documents)
        kilobytes = sum(path.stat().st_size for path in paths) / len(paths) / 1000
        parse_all(paths[:5])  # models and vocabularies are loaded once
        floor = best(lambda: read_and_hash(paths), max(arguments.repeat, 5))
        sys.stdout.write(f"{len(paths)} documents of {kilobytes:.1f} kB, one core, best of {arguments.repeat}\n")
        for name, measure in (
            ("read and hash (floor)", lambda: read_and_hash(paths)),
            ("read, place, extract, judge", lambda: parse_all(paths)),
            ("whole build", lambda: build([Path(folder) / "in"], Path(folder) / "out")),
        ):
            seconds = best(measure, arguments.repeat)
            sys.stdout.write(
                f"{name:30} {len(paths) / seconds:10,.0f} documents/s {seconds / floor:8.1f} x the floor\n"
            )


if __name__ == "__main__":
    main()
