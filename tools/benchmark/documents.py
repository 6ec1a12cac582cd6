"""Documents of twenty kilobytes, made from raw/: the same ones every time, for they are drawn with a seed."""

import random
from collections.abc import Iterator
from html import escape
from itertools import groupby
from pathlib import Path

from labelpipe import parse
from labelpipe.model import Block

REPOSITORY = Path(__file__).resolve().parent.parent.parent
DOCUMENT_BYTES = 20_000
SAMPLES = ("gablofen.txt", "dexamethasone_cp1252.txt", "lidocaine_utf16.txt")
HEADER_LINES = 15
PROSE_WORDS = 8
"""A line of so many words is prose."""

_TAGS = {"heading": "h2", "faq_question": "h3", "list_item": "li"}


def make_documents(folder: Path, count: int, distinct: bool = False) -> list[Path]:
    """Write text documents, and return their paths.

    They share most of their lines, as labels of one drug do. `distinct` puts a made-up word of its own into each line
    of prose, so that no two are alike.
    """
    dice = random.Random(20_000)
    paths = []
    for number, blocks in enumerate(_drawn(count, dice)):
        lines = [block.text for block in blocks]
        lines.append(f"This page is number {number} of a batch that was made to measure speed.")
        path = folder / f"{number:06}.txt"
        path.write_text("\n".join(_with_new_word(line, dice) if distinct else line for line in lines), encoding="utf-8")
        paths.append(path)
    return paths


def make_pages(folder: Path, count: int) -> list[Path]:
    """Write documents as HTML pages with headings, paragraphs, lists and tables, and return their paths.

    No two lines of prose are alike, for what labelpipe remembers of lines that repeat, others do not.
    """
    dice = random.Random(20_000)
    paths = []
    for number, blocks in enumerate(_drawn(count, dice)):
        path = folder / f"{number:06}.html"
        body = "\n".join(_marked_up([block._replace(text=_with_new_word(block.text, dice)) for block in blocks]))
        head = f"<!DOCTYPE html><html lang=en><head><title>Page {number}</title></head>"
        page = f"{head}<body><main>{body}</main></body></html>"
        path.write_text(page, encoding="utf-8")
        paths.append(path)
    return paths


def _drawn(count: int, dice: random.Random) -> Iterator[list[Block]]:
    """Yield the blocks of each document: the header of one sample, the lines of all in their order, thinned."""
    samples = [parse(REPOSITORY / "raw" / name).blocks for name in SAMPLES]
    for number in range(count):
        first = number % len(samples)
        rotated = samples[first:] + samples[:first]
        body = [block for sample in rotated for block in sample[HEADER_LINES:]]
        size = sum(len(block.text) + 1 for block in body)
        yield [*rotated[0][:HEADER_LINES], *(block for block in body if dice.random() < DOCUMENT_BYTES / size)]


def _with_new_word(line: str, dice: random.Random) -> str:
    """Return a line of prose with a made-up word behind its third one; any other line as it is."""
    words = line.split(" ")
    if len(words) < PROSE_WORDS or line.startswith("|"):
        return line
    made_up = "".join(dice.choice("bdfgklmnprtvz") + dice.choice("aeiou") for _ in range(4))
    return " ".join([*words[:3], made_up, *words[3:]])


def _marked_up(blocks: list[Block]) -> Iterator[str]:
    """Yield a page's elements; what stands in a row of lists or tables is one list or table."""
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        words = [block.text for block in group]
        if kind == "table_row":
            rows = ("".join(f"<td>{escape(cell.strip())}</td>" for cell in row.strip("| ").split("|")) for row in words)
            yield f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
            continue
        tag = _TAGS.get(kind, "p")
        inner = "\n".join(f"<{tag}>{escape(line)}</{tag}>" for line in words)
        yield f"<ul>{inner}</ul>" if tag == "li" else inner
