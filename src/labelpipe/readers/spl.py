"""SPL XML (HL7 v3, as DailyMed publishes labels) to blocks, sections, tables and products."""

from datetime import date
from typing import Any

from lxml import etree

from labelpipe.errors import EmptySource, MalformedSource, UnsupportedFormat
from labelpipe.model import Reading, Source
from labelpipe.readers.flow import Flow
from labelpipe.readers.language import language_of
from labelpipe.readers.spl_body import SplBody
from labelpipe.readers.spl_markup import HL7
from labelpipe.readers.spl_products import read_products
from labelpipe.readers.spl_references import References


def read_spl(source: Source) -> Reading:
    """Read an SPL document: every non-space character of its narrative ends up in exactly one block.

    Raises:
        MalformedSource: it is no well-formed XML, or it declares entities; with the line and column.
        UnsupportedFormat: it is XML, but no SPL document.
        EmptySource: an SPL document without narrative.
    """
    root = parse_xml(source.data)
    if root.tag != HL7 + "document":
        raise UnsupportedFormat(f"this is XML with the root element <{_local(root)}>, which is no SPL document")
    flow = Flow()
    body = SplBody(flow, References(root))
    for number, child in enumerate(root, 1):
        if child.tag == HL7 + "title":
            body.block(child, "heading", f"/*/*[{number}]")
        elif child.tag == HL7 + "component":
            for place, inner in enumerate(child, 1):
                if inner.tag == HL7 + "structuredBody":
                    _components(body, inner, f"/*/*[{number}]/*[{place}]")
    if not flow.blocks:
        raise EmptySource(
            f"this SPL document ({_type(root) or 'of no type'}) has no text; give labelpipe the label itself"
        )
    products, ingredients, names = read_products(body.subjects)
    return flow.reading(
        "spl", _language(root, flow), stated={**_stated(root), **names}, products=products, ingredients=ingredients
    )


def parse_xml(data: bytes) -> etree._Element:
    """Parse XML and return its root: no entity is expanded, nothing is fetched, depth and sizes are libxml2's limits.

    Raises:
        MalformedSource: what the parser says, with line and column.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        what = (error.msg or "it breaks off").split(", line ")[0]
        raise MalformedSource(f"line {line}, column {column}: {what}; fetch the file again") from error
    doctype: Any = root.getroottree().docinfo.internalDTD
    if doctype is not None and any(True for _ in doctype.iterentities()):
        raise MalformedSource("line 1, column 1: it declares entities, which no label does and which are not expanded")
    return root


def _components(body: SplBody, element: etree._Element, path: str) -> None:
    for number, child in enumerate(element, 1):
        if child.tag == HL7 + "component":
            body.component(child, f"{path}/*[{number}]")


def _stated(root: etree._Element) -> dict[str, Any]:
    """Return the columns of the documents row that the header states."""
    set_id = _value(root, "setId", "root")
    labeler = root.find(f"{HL7}author/{HL7}assignedEntity/{HL7}representedOrganization/{HL7}name")
    stated = {
        "label_id": set_id,
        "set_id": set_id,
        "label_version": _value(root, "versionNumber", "value"),
        "effective_date": as_date(_value(root, "effectiveTime", "value")),
        "labeler": " ".join((labeler.text or "").split()) if labeler is not None else None,
        "document_type": _type(root),
        "source_tier": "regulator",
    }
    return {name: value for name, value in stated.items() if value}


def as_date(stamp: str | None) -> date | None:
    """Return the day of a time stamp such as `20230401` or `20230401120000+0000`."""
    try:
        return date(int(stamp[:4]), int(stamp[4:6]), int(stamp[6:8])) if stamp and len(stamp) >= 8 else None
    except ValueError:
        return None


def _value(root: etree._Element, tag: str, attribute: str) -> str | None:
    element = root.find(HL7 + tag)
    return element.get(attribute) if element is not None else None


def _type(root: etree._Element) -> str | None:
    return _value(root, "code", "displayName") or _value(root, "code", "code")


def _local(root: etree._Element) -> str:
    return etree.QName(root).localname


def _language(root: etree._Element, flow: Flow) -> str | None:
    """Return the language that the document states, else what its first paragraphs are in."""
    code = _value(root, "languageCode", "code")
    return code[:2].lower() if code else language_of(flow.blocks)
