"""Throw mutated documents at the readers, guided by what code each input reaches, and say what it took.

    python tools/fuzz.py {text,html,xml,json,zip,all} [--whole] [--save] [-runs=100000] [-max_total_time=600] [...]

Needs atheris (`make fuzz` installs it); options with one dash go to libFuzzer. `--whole` puts what was read through the
other stages too. What an input may become is said in tools/fuzz_target.py. A crash, a hang of one second or a process
that grows beyond its limit ends the run and leaves the input in .fuzz/: put it into tests/security/found/, where the
tests replay it for ever. Inputs that reached new code stay in .fuzz/, and the next run begins with them.

Prints for each reader the inputs, the seconds, the slowest input, and the memory at the peak and after the first
tenth of the inputs: a leak is the difference. --save adds a line to docs/benchmark/fuzz.jsonl.
"""

import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from labelpipe.errors import UnreadableSource
from labelpipe.readers.sniff import sniff

REPOSITORY = Path(__file__).resolve().parent.parent
FOUND = REPOSITORY / "tests" / "security" / "found"
WORK = REPOSITORY / ".fuzz"
SAVED = REPOSITORY / "docs" / "benchmark" / "fuzz.jsonl"
LIMITS = ("-timeout=60", "-rss_limit_mb=1500", "-max_len=4000")
"""A minute of wall time; a second of CPU time is a hang too (fuzz_target.py). The process holds the models."""

MARKS = {
    "text": ("Loading...", "| ", "|---|", "- ", "> ", r"\x0a\x0a", "5 mg/1", "Active Ingredient", "mcg/kg/day"),
    "html": (
        "<table>",
        r"<td rowspan=\x22",
        "<li>",
        "</div>",
        "<details>",
        "<script>",
        "&#x",
        "<!--",
        "<sup>",
        "<br/>",
    ),
    "xml": (
        *("<section>", "<text>", r"<code code=\x22", "<table>", r"<td rowspan=\x22"),
        *("<![CDATA[", "<!ENTITY", "<renderMultiMedia"),
    ),
    "json": (r"\x22results\x22:[", r"\x22set_id\x22:", r"_table\x22:[", "<table>", r"\x5cu0000", "1e999", "null"),
    "zip": (r"PK\x03\x04", r"PK\x01\x02", r"PK\x05\x06"),
}
"""What mutations are made of besides bytes, by format."""

_DONE = re.compile(r"^stat::number_of_executed_units: (\d+)", re.M)
_PEAK = re.compile(r"^stat::peak_rss_mb: +(\d+)", re.M)
_SEEN = re.compile(r"^#(\d+)\t.* rss: (\d+)Mb", re.M)


@dataclass(frozen=True, slots=True)
class Run:
    """What one run over one reader took. `readers` is the hash of the readers' code."""

    reader: str
    whole: bool
    readers: str
    inputs: int
    seconds: int
    slowest_ms: int
    early_mb: int
    peak_mb: int

    def __str__(self) -> str:
        return (
            f"{self.reader}: {self.inputs:,} inputs in {self.seconds:,} s, slowest {self.slowest_ms} ms of CPU time, "
            f"{self.early_mb} MB after a tenth of them, {self.peak_mb} MB at the peak"
        )


def hash_of_readers() -> str:
    """Return a hash of the readers' code: figures of other code are those of another reader."""
    paths = sorted((REPOSITORY / "src" / "labelpipe" / "readers").rglob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:12]


def prepare(kind: str) -> tuple[Path, Path, Path]:
    """Return the corpus of a format, its dictionary and the file for its slowest input; the corpus has the samples."""
    corpus, words = WORK / kind, WORK / f"{kind}.dict"
    corpus.mkdir(parents=True, exist_ok=True)
    words.write_text("".join(f'"{mark}"\n' for mark in MARKS[kind]), encoding="utf-8")
    for path in (*(REPOSITORY / "raw").iterdir(), *FOUND.iterdir()):
        data = path.read_bytes()[:4000]
        try:
            if data and sniff(data) == kind:
                (corpus / path.name).write_bytes(data)
        except UnreadableSource:
            continue
    slowest = WORK / f"{kind}.slowest"
    slowest.with_suffix(".ms").unlink(missing_ok=True)
    return corpus, words, slowest


def fuzz(kind: str, whole: bool, options: list[str]) -> Run:
    """Fuzz one format; what libFuzzer says goes to stderr as it comes.

    Raises:
        subprocess.CalledProcessError: an input broke the reader; it lies in .fuzz/.
    """
    corpus, words, slowest = prepare(kind)
    target = [str(REPOSITORY / "tools" / "fuzz_target.py"), *(["--whole"] if whole else []), str(slowest)]
    settings = [*LIMITS, f"-dict={words}", f"-artifact_prefix={WORK}/{kind}-", "-print_final_stats=1", *options]
    command = [sys.executable, *target, *settings, str(corpus)]
    start = time.monotonic()
    said = []
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, errors="replace") as process:
        assert process.stderr
        for line in process.stderr:
            sys.stderr.write(line)
            said.append(line)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return measured(kind, whole, "".join(said), round(time.monotonic() - start), slowest.with_suffix(".ms"))


def measured(kind: str, whole: bool, said: str, seconds: int, slowest: Path) -> Run:
    """Return the figures out of what libFuzzer said at its end, and what its status lines said on the way."""
    (inputs,), (peak,) = _DONE.findall(said), _PEAK.findall(said)
    early = max((int(mb) for at, mb in _SEEN.findall(said) if int(at) <= int(inputs) / 10), default=0)
    longest = int(slowest.read_text(encoding="utf-8")) if slowest.exists() else 0
    return Run(kind, whole, hash_of_readers(), int(inputs), seconds, longest, early, int(peak))


def main() -> None:
    """Fuzz the formats that were asked for, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("reader", choices=(*MARKS, "all"))
    parser.add_argument("--whole", action="store_true", help="put what was read through the other stages too")
    parser.add_argument("--save", action="store_true", help=f"add the figures to {SAVED.relative_to(REPOSITORY)}")
    given, options = parser.parse_known_args()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for kind in MARKS if given.reader == "all" else (given.reader,):
        try:
            run = fuzz(kind, given.whole, options)
        except subprocess.CalledProcessError as error:
            sys.exit(f"{kind}: ended with {error.returncode}; the input is {WORK}/{kind}-*; see above")
        print(run, flush=True)
        if given.save:
            with SAVED.open("a", encoding="utf-8") as saved:
                saved.write(json.dumps(asdict(run)) + "\n")


if __name__ == "__main__":
    main()
