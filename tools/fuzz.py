"""Throw mutated documents at a reader, or at everything, guided by what code each input reaches.

    python tools/fuzz.py {text,html,xml,json,zip} [--whole] [-runs=100000] [-max_total_time=600] [...]

Needs atheris (`make fuzz` installs it); options with one dash go to libFuzzer. `--whole` parses what was read. An
input may become a document, whose every character is in exactly one block, or a reject with a reason. Anything else, a
crash or a hang, ends the run and leaves the input in the current folder: put it into tests/security/found/, where the
tests replay it for ever.
"""

import io
import sys
import tempfile
from functools import partial
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["labelpipe.readers", "labelpipe.extract"]):
    from labelpipe.errors import UnreadableSource
    from labelpipe.model import Source
    from labelpipe.pipeline import parse_source
    from labelpipe.readers import read
    from labelpipe.readers.containers import documents_in
    from labelpipe.readers.sniff import sniff

RAW = Path(__file__).resolve().parent.parent / "raw"
FOUND = RAW.parent / "tests" / "security" / "found"
LIMITS = ("-timeout=5", "-rss_limit_mb=1500", "-max_len=4000")
"""A hang is five seconds on one input; the process itself holds the models, and atheris its tables."""

MARKS = {
    "text": ("Loading...", "| ", "|---|", "- ", "> ", "\\x0a\\x0a", "5 mg/1", "Active Ingredient", "mcg/kg/day"),
    "html": (
        "<table>",
        "<td rowspan=\\x22",
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
        "<section>",
        "<text>",
        "<code code=\\x22",
        "<table>",
        "<td rowspan=\\x22",
        "<![CDATA[",
        "<!ENTITY",
        "<renderMultiMedia",
    ),
    "json": ("\\x22results\\x22:[", "\\x22set_id\\x22:", "_table\\x22:[", "<table>", "\\x5cu0000", "1e999", "null"),
    "zip": ("PK\\x03\\x04", "PK\\x01\\x02", "PK\\x05\\x06"),
}


def check(data: bytes, whole: bool = False) -> None:
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


def seeds(kind: str, folder: Path) -> None:
    """Put the samples of a format into a folder, and what was found before."""
    for path in (*RAW.iterdir(), *FOUND.iterdir()):
        data = path.read_bytes()[:4000]
        try:
            if data and sniff(data) == kind:
                (folder / path.name).write_bytes(data)
        except UnreadableSource:
            continue


def main() -> None:
    """Fuzz one format."""
    kind, *options = sys.argv[1:]
    whole = "--whole" in options
    with tempfile.TemporaryDirectory() as folder:
        words = Path(folder) / "words.dict"
        words.write_text("".join(f'"{mark}"\n' for mark in MARKS[kind]), encoding="utf-8")
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        seeds(kind, corpus)
        options = [option for option in options if option != "--whole"]
        arguments = [sys.argv[0], *LIMITS, f"-dict={words}", *options, str(corpus)]
        atheris.Setup(arguments, partial(check, whole=whole))
        atheris.Fuzz()


if __name__ == "__main__":
    main()
