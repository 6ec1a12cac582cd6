"""The page docs/benchmark.md and its chart, out of what was measured (docs/benchmark/*.json).

    python tools/bench_page.py [--check]

What stands between `<!-- NAME -->` and `<!-- /NAME -->` on the page is made here; what stands around it is written by
hand.
"""

import hashlib
import json
import re
from typing import Any

from benchmark.chart import draw
from benchmark.documents import REPOSITORY
from benchmark.tables import TABLES

PAGE = REPOSITORY / "docs" / "benchmark.md"
FOLDER = REPOSITORY / "docs" / "benchmark"
CHART = FOLDER / "growth.svg"


def sizes() -> list[dict[str, Any]]:
    """Return what was measured of each number of documents, the fewest first; repeating lines before distinct ones."""
    found = [json.loads(path.read_text(encoding="utf-8")) for path in FOLDER.glob("documents_*.json")]
    return sorted(found, key=lambda size: (size["distinct"], size["documents"]))


def peers() -> dict[str, Any] | None:
    """Return what was measured of other programs, or None where that was not yet done."""
    path = FOLDER / "peers.json"
    found: dict[str, Any] | None = json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
    return found


def fuzzed() -> list[dict[str, Any]]:
    """Return every run of the fuzzer that was kept."""
    path = FOLDER / "fuzz.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def refreshed(page: str) -> str:
    """Return the page with its tables as they are now."""
    made = {name: table(sizes(), peers(), fuzzed()) for name, table in TABLES.items()}
    return re.sub(
        r"(?<=<!-- )(?P<name>\w+)( -->\n).*?(?=<!-- /(?P=name) -->)",
        lambda part: f"{part['name']}{part[2]}{made[part['name']]}\n",
        page,
        flags=re.S,
    )


def stale() -> list[str]:
    """Return which of the page and its chart are not what the figures say."""
    page = PAGE.read_text(encoding="utf-8")
    found = [] if refreshed(page) == page else [PAGE.name]
    return found if digest() in CHART.read_text(encoding="utf-8") else [*found, CHART.name]


def digest() -> str:
    """Return a hash of the figures that the chart shows; it stands in the chart."""
    return hashlib.sha256(json.dumps(sizes(), sort_keys=True).encode()).hexdigest()[:16]


def write_page() -> None:
    """Write the page's tables and draw the chart."""
    PAGE.write_text(refreshed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    draw(sizes(), CHART, digest())
