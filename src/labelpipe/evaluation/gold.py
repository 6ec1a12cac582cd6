"""Gold documents: a text, and the truth about its lines."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from labelpipe.model import Block


@dataclass(frozen=True, slots=True)
class GoldLine:
    """The truth about one line: its number (from 1), its kind, and every section that counts as right, best first."""

    line_no: int
    kind: str
    sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A text with its gold lines."""

    name: str
    text: str
    lines: tuple[GoldLine, ...]


def read_gold(folder: Path) -> list[GoldDocument]:
    """Read NAME.txt with NAME.gold.jsonl beside it, sorted by name; gold of other formats is left out."""
    documents = []
    for path in sorted(folder.glob("*.gold.jsonl")):
        text_path = path.with_name(path.name.replace(".gold.jsonl", ".txt"))
        if text_path.exists():
            rows = [json.loads(row) for row in path.read_text(encoding="utf-8").splitlines()]
            lines = tuple(GoldLine(row["line"], row["kind"], tuple(row.get("sections", ()))) for row in rows)
            documents.append(GoldDocument(text_path.name, text_path.read_bytes().decode("utf-8"), lines))
    return documents


def align(document: GoldDocument, blocks: Sequence[Block]) -> list[Block | None]:
    """Return for each gold line the block that covers most of its characters, None where none does."""
    starts = [0]
    for line in document.text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    spans = [(starts[line.line_no - 1], starts[line.line_no] - 1) for line in document.lines]
    out: list[Block | None] = []
    first = 0
    for low, high in spans:
        while first < len(blocks) and blocks[first].char_end <= low:
            first += 1
        inside = [block for block in blocks[first : first + 8] if block.char_start < high]
        out.append(max(inside, key=lambda b: min(high, b.char_end) - max(low, b.char_start), default=None))
    return out
