"""The narrative of an SPL document: sections with their titles, paragraphs, lists, tables, footnotes and images."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from labelpipe.readers.flow import BREAK, GAP, LEVEL, LOWERED, RAISED, SIGNS, Flow, cell_of, words_of
from labelpipe.readers.grid import Cell, Row
from labelpipe.readers.spl_markup import HL7, between_cells, first_child, is_strong, plain_words, span_of

_TEXT, _ITEM, _CELL = 0, 1, 2
"""Where words are gathered: paragraphs are blocks in text, lines in items and cells; lists are lines in cells."""


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
    _parts: list[str] = field(default_factory=list)
    _kind: str = "paragraph"
    _path: str = ""
    _mode: int = _TEXT
    _excerpt: bool = False
    _pending: list[tuple[Callable[[etree._Element, str], None], etree._Element, str]] = field(default_factory=list)
    _cell_notes: list[str] = field(default_factory=list)
    _may_head: bool = False

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
        self._excerpt = True
        for number, highlight in enumerate(element, 1):
            for place, child in enumerate(highlight, 1):
                if child.tag == HL7 + "text":
                    self.block(child, "paragraph", f"{path}/*[{number}]/*[{place}]")
        self._excerpt = False

    def block(self, element: etree._Element, kind: str, path: str, mode: int = _TEXT) -> None:
        """Make blocks of an element: its own words are of `kind`, what stands in it has kinds of its own."""
        if not len(element):
            if element.text:
                self._add(kind, " ".join(element.text.split()), path)
            return
        outer = self._parts, self._kind, self._path, self._mode
        self._parts, self._kind, self._path, self._mode = [], kind, path, mode
        self._gather(element, path)
        self._flush()
        self._parts, self._kind, self._path, self._mode = outer

    def _add(self, kind: str, words: str, path: str) -> None:
        self.flow.add("highlight" if self._excerpt else kind, words, path)

    def _flush(self) -> None:
        """Make a block of the words gathered so far; what hangs on them (notes, images) follows it."""
        if self._parts:
            words = words_of(self._parts)
            self._parts.clear()
            if words:
                self._add(self._kind, words, self._path)
        while self._pending:
            waiting, self._pending = self._pending, []
            for read, element, path in waiting:
                read(element, path)

    def _gather(self, element: etree._Element, path: str) -> None:
        """Append the element's words to the parts; what makes blocks of its own makes them."""
        parts = self._parts
        if words := element.text:
            parts.append(words)
        for number, child in enumerate(element, 1):
            tag = child.tag
            if (mark := _MARKS.get(tag)) is not None:
                parts.append(mark)
            if (act := _ACTS.get(tag)) is not None:
                act(self, child, f"{path}/*[{number}]")
            elif len(child):
                self._gather(child, f"{path}/*[{number}]")
            elif words := child.text:
                parts.append(words)
            if tag in _SCRIPTS:
                parts.append(LEVEL)
            if words := child.tail:
                parts.append(words)

    def _line(self, element: etree._Element, path: str) -> None:
        """Gather words on a line of their own, within an item or a cell."""
        self._parts.append(BREAK)
        self._gather(element, path)
        self._parts.append(BREAK)

    def _paragraph(self, element: etree._Element, path: str) -> None:
        if self._mode != _TEXT:
            self._line(element, path)
            return
        self._flush()
        self.block(element, self._kind, path)

    def _list(self, element: etree._Element, path: str) -> None:
        if self._mode == _CELL:
            self._line(element, path)
            return
        self._flush()
        self._stray(element.text, path)
        for number, child in enumerate(element, 1):
            kind = "caption" if child.tag == HL7 + "caption" else "list_item"
            self.block(child, kind, f"{path}/*[{number}]", _ITEM)
            self._stray(child.tail, path)

    def _caption(self, element: etree._Element, path: str) -> None:
        """The caption of an item or a paragraph is printed before its words, on their line."""
        self._gather(element, path)
        self._parts.append(GAP)

    def _footnote(self, element: etree._Element, path: str) -> None:
        """A footnote stands where its mark is printed: its words are a block behind the one it belongs to."""
        self._parts.append(LEVEL)
        self._pending.append((self._add_footnote, element, path))
        if self._mode == _CELL:
            self._cell_notes.append(note_words(element))

    def _add_footnote(self, element: etree._Element, path: str) -> None:
        self.block(element, "footnote", path, _CELL)

    def _footnote_mark(self, element: etree._Element, path: str) -> None:
        self._parts.append(LEVEL)
        if self._mode == _CELL and (words := self.notes.get(element.get("IDREF", ""))):
            self._cell_notes.append(words)

    def _image(self, element: etree._Element, path: str) -> None:
        self._pending.append((self._add_image, element, path))

    def _add_image(self, element: etree._Element, path: str) -> None:
        name = element.get("referencedObject", "")
        self.flow.add("image", self.images.get(name, name), path)
        self.block(element, "caption", path, _ITEM)

    def _table(self, element: etree._Element, path: str) -> None:
        if self._mode == _CELL:
            self._pending.append((self.table, element, path))
            return
        self._flush()
        self.table(element, path)

    def table(self, element: etree._Element, path: str) -> None:
        """Read a table: its caption, its grid, and then what hangs on its cells."""
        outer = self._parts, self._mode, self._pending
        self._parts, self._mode, self._pending, self._may_head = [], _CELL, [], True
        rows: list[Row] = []
        caption = None
        for number, child in enumerate(element, 1):
            at = f"{path}/*[{number}]"
            if child.tag in _ROW_GROUPS:
                part = child.tag.removeprefix(HL7)
                rows += [self._row(row, number, part, f"{at}/*[{place}]") for place, row in enumerate(child, 1)]
            elif child.tag == HL7 + "tr":
                rows.append(self._row(child, 0, "tbody", at))
            elif child.tag == HL7 + "caption":
                self._gather(child, at)
                caption = words_of(self._parts) or None
                self._parts.clear()
                self._add("caption", caption or "", at)
        self.flow.add_table(rows, caption, kind="highlight" if self._excerpt else "table_row")
        between: Any = between_cells(element)
        for words in between:
            self._stray(str(words), path)
        self._flush()
        self._parts, self._mode, self._pending = outer

    def _row(self, element: etree._Element, group: int, part: str, path: str) -> Row:
        cells = tuple([self._cell(cell, path, number) for number, cell in enumerate(element, 1)])
        if self._may_head and part != "tfoot":
            self._may_head = part != "thead" and all(cell.is_strong or not cell.text for cell in cells)
        return Row(cells, group, part, path)

    def _cell(self, element: etree._Element, path: str, number: int) -> Cell:
        rows, columns = span_of(element.get("rowspan")), span_of(element.get("colspan"))
        is_header = element.tag == HL7 + "th"
        strong = self._may_head and is_strong(element)
        words = plain_words(element)
        if words is not None and words[:1] not in SIGNS:
            return Cell(words, rows, columns, is_header, strong)
        self._cell_notes = []
        self._gather(element, f"{path}/*[{number}]")
        cell = cell_of(self._parts, rows, columns, is_header, strong, tuple(self._cell_notes))
        self._parts.clear()
        return cell

    def _stray(self, words: str | None, path: str) -> None:
        if words and not words.isspace():
            self._add("paragraph", " ".join(words.split()), path)


def note_words(element: etree._Element) -> str:
    """Return the words of a footnote."""
    alone = SplBody(Flow(), {}, {})
    alone.block(element, "footnote", "", _CELL)
    return " ".join(block.text for block in alone.flow.blocks)


_MARKS = {HL7 + "br": BREAK, HL7 + "sup": RAISED, HL7 + "sub": LOWERED}
_SCRIPTS = frozenset((HL7 + "sup", HL7 + "sub"))
_ROW_GROUPS = frozenset(HL7 + tag for tag in ("thead", "tbody", "tfoot"))
_ACTS: dict[str, Callable[[SplBody, etree._Element, str], None]] = {
    HL7 + "paragraph": SplBody._paragraph,
    HL7 + "list": SplBody._list,
    HL7 + "item": SplBody._line,
    HL7 + "caption": SplBody._caption,
    HL7 + "footnote": SplBody._footnote,
    HL7 + "footnoteRef": SplBody._footnote_mark,
    HL7 + "renderMultiMedia": SplBody._image,
    HL7 + "table": SplBody._table,
}
