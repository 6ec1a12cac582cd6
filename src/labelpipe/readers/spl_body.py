"""The narrative of an SPL document: sections with their titles, paragraphs, lists, tables, footnotes and images."""

from collections.abc import Callable
from typing import TypeAlias

from lxml import etree

from labelpipe.readers.flow import Flow
from labelpipe.readers.spl_markup import CELL, HL7, ITEM, TEXT
from labelpipe.readers.spl_references import References
from labelpipe.readers.spl_tables import read_rows
from labelpipe.readers.words import BREAK, GAP, LEVEL, LOWERED, RAISED, words_of

Act: TypeAlias = "Callable[[SplBody, etree._Element, str, int], bool]"
"""What an element does, which is child number N of the element at a path. True: it made blocks of its own."""


class SplBody:
    """Walks the sections of one document and tells `flow` what it meets.

    `references`: what the text refers to by ID. `subjects`: the elements that hold products, gathered on the way.
    `parts`: the words of the open block so far; it is of `kind`, at `path`, and `mode` says what paragraphs in it are.
    """

    def __init__(self, flow: Flow, references: References) -> None:
        self.flow, self.references = flow, references
        self.subjects: list[etree._Element] = []
        self.parts: list[str] = []
        self.kind, self.path, self.mode = "paragraph", "", TEXT
        self.cell_notes: list[str] = []
        self._excerpt = False
        self._pending: list[tuple[Callable[[etree._Element, str], None], etree._Element, str]] = []

    def section(self, element: etree._Element, path: str) -> None:
        """Read a section and those within it."""
        flow = self.flow
        code = next(element.iterchildren(HL7 + "code"), None)
        flow.open_section(code.get("code") if code is not None else None, None)
        for number, child in enumerate(element, 1):
            read = _SECTION.get(child.tag)
            if read is not None:
                read(self, child, f"{path}/*[{number}]")
        flow.close_section()

    def component(self, element: etree._Element, path: str) -> None:
        """Read the sections of a component."""
        for number, child in enumerate(element, 1):
            if child.tag == HL7 + "section":
                self.section(child, f"{path}/*[{number}]")

    def _text(self, element: etree._Element, path: str) -> None:
        self.block(element, "paragraph", path)

    def _title(self, element: etree._Element, path: str) -> None:
        blocks = self.flow.blocks
        before = len(blocks)
        self.block(element, "heading", path)
        if len(blocks) > before:
            self.flow.title_section(blocks[before].text)

    def _highlights(self, element: etree._Element, path: str) -> None:
        """Read the section's excerpt for the label's first page: all its blocks are highlights."""
        self._excerpt = True
        for number, highlight in enumerate(element, 1):
            for place, child in enumerate(highlight, 1):
                if child.tag == HL7 + "text":
                    self.block(child, "paragraph", f"{path}/*[{number}]/*[{place}]")
        self._excerpt = False

    def _subject(self, element: etree._Element, path: str) -> None:
        self.subjects.append(element)

    # Words become blocks.

    def block(self, element: etree._Element, kind: str, path: str, mode: int = TEXT) -> None:
        """Make blocks of an element: its own words are of `kind`, what stands in it has kinds of its own."""
        if not len(element):
            if words := element.text:
                self.add(kind, " ".join(words.split()), path)
            return
        outer = self.parts, self.kind, self.path, self.mode
        self.parts, self.kind, self.path, self.mode = [], kind, path, mode
        self.gather(element, path)
        self.flush()
        self.parts, self.kind, self.path, self.mode = outer

    def add(self, kind: str, words: str, path: str) -> None:
        """Add a block; within an excerpt every block is a highlight."""
        self.flow.add("highlight" if self._excerpt else kind, words, path)

    def stray(self, words: str | None, path: str) -> None:
        """Keep words that stand where the format has none."""
        if words and not words.isspace():
            self.add("paragraph", " ".join(words.split()), path)

    def flush(self) -> None:
        """Make a block of the words gathered so far; what hangs on them (notes, images) follows it."""
        if self.parts:
            self.add(self.kind, words_of(self.parts), self.path)
            self.parts.clear()
        while self._pending:
            waiting, self._pending = self._pending, []
            for read, element, path in waiting:
                read(element, path)

    def gather(self, element: etree._Element, path: str) -> None:
        """Append the element's words to the parts; what makes blocks of its own makes them."""
        parts = self.parts
        if (words := element.text) and (parts or not words.isspace()):
            parts.append(words)
        for number, child in enumerate(element, 1):
            act = _ACTS.get(child.tag)
            if act is None:
                if len(child):
                    self.gather(child, f"{path}/*[{number}]")
                elif words := child.text:
                    parts.append(words)
            elif act(self, child, path, number) and (not (words := child.tail) or words.isspace()):
                continue
            if words := child.tail:
                parts.append(words)

    # What follows is called by tag. After what made blocks of its own, white space means nothing.

    def _line(self, element: etree._Element, path: str, number: int) -> bool:
        """Gather words on a line of their own, within an item or a cell."""
        self.parts.append(BREAK)
        self.gather(element, f"{path}/*[{number}]")
        self.parts.append(BREAK)
        return False

    def _break(self, element: etree._Element, path: str, number: int) -> bool:
        self.parts.append(BREAK)
        return False

    def _raised(self, element: etree._Element, path: str, number: int) -> bool:
        return self._script(RAISED, element, path, number)

    def _lowered(self, element: etree._Element, path: str, number: int) -> bool:
        return self._script(LOWERED, element, path, number)

    def _script(self, mark: str, element: etree._Element, path: str, number: int) -> bool:
        self.parts.append(mark)
        self.gather(element, f"{path}/*[{number}]")
        self.parts.append(LEVEL)
        return False

    def _paragraph(self, element: etree._Element, path: str, number: int) -> bool:
        if self.mode != TEXT:
            return self._line(element, path, number)
        self.flush()
        self.block(element, self.kind, f"{path}/*[{number}]")
        return True

    def _list(self, element: etree._Element, path: str, number: int) -> bool:
        if self.mode == CELL:
            return self._line(element, path, number)
        self.flush()
        path = f"{path}/*[{number}]"
        self.stray(element.text, path)
        for place, child in enumerate(element, 1):
            kind = "caption" if child.tag == HL7 + "caption" else "list_item"
            self.block(child, kind, f"{path}/*[{place}]", ITEM)
            self.stray(child.tail, path)
        return True

    def _caption(self, element: etree._Element, path: str, number: int) -> bool:
        """The caption of an item or a paragraph is printed before its words, on their line."""
        self.gather(element, f"{path}/*[{number}]")
        self.parts.append(GAP)
        return False

    def _footnote(self, element: etree._Element, path: str, number: int) -> bool:
        """A footnote stands where its mark is printed: its words are a block behind the one it belongs to."""
        self.parts.append(LEVEL)
        self._pending.append((self._add_footnote, element, f"{path}/*[{number}]"))
        if self.mode == CELL:
            self.cell_notes.append(note_words(element))
        return False

    def _add_footnote(self, element: etree._Element, path: str) -> None:
        self.block(element, "footnote", path, CELL)

    def _footnote_mark(self, element: etree._Element, path: str, number: int) -> bool:
        self.parts.append(LEVEL)
        if self.mode == CELL:
            note = self.references.note(element.get("IDREF", ""))
            if note is not None and (words := note_words(note)):
                self.cell_notes.append(words)
        return False

    def _image(self, element: etree._Element, path: str, number: int) -> bool:
        self._pending.append((self._add_image, element, f"{path}/*[{number}]"))
        return False

    def _add_image(self, element: etree._Element, path: str) -> None:
        name = element.get("referencedObject", "")
        self.flow.add("image", self.references.image(name), path)
        self.block(element, "caption", path, ITEM)

    def _table(self, element: etree._Element, path: str, number: int) -> bool:
        path = f"{path}/*[{number}]"
        if self.mode == CELL:
            self._pending.append((self.table, element, path))
            return False
        self.flush()
        self.table(element, path)
        return True

    def table(self, element: etree._Element, path: str) -> None:
        """Read a table: its caption, its grid, and then what hangs on its cells."""
        outer = self.parts, self.mode, self._pending
        self.parts, self.mode, self._pending = [], CELL, []
        rows, caption, strays = read_rows(self, element, path)
        self.flow.add_table(rows, caption, kind="highlight" if self._excerpt else "table_row")
        for words in strays:
            self.stray(words, path)
        self.flush()
        self.parts, self.mode, self._pending = outer


def note_words(element: etree._Element) -> str:
    """Return the words of a footnote."""
    alone = SplBody(Flow(), References(None))
    alone.block(element, "footnote", "", CELL)
    return " ".join(block.text for block in alone.flow.blocks)


_SECTION: dict[str, Callable[[SplBody, etree._Element, str], None]] = {
    HL7 + "text": SplBody._text,
    HL7 + "title": SplBody._title,
    HL7 + "excerpt": SplBody._highlights,
    HL7 + "component": SplBody.component,
    HL7 + "subject": SplBody._subject,
}

_ACTS: dict[str, Act] = {
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
