"""The gold set of facts: passages of known sources with every fact that is in them (tests/facts/gold/README.md)."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree, html

from labelpipe.errors import LabelpipeError
from labelpipe.evaluation.monograph_page import page_of
from labelpipe.model import Source
from labelpipe.readers.containers import documents_in

Fact = Mapping[str, Any]
"""Columns of the contract and what they must be: a value, None, or `{"any_of": [...]}`."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a source and the facts that are in them, all of them."""

    source: str
    drug: str
    locator: str
    words: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Roots:
    """Where the sources are: this repository and the shared corpora."""

    repository: Path
    corpus: Path

    def path(self, source: str) -> Path:
        """Return a source's file."""
        return (self.repository if source.startswith("training/") else self.corpus) / source


def read_rows(gold: Path, name: str) -> list[dict[str, Any]]:
    """Return the rows of one gold file, such as `doses`."""
    return [json.loads(row) for row in (gold / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def held_out_drugs(gold: Path) -> frozenset[str]:
    """Return the drugs that are only scored."""
    return frozenset((gold / "held_out_drugs.txt").read_text(encoding="utf-8").split())


def read_passages(gold: Path, name: str, roots: Roots) -> list[Passage]:
    """Return the passages of one gold file with their words.

    Raises:
        LabelpipeError: a source no longer says what it said when it was read.
    """
    return [
        Passage(row["source"], row["drug"], row["locator"], _words(row, roots), tuple(row["facts"]))
        for row in read_rows(gold, name)
    ]


def open_source(source: str, roots: Roots) -> Source:
    """Return the document a source is: a monograph as its page, of a JSON file the first record."""
    path = roots.path(source)
    if path.suffix == ".md":
        return Source(f"{path.stem}.txt", page_of(path))
    with path.open("rb") as stream:
        opened = next(documents_in(stream, path.name))
    if not isinstance(opened, Source):
        raise opened.error
    return opened


def pointed_at(row: dict[str, Any], roots: Roots) -> list[tuple[str, Fact]]:
    """Return the facts of a document, each with the words it points at.

    Raises:
        LabelpipeError: the source no longer says what it said when it was read.
    """
    facts = []
    for fact in row["facts"]:
        line = _words({"source": row["source"], **{key: fact[key] for key in ("locator", "sha256")}}, roots)
        facts.append((line[fact["at"][0] : fact["at"][1]], fact))
    return facts


def _words(row: dict[str, Any], roots: Roots) -> str:
    whole = _located(roots.path(row["source"]), row["locator"])
    words = whole[row.get("start", 0) : row.get("end", len(whole))]
    if hashlib.sha256(words.encode()).hexdigest()[:16] != row["sha256"]:
        raise LabelpipeError(
            f"{row['source']} {row['locator']}: the passage is not the one that was read; read it again"
        )
    return words


@lru_cache(maxsize=4096)
def _located(path: Path, locator: str) -> str:
    """Return the normalised words at `line N`, an XPath or a JSON pointer; without one, of the whole file."""
    if locator.startswith("line "):
        return _normalised(path.read_text(encoding="utf-8").splitlines()[int(locator[5:]) - 1])
    if path.suffix == ".json":
        value: Any = _json(path)
        for key in locator.strip("/").split("/"):
            value = value[int(key)] if isinstance(value, list) else value[key]
        return _normalised(value)
    if not locator:
        return _normalised(path.read_text(encoding="utf-8"))
    return _normalised(" ".join(_tree(path).xpath(locator)[0].itertext()))


@lru_cache(maxsize=8)
def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=8)
def _tree(path: Path) -> Any:
    return html.parse(str(path)) if path.suffix == ".html" else etree.parse(str(path))


def _normalised(text: str) -> str:
    return " ".join(text.split())
