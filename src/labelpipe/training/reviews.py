"""Reviewed documents: what people corrected with `labelpipe review` is learned from like our own pages."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from labelpipe.evaluation.gold import GoldDocument
from labelpipe.evaluation.review import parse_review
from labelpipe.readers.text import read_text
from labelpipe.training.corpora import Labelled, first_word

GENERIC_NAME = "generic name"


def read_reviews(folder: Path) -> Iterator[Labelled]:
    """Yield the reviews of a folder, sorted by name; one in which no line was looked at is left out."""
    for path in sorted(folder.glob("*.review")):
        gold = parse_review(path.read_text(encoding="utf-8"), path.stem)
        if gold.lines:
            yield Labelled(_drug(gold) or first_word(path.stem), "page", gold)


def _drug(gold: GoldDocument) -> str:
    """Return the first word of the generic name in the page's header, nothing where it names none."""
    for label, value in pairwise(read_text(gold.text.encode()).blocks):
        if label.kind == "field_label" and label.text.casefold().strip(" :") == GENERIC_NAME:
            return first_word(value.text)
    return ""
