"""Every label of the corpora: parsed, or rejected with a reason; every character of its text in exactly one block.

What the texts are is told by independent readings: text nodes as lxml or BeautifulSoup give them, fields as json does.
"""

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Comment, Doctype
from lxml import etree

import labelpipe
from labelpipe.errors import UnreadableSource
from labelpipe.model import Label
from labelpipe.vocabulary import load

SHARED = Path(os.environ.get("LABELPIPE_SHARED", "/nowhere"))
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="LABELPIPE_SHARED names no folder of corpora")

HL7 = "{urn:hl7-org:v3}"


def bag(words: str) -> Counter[str]:
    return Counter("".join(words.split()))


def spl_text(data: bytes) -> str:
    """Return the titles, texts and excerpts of the document and its sections."""
    holders = (HL7 + "section", HL7 + "document")
    elements = etree.fromstring(data).iter(HL7 + "title", HL7 + "text", HL7 + "excerpt")
    told = (element for element in elements if element.getparent() is not None)
    return "".join("".join(map(str, e.itertext())) for e in told if e.getparent().tag in holders)  # type: ignore[union-attr]


def html_text(data: bytes) -> str:
    """Return the text nodes of the page's body, less scripts, styles and comments."""
    soup = BeautifulSoup(data, "html.parser", from_encoding="utf-8")
    nodes = (soup.body or soup).find_all(string=True)
    silent = ("script", "style", "head")
    return "".join(
        str(node)
        for node in nodes
        if not isinstance(node, Comment | Doctype) and not any(above.name in silent for above in node.parents)
    )


def openfda_text(data: bytes) -> str:
    """Return the record's texts, and those of its tables, equal tables once."""
    about = load("openfda")["record"]["fields"]
    out: list[str] = []
    tables: dict[str, str] = {}
    record: dict[str, Any] = json.loads(data)["results"][0]
    for name, texts in record.items():
        for text in texts if name not in about else ():
            if name.endswith("_table"):
                root = etree.fromstring(f"<x>{text}</x>", etree.XMLParser(recover=True))
                words = "".join(map(str, root.itertext()))
                tables["".join(words.split())] = words
            else:
                out.append(text)
    return "".join([*out, *tables.values()])


CORPORA: dict[str, tuple[int, Callable[[bytes], str]]] = {
    "spl": (29, spl_text),
    "dailymed_html": (29, html_text),
    "leaflets": (293, html_text),
    "openfda": (230, openfda_text),
    "openfda_history": (96, openfda_text),
}


def labels(corpus: str) -> Iterator[tuple[Path, Label]]:
    for path in sorted((SHARED / "corpus" / corpus).rglob("*")):
        if path.is_file():
            yield path, labelpipe.parse(path)


@pytest.mark.slow
@pytest.mark.parametrize("corpus", CORPORA)
def test_every_character_of_every_label_is_in_one_block(corpus: str) -> None:
    n_labels, text_of = CORPORA[corpus]
    n_read = 0
    for path, label in labels(corpus):
        said = "".join(block.text for block in label.blocks if block.kind != "image")
        assert bag(said) == bag(text_of(path.read_bytes())), path
        at = 0
        for block in label.blocks:
            assert at <= block.char_start < block.char_end, (path, block)
            assert label.text[block.char_start : block.char_end] == block.text, (path, block)
            at = block.char_end
        assert "".join(label.text.split()) == "".join("".join(block.text.split()) for block in label.blocks), path
        n_read += 1
    assert n_read == n_labels


def said_in_sections(label: Label) -> str:
    """Return what the label's outline says, titles included."""
    return "".join(f"{section.title or ''}{section.text}" for section in label.sections)


@pytest.mark.parametrize("corpus", ["spl", "dailymed_html"])
def test_sections_say_nothing_twice(corpus: str) -> None:
    for path, label in labels(corpus):
        told = [number for section in label.sections for number in section.block_nos]
        assert len(told) == len(set(told)), path
        own = [block for block in label.blocks if block.block_no in set(told) and block.kind != "image"]
        titles = "".join(section.title or "" for section in label.sections)
        said = len("".join(said_in_sections(label).split()))
        once = len("".join("".join(block.text for block in own).split())) + len("".join(titles.split()))
        assert said == once, path


def test_malformed_labels_say_what_is_wrong_and_where() -> None:
    for path in sorted((SHARED / "corpus/malformed_spl").iterdir()):
        with pytest.raises(UnreadableSource, match=r"line \d+, column \d+: .*fetch the file again") as caught:
            labelpipe.parse(path)
        assert caught.value.rule == "malformed_source"
