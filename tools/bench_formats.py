"""How fast the structured formats are read, beside a bare parse of the same files in the same run.

    python tools/bench_formats.py [--format spl] [--repeat 5]

The files are those of LABELPIPE_SHARED (corpus/spl; dailymed_html and leaflets; openfda). The floors are
`lxml.etree.parse`, `lxml.html.parse` and `json.loads`. One core; CPU time, the best of several runs, each of
which begins with empty memories of words met before; the labels are of different drugs and repeat little.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import lxml.html
from forget import forget
from lxml import etree

from labelpipe.model import Label, Source
from labelpipe.pipeline import parse_source
from labelpipe.readers.html import read_html
from labelpipe.readers.openfda import read_openfda
from labelpipe.readers.spl import read_spl

Measure = Callable[[Path], object]


class Format(NamedTuple):
    """A format's files in the corpus, its floor, and its reader."""

    folders: tuple[str, ...]
    floor: Measure
    read: Measure


FORMATS = {
    "spl": Format(("spl",), lambda path: etree.parse(str(path)), lambda path: read_spl(source_of(path))),
    "html": Format(
        ("dailymed_html", "leaflets"), lambda path: lxml.html.parse(str(path)), lambda path: read_html(source_of(path))
    ),
    "openfda": Format(
        ("openfda",), lambda path: json.loads(path.read_bytes()), lambda path: read_openfda(source_of(path))
    ),
}


def source_of(path: Path) -> Source:
    """Return a file as the pipeline gets it."""
    return Source(path.name, path.read_bytes())


def parse(path: Path) -> Label:
    """Put a file through all stages."""
    return parse_source(source_of(path))


def cpu_seconds(measure: Measure, paths: list[Path], repeat: int) -> float:
    """Return the shortest CPU time of several runs over all files."""
    times = []
    for _ in range(repeat):
        forget()
        start = time.process_time()
        for path in paths:
            measure(path)
        times.append(time.process_time() - start)
    return min(times)


def files_of(corpus: Path, folders: tuple[str, ...]) -> list[Path]:
    """Return the documents in some folders of the corpus, in order."""
    return [path for folder in folders for path in sorted((corpus / folder).iterdir()) if path.is_file()]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--format", dest="formats", action="append", choices=FORMATS, help="only this one (repeatable)")
    parser.add_argument("--repeat", type=int, default=5)
    arguments = parser.parse_args()
    shared = os.environ.get("LABELPIPE_SHARED")
    if not shared:
        parser.exit(2, "LABELPIPE_SHARED names no folder; it has to hold the corpus that is measured\n")
    for name in arguments.formats or FORMATS:
        form = FORMATS[name]
        paths = files_of(Path(shared) / "corpus", form.folders)
        megabytes = sum(path.stat().st_size for path in paths) / 1e6
        floor = cpu_seconds(form.floor, paths, arguments.repeat)
        sys.stdout.write(f"{name}: {len(paths)} files, {megabytes:.1f} MB; bare parse {floor:.3f} s\n")
        for what, measure in (("read", form.read), ("read, place, extract, judge", parse)):
            seconds = cpu_seconds(measure, paths, arguments.repeat)
            sys.stdout.write(f"  {what:30} {seconds:8.3f} s {seconds / floor:8.1f} x the bare parse\n")


if __name__ == "__main__":
    main()
