"""An SPL document flattened as openFDA does it: a field for each coded section, with all the text that is in it."""

import json
from typing import Any

from lxml import etree

from labelpipe.vocabulary import load

HL7 = "{urn:hl7-org:v3}"
UNCLASSIFIED = "spl_unclassified_section"


def flatten(data: bytes) -> bytes:
    """Return a response with one record."""
    root = etree.fromstring(data)
    fields: dict[str, list[str]] = {}
    named = {code: name for name, code in load("openfda")["fields"].items()}
    for section in root.iter(HL7 + "section"):
        code = section.find(HL7 + "code")
        name = named.get(code.get("code", "") if code is not None else "", UNCLASSIFIED)
        is_inside = any(True for _ in section.iterancestors(HL7 + "section"))
        if name == UNCLASSIFIED and is_inside:
            continue
        if words := _words(section):
            fields.setdefault(name, []).append(words)
        for table in section.iter(HL7 + "table"):
            if not any(True for _ in table.iterancestors(HL7 + "table")):
                fields.setdefault(f"{name}_table", []).append(_markup(table))
    record: dict[str, Any] = {
        "set_id": _value(root, "setId", "root"),
        "version": _value(root, "versionNumber", "value"),
        "effective_time": _value(root, "effectiveTime", "value"),
        **fields,
    }
    return json.dumps({"meta": {}, "results": [record]}).encode()


def _words(section: etree._Element) -> str:
    """Return the words of a section: title, text, excerpt, and those of its subsections."""
    parts: list[str] = []
    for child in section:
        if child.tag in (HL7 + "title", HL7 + "text", HL7 + "excerpt"):
            parts += map(str, child.itertext())
        elif child.tag == HL7 + "component":
            parts += [_words(inner) for inner in child.iter(HL7 + "section") if inner.getparent() is child]
    return " ".join(" ".join(parts).split())


def _markup(table: etree._Element) -> str:
    return etree.tostring(table, encoding="unicode", with_tail=False).replace(' xmlns="urn:hl7-org:v3"', "")


def _value(root: etree._Element, tag: str, attribute: str) -> str:
    element = root.find(HL7 + tag)
    return element.get(attribute, "") if element is not None else ""
