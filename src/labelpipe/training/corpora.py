"""The label corpora as gold documents: SPL XML, openFDA JSON, EU leaflets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from labelpipe.evaluation.gold import GoldDocument
from labelpipe.training.damage import document
from labelpipe.training.monographs import Item

__all__ = ["Labelled", "first_word", "group_sections", "shuffle_runs"]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A training document: the drug it is about (first word of the generic name), its register, its truth, and
    whether its sections stand in another order than usual."""

    drug: str
    register: str
    gold: GoldDocument
    shuffled: bool = False


def first_word(name: str) -> str:
    """Return the word that drugs are told apart by."""
    found = re.match(r"\W*(\w+)", name)
    return found[1].casefold() if found else ""


def group_sections(name: str, groups: list[list[Item]]) -> GoldDocument:
    """Return a document of sections one after the other."""
    return document(name, [item for group in groups for item in group])


def shuffle_runs(name: str, groups: list[list[Item]], seed: str) -> GoldDocument:
    """Return the document with its sections in another order."""
    mixed = list(groups)
    Random(seed).shuffle(mixed)
    return group_sections(name, mixed)


def squeeze(text: str) -> str:
    """Return the text with every run of white space as one space."""
    return re.sub(r"\s+", " ", text).strip()


def markers(items: list[tuple[str, str]], sections: tuple[str, ...]) -> Iterator[Item]:
    """Yield items of (kind, text), list items with their marker."""
    for kind, text in items:
        yield Item(kind, ("- " if kind == "list_item" else "") + text, sections)


def sorted_files(folder: Path, pattern: str) -> list[Path]:
    """Return the files of a corpus in a fixed order."""
    return sorted(folder.glob(pattern))
