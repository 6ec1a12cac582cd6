"""A table element to rows of cells, and what stands in it beside them: caption, footnotes, images, nested tables."""

import re
from collections.abc import Iterator

from lxml import etree

from labelpipe.readers.html_pieces import HEADINGS, Aside, Piece, TableParts, gather
from labelpipe.readers.html_traits import names
from labelpipe.readers.printed import Cell, Row, cell_of, header_may_follow
from labelpipe.readers.spl_markup import mostly_strong
from labelpipe.readers.words import LEVEL, RAISED, words_of

GROUPS = ("thead", "tbody", "tfoot")
MAX_SPAN = 100_000
MAX_MARK_CHARACTERS = 3

_DIGITS = re.compile(r"\s*\+?(\d{1,9})")


def is_layout(table: etree._Element) -> bool:
    """Whether a table only lays out the page: it says so, or it holds headings or tables and no header of its own."""
    if table.get("role") in ("presentation", "none"):
        return True
    inner = table.iter("table", *HEADINGS)
    next(inner)
    if next(inner, None) is None:
        return False
    return not any(
        child.tag in ("caption", "thead", "th") or (child.tag == "tr" and child.find("th") is not None)
        for group in table
        for child in (group, *(group if group.tag in ("tbody", "tfoot", "tr") else ()))
    )


def read_table(
    table: etree._Element, locator: str, is_excerpt: bool, raised: frozenset[str], lowered: frozenset[str]
) -> Iterator[Piece]:
    """Yield the pieces of a table: caption, grid, footnotes, images; then the tables that stood in its cells."""
    waiting = [(table, locator)]
    while waiting:
        table, locator = waiting.pop()
        reader = _TableReader(table, locator, raised, lowered)
        for kind, words in reader.said():
            yield Piece("highlight" if is_excerpt else kind, words, locator, table)
        parts = TableParts(reader.rows, reader.caption, reader.notes)
        yield Piece("highlight" if is_excerpt else "table_row", "", locator, table, table=parts)
        for words in reader.footnotes:
            yield Piece("highlight" if is_excerpt else "footnote", words, locator, table)
        for image in reader.aside.images:
            if (source := words_of([image.get("src") or ""])) and not source.startswith("data:"):
                yield Piece("image", source, locator, image)
        inner = [(nested, f"({locator}//table)[{number}]") for number, nested in enumerate(reader.aside.tables, 1)]
        waiting += reversed(inner)


class _TableReader:
    """Reads one table; the tables in its cells are left for later."""

    def __init__(self, table: etree._Element, locator: str, raised: frozenset[str], lowered: frozenset[str]) -> None:
        self.rows: list[Row] = []
        self.strays: list[str] = []
        self.footnotes: list[str] = []
        self.notes: dict[str, str] = {}
        self.caption: str | None = None
        self.aside = Aside()
        self._count, self._may_head = 0, True
        self._locator, self._raised, self._lowered = locator, raised, lowered
        self._group(table, 0, "tbody")

    def said(self) -> Iterator[tuple[str, str]]:
        """Yield what is said before the rows, as (kind, words)."""
        if self.caption:
            yield "caption", self.caption
        yield from (("paragraph", words) for words in self.strays)

    def _group(self, group: etree._Element, number: int, part: str) -> None:
        self._stray(group.text)
        for place, child in enumerate(group, 1):
            if child.tag == "tr":
                self._count += 1
                self._row(child, number, part)
            elif child.tag in GROUPS and part == "tbody" and number == 0:
                self._group(child, place, child.tag)
            elif child.tag == "caption" and self.caption is None:
                self.caption = words_of(self._parts(child)) or None
            elif child.tag in ("td", "th"):
                self._add_row((self._cell(child),), number, part)
            else:
                self._stray_element(child)
            self._stray(child.tail)

    def _row(self, row: etree._Element, number: int, part: str) -> None:
        self._stray(row.text)
        if part == "tfoot" and self._is_notes(row):
            return
        cells = []
        for child in row:
            if child.tag in ("td", "th"):
                cells.append(self._cell(child))
            else:
                self._stray_element(child)
            self._stray(child.tail)
        self._add_row(tuple(cells), number, part)

    def _add_row(self, cells: tuple[Cell, ...], number: int, part: str) -> None:
        row = Row(cells, number, part, f"({self._locator}/tr|{self._locator}/*/tr)[{self._count}]")
        self._may_head = self._may_head and header_may_follow(row)
        self.rows.append(row)

    def _cell(self, cell: etree._Element) -> Cell:
        rows, columns, is_header = _span(cell.get("rowspan"), 1), _span(cell.get("colspan"), 1), cell.tag == "th"
        columns = max(columns, 1)
        if not len(cell):
            return Cell(" ".join((cell.text or "").split()), rows, columns, is_header)
        parts = self._parts(cell)
        read = cell_of(parts, rows, columns, is_header, self._may_head and _is_strong(cell))
        if RAISED not in parts or not (links := _links_to_notes(cell)):
            return read
        return read._replace(text=words_of(_without(parts, links)), printed=read.text)

    def _parts(self, element: etree._Element) -> list[str]:
        return gather(element, self.aside, self._raised, self._lowered)

    def _is_notes(self, row: etree._Element) -> bool:
        """Take a row of nothing but footnotes as these."""
        lists = [inner for inner in row.iter("dl") if not names("footnote_names").isdisjoint(_classes(inner))]
        if not lists or sum(len(words.strip()) for words in row.itertext()) != sum(
            len(words.strip()) for inner in lists for words in inner.itertext()
        ):
            return False
        mark = ""
        for inner in lists:
            for child in inner:
                words = words_of(self._parts(child))
                if child.tag == "dt":
                    mark = words
                elif child.tag == "dd":
                    self.notes[mark] = words
                    self.footnotes.append(f"{mark} {words}".strip())
                    mark = ""
        return True

    def _stray(self, words: str | None) -> None:
        if words and not words.isspace():
            self.strays.append(" ".join(words.split()))

    def _stray_element(self, element: etree._Element) -> None:
        """Keep what stands between the cells, where a table should have nothing."""
        if element.tag not in ("script", "style", "col", "colgroup") and (words := words_of(self._parts(element))):
            self.strays.append(words)


def _classes(element: etree._Element) -> list[str]:
    return (element.get("class") or "").casefold().split()


def _links_to_notes(cell: etree._Element) -> set[str]:
    """Return the marks in a cell that are nothing but links to a note on the page."""
    links = (link for link in cell.iter("a") if (link.get("href") or "").startswith("#") and not len(link))
    return {link.text for link in links if link.text and len(link.text) <= MAX_MARK_CHARACTERS}


def _without(parts: list[str], marks: set[str]) -> list[str]:
    """Return gathered parts less the superscripts that are these marks."""
    out: list[str] = []
    for part in parts:
        if part == LEVEL and len(out) > 1 and out[-2] == RAISED and out[-1] in marks:
            del out[-2:]
        else:
            out.append(part)
    return out


def _span(value: str | None, missing: int) -> int:
    """Return a span as the HTML standard reads it: the number it begins with, or 1."""
    found = _DIGITS.match(value) if value is not None else None
    return min(int(found[1]), MAX_SPAN) if found else missing


def _is_strong(cell: etree._Element) -> bool:
    """Whether most of the cell's letters are bold."""
    return mostly_strong(cell, _says_strong)


def _says_strong(element: etree._Element) -> bool:
    return element.tag in ("b", "strong") or not names("strong_names").isdisjoint(_classes(element))
