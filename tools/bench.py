"""How fast, in how much memory, and how both grow, beside what the machine can do at best in the same run.

    python tools/bench.py [--sizes 100 1000] [--all-cores-only] [--distinct] [--peers] [--work FOLDER] [--save]

Each size is so many documents of twenty kilobytes, made from raw/; tools/benchmark/measures.py says what is measured.
--peers takes the text out of HTML pages, with labelpipe and with others; who is not installed (`make peers`) is left
out. --save writes docs/benchmark/*.json, one file a size, and draws docs/benchmark.md and its chart anew. With --work,
a run that was stopped goes on where it was, and the documents and builds stay.

100,000 documents take about an hour and 15 GB of disk:

    python tools/bench.py --sizes 100000 --work FOLDER --save
"""

import argparse
import json
import subprocess
import sys
import tempfile
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmark.documents import REPOSITORY, make_pages
from benchmark.machine import described
from benchmark.measures import Bench, Measure
from benchmark.page import FOLDER, write_page
from benchmark.peers import OTHERS, ROWS
from benchmark.watch import watched

from labelpipe.fingerprint import everything

PEERS = REPOSITORY / ".venv-peers" / "bin" / "python"
N_PAGES = 100


def measure_size(folder: Path, count: int, distinct: bool, with_one_core: bool) -> dict[str, Any]:
    """Measure one size, print each measure as it comes, and return all of it for a file."""
    bench = Bench(folder, count, distinct, with_one_core)
    source_bytes = bench.prepare()
    kind = "no two lines of prose alike" if distinct else "lines that repeat"
    print(f"{count:,} documents of {source_bytes / count / 1000:.1f} kB, {kind}", flush=True)
    measures = []
    for measure in bench.measures():
        measures.append(measure)
        print(told(measure, measures[0], count), flush=True)
    return {
        "documents": count,
        "distinct": distinct,
        "source_bytes": source_bytes,
        "labelpipe": everything(),
        "machine": described(),
        "measures": [asdict(measure) for measure in measures],
    }


def told(measure: Measure, floor: Measure, count: int) -> str:
    """Return a line about a measure."""
    times = f"{measure.seconds:10.2f} s {measure.cpu_seconds:10.2f} s CPU"
    ratios = f"{measure.seconds / floor.seconds:8.1f} x {measure.cpu_seconds / floor.cpu_seconds:8.1f} x CPU"
    memory = f"{measure.peak_mb:7.0f} MB" if measure.peak_mb else " " * 10
    same = {None: "", True: ", same bytes as one core", False: ", NOT THE SAME BYTES as one core"}[
        measure.is_same_bytes
    ]
    return f"  {measure.name:16}{times}{ratios}{memory}{count / measure.seconds:10,.0f} documents/s{same}"


def measure_peers() -> dict[str, Any]:
    """Take the text out of the same pages with everyone who is installed."""
    with tempfile.TemporaryDirectory() as folder:
        paths = make_pages(Path(folder), N_PAGES)
        source_bytes = sum(path.stat().st_size for path in paths)
        rows = []
        print(f"text out of {N_PAGES} HTML pages of {source_bytes / N_PAGES / 1000:.1f} kB, one core, CPU time")
        for name in ROWS:
            row = peer(name, Path(folder))
            if row:
                rows.append(row)
                pages = N_PAGES / row["cpu_seconds"]
                print(
                    f"  {name:16} {row['version']:10} {pages:8,.0f} pages/s, {row['words_kept']:.1%} of the words",
                    flush=True,
                )
    return {"pages": N_PAGES, "source_bytes": source_bytes, "machine": described(), "rows": rows}


def peer(name: str, folder: Path) -> dict[str, Any] | None:
    """Return the figures of one; None, and a line that says why, where it is not installed."""
    python = PEERS if name in OTHERS else Path(sys.executable)
    if not python.exists():
        print(f"  {name:16} left out: it is not installed; run `make peers`")
        return None
    try:
        taken = watched([python, REPOSITORY / "tools" / "benchmark" / "peers.py", name, folder])
    except subprocess.CalledProcessError as error:
        print(f"  {name:16} left out: {error.stderr.strip().splitlines()[-1]}")
        return None
    row: dict[str, Any] = json.loads(taken.stdout.splitlines()[-1])
    return row


def save(name: str, figures: dict[str, Any]) -> None:
    """Write figures to docs/benchmark/."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{name}.json").write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sizes", type=int, nargs="*", default=[100, 1000])
    parser.add_argument("--all-cores-only", action="store_true", help="leave out the build on one core")
    parser.add_argument("--distinct", action="store_true", help="documents of which no two lines of prose are alike")
    parser.add_argument("--peers", action="store_true", help="text out of HTML, beside others")
    parser.add_argument(
        "--work", type=Path, help="keep documents, builds and measures here, and go on where they stopped"
    )
    parser.add_argument("--save", action="store_true", help="write docs/benchmark/ and docs/benchmark.md")
    given = parser.parse_args()
    for count in given.sizes:
        name = f"documents_{count}{'_distinct' if given.distinct else ''}"
        with tempfile.TemporaryDirectory() if given.work is None else nullcontext(given.work) as folder:
            figures = measure_size(Path(folder) / name, count, given.distinct, not given.all_cores_only)
        if given.save:
            save(name, figures)
    if given.peers:
        figures = measure_peers()
        if given.save:
            save("peers", figures)
    if given.save:
        write_page()


if __name__ == "__main__":
    main()
