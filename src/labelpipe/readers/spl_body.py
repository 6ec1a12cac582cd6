"""The narrative of an SPL document: sections with their titles, paragraphs, lists, tables, footnotes and images."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from labelpipe.readers.flow import BREAK, GAP, LEVEL, LOWERED, RAISED, Flow, words_of
from labelpipe.readers.spl_markup import CELL, HL7, ITEM, TEXT, between_cells, first_child
from labelpipe.readers.spl_tables import read_rows


@dataclass(slots=True)
class SplBody:
    """Walks the sections of one document and tells `flow` what it meets.

    `images`: the file of each observationMedia by its ID. `notes`: the words of each footnote by its ID.
    `subjects`: the elements that hold products, gathered on the way.
    """

    flow: Flow
    images: Mapping[str, str]
    notes: Mapping[str, str]
    subjects: list[etree._Element] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    kind: str = "paragraph"
    path: str = ""
    mode: int = TEXT
    excerpt: bool = False
    pending: list[tuple[Callable[[etree._Element, str], None], etree._Element, str]] = field(default_factory=list)
    cell_notes: list[str] = field(default_factory=list)

    def section(self, element: etree._Element, path: str) -> None:
        """Read a section and those within it."""
        code = first_child(element, "code")
        self.flow.open_section(code.get("code") if code is not None else None, None)
        for number, child in enumerate(element, 1):
            at = f"{path}/*[{number}]"
            if child.tag == HL7 + "text":
                self.block(child, "paragraph", at)
            elif child.tag == HL7 + "title":
                self._title(child, at)
            elif child.tag == HL7 + "excerpt":
                self._highlights(child, at)
            elif child.tag == HL7 + "component":
                self.component(child, at)
            elif child.tag == HL7 + "subject":
                self.subjects.append(child)
        self.flow.close_section()

    def component(self, element: etree._Element, path: str) -> None:
        """Read the sections of a component."""
        for number, child in enumerate(element, 1):
            if child.tag == HL7 + "section":
                self.section(child, f"{path}/*[{number}]")

    def _title(self, element: etree._Element, path: str) -> None:
        before = len(self.flow.blocks)
        self.block(element, "heading", path)
        if len(self.flow.blocks) > before:
            self.flow.title_section(self.flow.blocks[before].text)

    def _highlights(self, element: etree._Element, path: str) -> None:
        """Read the section's excerpt for the label's first page: all its blocks are highlights."""
        self.excerpt = True
        for number, highlight in enumerate(element, 1):
            for place, child in enumerate(highlight, 1):
                if child.tag == HL7 + "text":
                    self.block(child, "paragraph", f"{path}/*[{number}]/*[{place}]")
        self.excerpt = False

    def block(self, element: etree._Element, kind: str, path: str, mode: int = TEXT) -> None:
        """Make blocks of an element: its own words are of `kind`, what stands in it has kinds of its own."""
        if not len(element):
            if element.text:
                self.add(kind, " ".join(element.text.split()), path)
            return
        outer = self.parts, self.kind, self.path, self.mode
        self.parts, self.kind, self.path, self.mode = [], kind, path, mode
        self.gather(element, path)
        self.flush()
        self.parts, self.kind, self.path, self.mode = outer

    def add(self, kind: str, words: str, path: str) -> None:
        """Add a block; within an excerpt every block is a highlight."""
        self.flow.add("highlight" if self.excerpt else kind, words, path)

    def flush(self) -> None:
        """Make a block of the words gathered so far; what hangs on them (notes, images) follows it."""
        if self.parts:
            words = words_of(self.parts)
            self.parts.clear()
            if words:
                self.add(self.kind, words, self.path)
        while self.pending:
            waiting, self.pending = self.pending, []
            for read, element, path in waiting:
                read(element, path)

    def gather(self, element: etree._Element, path: str) -> None:
        """Append the element's words to the parts; what makes blocks of its own makes them."""
        parts = self.parts
        if words := element.text:
            parts.append(words)
        for number, child in enumerate(element, 1):
            act = _ACTS.get(child.tag)
            if act is not None:
                if act(self, child, f"{path}/*[{number}]") and (not child.tail or child.tail.isspace()):
                    continue
            elif len(child):
                self.gather(child, f"{path}/*[{number}]")
            elif words := child.text:
                parts.append(words)
            if words := child.tail:
                parts.append(words)

    # What follows is called by tag. True: it made blocks of its own, and white space behind it means nothing.

    def _line(self, element: etree._Element, path: str) -> bool:
        """Gather words on a line of their own, within an item or a cell."""
        self.parts.append(BREAK)
        self.gather(element, path)
        self.parts.append(BREAK)
        return False

    def _break(self, element: etree._Element, path: str) -> bool:
        self.parts.append(BREAK)
        return False

    def _raised(self, element: etree._Element, path: str) -> bool:
        return self._script(RAISED, element, path)

    def _lowered(self, element: etree._Element, path: str) -> bool:
        return self._script(LOWERED, element, path)

    def _script(self, mark: str, element: etree._Element, path: str) -> bool:
        self.parts.append(mark)
        self.gather(element, path)
        self.parts.append(LEVEL)
        return False

    def _paragraph(self, element: etree._Element, path: str) -> bool:
        if self.mode != TEXT:
            return self._line(element, path)
        self.flush()
        self.block(element, self.kind, path)
        return True

    def _list(self, element: etree._Element, path: str) -> bool:
        if self.mode == CELL:
            return self._line(element, path)
        self.flush()
        self.stray(element.text, path)
        for number, child in enumerate(element, 1):
            kind = "caption" if child.tag == HL7 + "caption" else "list_item"
            self.block(child, kind, f"{path}/*[{number}]", ITEM)
            self.stray(child.tail, path)
        return True

    def _caption(self, element: etree._Element, path: str) -> bool:
        """The caption of an item or a paragraph is printed before its words, on their line."""
        self.gather(element, path)
        self.parts.append(GAP)
        return False

    def _footnote(self, element: etree._Element, path: str) -> bool:
        """A footnote stands where its mark is printed: its words are a block behind the one it belongs to."""
        self.parts.append(LEVEL)
        self.pending.append((self._add_footnote, element, path))
        if self.mode == CELL:
            self.cell_notes.append(note_words(element))
        return False

    def _add_footnote(self, element: etree._Element, path: str) -> None:
        self.block(element, "footnote", path, CELL)

    def _footnote_mark(self, element: etree._Element, path: str) -> bool:
        self.parts.append(LEVEL)
        if self.mode == CELL and (words := self.notes.get(element.get("IDREF", ""))):
            self.cell_notes.append(words)
        return False

    def _image(self, element: etree._Element, path: str) -> bool:
        self.pending.append((self._add_image, element, path))
        return False

    def _add_image(self, element: etree._Element, path: str) -> None:
        name = element.get("referencedObject", "")
        self.flow.add("image", self.images.get(name, name), path)
        self.block(element, "caption", path, ITEM)

    def _table(self, element: etree._Element, path: str) -> bool:
        if self.mode == CELL:
            self.pending.append((self.table, element, path))
            return False
        self.flush()
        self.table(element, path)
        return True

    def table(self, element: etree._Element, path: str) -> None:
        """Read a table: its caption, its grid, and then what hangs on its cells."""
        outer = self.parts, self.mode, self.pending
        self.parts, self.mode, self.pending = [], CELL, []
        rows, caption = read_rows(self, element, path)
        self.flow.add_table(rows, caption, kind="highlight" if self.excerpt else "table_row")
        between: Any = between_cells(element)
        for words in between:
            self.stray(str(words), path)
        self.flush()
        self.parts, self.mode, self.pending = outer

    def stray(self, words: str | None, path: str) -> None:
        """Keep words that stand where the format has none."""
        if words and not words.isspace():
            self.add("paragraph", " ".join(words.split()), path)


def note_words(element: etree._Element) -> str:
    """Return the words of a footnote."""
    alone = SplBody(Flow(), {}, {})
    alone.block(element, "footnote", "", CELL)
    return " ".join(block.text for block in alone.flow.blocks)


_ACTS: dict[str, Callable[[SplBody, etree._Element, str], bool]] = {
    HL7 + "br": SplBody._break,
    HL7 + "sup": SplBody._raised,
    HL7 + "sub": SplBody._lowered,
    HL7 + "paragraph": SplBody._paragraph,
    HL7 + "list": SplBody._list,
    HL7 + "item": SplBody._line,
    HL7 + "caption": SplBody._caption,
    HL7 + "footnote": SplBody._footnote,
    HL7 + "footnoteRef": SplBody._footnote_mark,
    HL7 + "renderMultiMedia": SplBody._image,
    HL7 + "table": SplBody._table,
}
