"""openFDA drug label records to blocks, sections, tables and products: one record is one document."""

import io
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any

from lxml import etree

from labelpipe.errors import EmptySource, UnreadableSource, UnsupportedFormat
from labelpipe.model import Reading, Source, Unopened
from labelpipe.readers.flow import Flow
from labelpipe.readers.language import language_of
from labelpipe.readers.openfda_facts import read_ingredients, read_products, stated_columns
from labelpipe.readers.openfda_json import Readable, Record, canonical, checked, encoded, records, strings
from labelpipe.readers.openfda_repeats import Span, find_repeats
from labelpipe.readers.openfda_text import cut_stretch, field_title, subsections
from labelpipe.readers.openfda_words import Words
from labelpipe.readers.spl_body import SplBody
from labelpipe.readers.spl_markup import HL7
from labelpipe.readers.spl_references import References
from labelpipe.vocabulary import load

TABLE_SUFFIX = "_table"
PRODUCT_FIELD = "spl_product_data_elements"
UNCLASSIFIED = "spl_unclassified_section"


def open_records(stream: Readable, path: str) -> Iterator[Source | Unopened]:
    """Yield each record of a file as a document, and last what keeps the file from being read to its end.

    The document's bytes are the record's canonical JSON, its path is `path#1`, `path#2`, ... where there are several.
    """
    waiting: Record | UnreadableSource | None = None
    number = 0
    try:
        for number, found in enumerate(records(stream)):
            if waiting is not None:
                yield _document(f"{path}#{number}", waiting)
            waiting = found
    except UnreadableSource as error:
        if waiting is not None:
            yield _document(f"{path}#{number + 1}", waiting)
        yield Unopened(path, error)
        return
    if waiting is not None:
        yield _document(f"{path}#{number + 1}" if number else path, waiting)


def _document(path: str, record: Record | UnreadableSource) -> Source | Unopened:
    """Return a record as a document, or what it is instead."""
    try:
        if isinstance(record, UnreadableSource):
            raise record
        return Source(path, canonical(checked(record)))
    except UnreadableSource as error:
        return Unopened(path, error)


def read_openfda(source: Source) -> Reading:
    """Read a document that is one record, alone or in a response.

    Raises:
        UnreadableSource: it is no JSON, no label record, more than one, or one without text.
    """
    found = list(islice(records(io.BytesIO(source.data)), 2))
    if len(found) > 1:
        raise UnsupportedFormat("these are several label records, each a document of its own; build the file")
    return read_record(checked(found[0]))


def read_record(record: Record) -> Reading:
    """Read one label record: every non-space character of its fields ends up in exactly one block.

    What a field repeats of another one, or of its tables, is kept apart as noise.

    Raises:
        EmptySource: the record holds no text.
    """
    texts, tables = _texts(record), _tables(record)
    if not any(one.words.text for one in texts) and not tables:
        raise EmptySource("the record holds no text; check the query that fetched it")
    repeats = find_repeats(
        [one.words for one in texts], [one.words for one in tables], [one.field != UNCLASSIFIED for one in texts]
    )
    writer = _Writer(Flow(), texts, tables, repeats)
    writer.write()
    flow = writer.flow
    openfda = record.get("openfda")
    facts = openfda if isinstance(openfda, dict) else {}
    products = read_products(facts)
    return flow.reading(
        "openfda",
        language_of(flow.blocks),
        stated=stated_columns(record, facts),
        products=products,
        ingredients=read_ingredients(facts, products),
    )


class _Text:
    """One text of a field."""

    def __init__(self, field: str, number: int, text: str) -> None:
        self.field, self.words = field, Words(text)
        self.locator = f"/{field}/{number}"


class _Table:
    """One table of a `*_table` field, parsed; equal tables of several fields are one."""

    def __init__(self, field: str, number: int, element: etree._Element) -> None:
        self.field, self.element = field, element
        self.words = Words(etree.tostring(element, encoding="unicode", method="text", with_tail=False))
        self.locator = f"/{field}/{number}"


class _Writer:
    """Writes a record's fields to a flow, in the order a label prints them."""

    def __init__(self, flow: Flow, texts: list[_Text], tables: list[_Table], repeats: list[list[Span]]) -> None:
        self.flow, self._texts, self._tables, self._repeats = flow, texts, tables, repeats
        self._homes = self._find_homes()
        self._printed = frozenset(self._homes)

    def write(self) -> None:
        """Write every field as a section, and tables that no text holds behind the text of their field."""
        written: list[str] = []
        fields = [*dict.fromkeys([*_order(one.field for one in self._texts), *(t.field for t in self._tables)])]
        for field in fields:
            name = field.removesuffix(TABLE_SUFFIX)
            if name in written:
                continue
            written.append(name)
            self._write_field(name)

    def _write_field(self, field: str) -> None:
        self.flow.open_section(load("openfda")["fields"].get(field, field), None)
        for index, text in enumerate(self._texts):
            if text.field == field:
                self._write_text(index, text)
        for number, table in enumerate(self._tables):
            if number not in self._printed and table.field.removesuffix(TABLE_SUFFIX) == field:
                self._write_table(table)
        self.flow.close_section()

    def _find_homes(self) -> dict[int, int]:
        """Return for each table the shortest text that holds it: there it is printed."""
        homes: dict[int, int] = {}
        for index, spans in enumerate(self._repeats):
            for span in spans:
                number = span.of - len(self._texts)
                if number >= 0 and number not in homes:
                    homes[number] = index
        return homes

    def _write_text(self, index: int, text: _Text) -> None:
        words = text.words.text
        headings = subsections(words)
        at = self._write_title(text, self._repeats[index])
        is_open = False
        for span in self._repeats[index]:
            is_open = self._write_own(text, at, span.start, headings, is_open)
            number = span.of - len(self._texts)
            if number >= 0 and self._homes.get(number) == index:
                del self._homes[number]
                self._write_table(self._tables[number])
            if is_open and any(span.start <= start < span.end for start, _ in headings):
                self.flow.close_section()
                is_open = False
            self.flow.add("noise", words[span.start : span.end], text.locator)
            at = span.end
        if self._write_own(text, at, len(words), headings, is_open):
            self.flow.close_section()

    def _write_title(self, text: _Text, repeats: list[Span]) -> int:
        """Write the title that the text begins with, and return where it ends."""
        if text.field == PRODUCT_FIELD:
            return 0
        title = field_title(text.words.text[: repeats[0].start if repeats else None], text.field)
        if title:
            self.flow.title_section(title)
            self.flow.add("heading", title, text.locator)
        return len(title)

    def _write_own(self, text: _Text, start: int, end: int, headings: Sequence[tuple[int, int]], is_open: bool) -> bool:
        """Write a stretch that stands nowhere else; return whether a subsection is open behind it."""
        if text.field == PRODUCT_FIELD:
            self.flow.add("field_value", text.words.text[start:end].strip(), text.locator, PRODUCT_FIELD)
            return False
        for piece in cut_stretch(text.words.text, start, end, headings):
            if piece.opens:
                if is_open:
                    self.flow.close_section()
                is_open = True
                self.flow.open_section(None, piece.text or None)
            self.flow.add(piece.kind, piece.text, text.locator)
        return is_open

    def _write_table(self, table: _Table) -> None:
        SplBody(self.flow, References(None)).table(table.element, table.locator)


def _texts(record: Record) -> list[_Text]:
    """Return the texts of all fields, in the order a label prints the fields."""
    about = load("openfda")["record"]["fields"]
    names = [name for name in record if name not in about and not name.endswith(TABLE_SUFFIX)]
    return [
        _Text(name, number, text)
        for name in _order(names)
        for number, text in enumerate(strings(record[name]))
        if not text.isspace() and text
    ]


def _tables(record: Record) -> list[_Table]:
    """Return the tables of all `*_table` fields, equal ones once."""
    out: dict[bytes, _Table] = {}
    for name in _order([name for name in record if name.endswith(TABLE_SUFFIX)]):
        for number, markup in enumerate(strings(record[name])):
            for element in _parse_tables(markup):
                table = _Table(name, number, element)
                out.setdefault(table.words.dense, table)
    return list(out.values())


def _parse_tables(markup: str) -> list[etree._Element]:
    """Return the tables of a fragment of SPL markup; damaged markup is read as far as it can be."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, recover=True, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(encoded(f'<text xmlns="{HL7[1:-1]}">{markup}</text>'), parser)
    return [
        element for element in root.iter(HL7 + "table") if not any(True for _ in element.iterancestors(HL7 + "table"))
    ]


def _order(names: Any) -> list[str]:
    """Return field names in the order a label prints them, unknown ones last."""
    return sorted(dict.fromkeys(names), key=lambda name: (_ranks().get(name.removesuffix(TABLE_SUFFIX), 1000), name))


@cache
def _ranks() -> dict[str, int]:
    return {name: rank for rank, name in enumerate(load("openfda")["fields"])}
