"""What `tools/fuzz.py` runs under libFuzzer, one process for each format.

    python tools/fuzz_target.py [--whole] SLOWEST [-libfuzzer_option=...] CORPUS

An input may become documents, whose every character is in exactly one block, or rejects with a reason; anything else
ends the run. SLOWEST is a file that gets the input that took longest, named by its milliseconds in SLOWEST.ms.
"""

import io
import sys
import time
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["labelpipe.readers", "labelpipe.extract"]):
    from labelpipe.errors import UnreadableSource
    from labelpipe.model import Source
    from labelpipe.pipeline import parse_source
    from labelpipe.readers import read
    from labelpipe.readers.containers import documents_in

RAW = Path(__file__).resolve().parent.parent / "raw"
HANG_SECONDS = 1.0


def check(data: bytes, whole: bool) -> None:
    """Read every document in the bytes, and see that nothing of it is lost."""
    for opened in documents_in(io.BytesIO(data), "fuzz"):
        if not isinstance(opened, Source):
            continue
        try:
            said = parse_source(opened) if whole else read(opened)
        except UnreadableSource:
            continue
        covered = 0
        for block in said.blocks:
            assert said.text[block.char_start : block.char_end] == block.text, block
            assert not said.text[covered : block.char_start].strip(), said.text[covered : block.char_start]
            covered = block.char_end
        assert not said.text[covered:].strip(), said.text[covered:]


class Stopwatch:
    """Checks inputs, and keeps the one that took longest."""

    def __init__(self, slowest: Path, whole: bool) -> None:
        self.slowest, self.whole = slowest, whole
        self.longest = 0.0

    def __call__(self, data: bytes) -> None:
        """Check one input."""
        start = time.process_time()
        check(data, self.whole)
        seconds = time.process_time() - start
        assert seconds < HANG_SECONDS, f"{seconds:.1f} s of CPU time on one input"
        if seconds > self.longest:
            self.longest = seconds
            self.slowest.write_bytes(data)
            self.slowest.with_suffix(".ms").write_text(f"{seconds * 1000:.0f}", encoding="utf-8")


def main() -> None:
    """Fuzz until libFuzzer has had enough."""
    words = sys.argv[1:]
    whole = "--whole" in words
    slowest, *options = (word for word in words if word != "--whole")
    for path in (*RAW.iterdir(), *Path(options[-1]).iterdir()):
        check(path.read_bytes(), whole)  # vocabularies and models are loaded before the first input is timed
    atheris.Setup([sys.argv[0], *options], Stopwatch(Path(slowest), whole))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
