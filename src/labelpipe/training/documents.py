"""All training documents, read as a build would read them, with the truth about each unit."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from labelpipe.evaluation.gold import GoldDocument, align
from labelpipe.model import Block
from labelpipe.readers.text import read_text
from labelpipe.sections.units import Unit, group_units
from labelpipe.training.corpora import Labelled, first_word
from labelpipe.training.damage import STRIPPED, Damage, Remarks, any_damage, damaged, thin
from labelpipe.training.held_out import held_out_names
from labelpipe.training.layout import laid_out_anew
from labelpipe.training.leaflets import read_leaflet
from labelpipe.training.monographs import Monograph, read_monograph, read_remarks
from labelpipe.training.openfda import read_openfda
from labelpipe.training.reviews import read_reviews
from labelpipe.training.section_text import read_section_text
from labelpipe.training.spl import read_spl

STRIPPED_COPIES, DAMAGED_COPIES, THIN_COPIES = 4, 4, 8
LAID_OUT_ANEW = (2, 3)
"""Which of four copies stand for sites with another layout."""


@dataclass(slots=True)
class Document:
    """A training document: its units and, for each, the sections that are right (none where nobody knows)."""

    name: str
    drug: str
    register: str
    source: str
    blocks: tuple[Block, ...]
    units: list[Unit]
    right: list[tuple[str, ...]]
    shuffled: bool = False

    @property
    def variant(self) -> str:
        """How the document was made of its source."""
        return self.name.rpartition(" ")[2] if " " in self.name else "in order"


def monograph_documents(folder: Path) -> Iterator[Document]:
    """Yield several damaged copies of each of our own monographs but those that are held out."""
    remarks, held_out = read_remarks(folder / "callouts.md"), held_out_names(folder)
    for path in sorted((folder / "monographs").glob("*.md")):
        if path.stem in held_out:
            continue
        page = read_monograph(path)
        drug = first_word(page.header["generic"])
        for copy, damage in damaged_copies(page, remarks):
            yield _document(Labelled(drug, "page", copy, damage.shuffled), "monographs")


def damaged_copies(page: Monograph, remarks: Remarks) -> Iterator[tuple[GoldDocument, Damage]]:
    """Yield a monograph as several scrapers would have left it, and as sites that say less would have had it."""
    for number in range(STRIPPED_COPIES + DAMAGED_COPIES + THIN_COPIES):
        random = Random(f"{page.name}-{number}")
        damage = STRIPPED if number < STRIPPED_COPIES else any_damage(random)
        if number >= STRIPPED_COPIES + DAMAGED_COPIES:
            damage = thin(STRIPPED if number % 2 else damage, random)
        kind = "thinned" if damage.thinned else "stripped" if damage == STRIPPED else "damaged"
        shown = laid_out_anew(page, random) if number % 4 in LAID_OUT_ANEW else page
        yield damaged(shown, damage, random, remarks, kind), damage


def review_documents(folder: Path) -> Iterator[Document]:
    """Yield the reviewed documents; a drug that is held out stays so."""
    held_out = held_out_drugs(folder)
    for labelled in read_reviews(folder / "reviews"):
        if labelled.drug not in held_out:
            yield _document(labelled, "reviews")


def held_out_drugs(folder: Path) -> frozenset[str]:
    """Return the drugs whose monographs are only scored."""
    pages = [read_monograph(folder / "monographs" / f"{name}.md") for name in held_out_names(folder)]
    return frozenset(first_word(page.header["generic"]) for page in pages)


def label_documents(shared: Path) -> Iterator[Document]:
    """Yield the labels and leaflets of the corpora."""
    corpus = shared / "corpus"
    for source, reader, pattern in (
        ("spl", read_spl, "spl/*.xml"),
        ("openfda", read_openfda, "openfda/*.json"),
        ("leaflets", read_leaflet, "leaflets/*.html"),
    ):
        for path in sorted(corpus.glob(pattern)):
            for labelled in reader(path):
                yield _document(labelled, source)


def section_documents(shared: Path, drugs: Collection[str], held_out: Collection[str]) -> Iterator[Document]:
    """Yield the single sections of the corpora, but those of drugs that are held out; `drugs` are those of labels."""
    for path in sorted((shared / "corpus" / "section_text").glob("*/*.txt")):
        labelled = read_section_text(path, {*drugs, *held_out})
        if labelled and labelled.drug not in held_out:
            yield _document(labelled, "section_text")


def _document(labelled: Labelled, source: str) -> Document:
    gold = labelled.gold
    blocks = read_text(gold.text.encode()).blocks
    right: dict[int, tuple[str, ...]] = {}
    for line, block in zip(gold.lines, align(gold, blocks), strict=True):
        if block is not None and line.sections:
            right.setdefault(block.block_no, line.sections)
    units = group_units(blocks)
    truth = [right.get(unit.blocks[0].block_no, ()) for unit in units]
    return Document(gold.name, labelled.drug, labelled.register, source, blocks, units, truth, labelled.shuffled)
