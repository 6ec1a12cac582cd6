"""What the page's header says about the label as a whole."""

import hashlib
import re
from pathlib import PurePosixPath
from typing import Any

from labelpipe._version import __version__
from labelpipe.model import Block, Document, Reading, Source

_CLASS_TYPE = re.compile(r"\s*\[\s*(\w+)\s*\]\s*$")
_RECORD = re.compile(r"#\d+$")
_SEVERAL = re.compile(r"\s*[;|]\s*")


def read_document(source: Source, reading: Reading) -> Document:
    """Return the documents row: the source's identity, what its format states, and the header's fields in its words."""
    identity = {
        "label_id": _stem(source.path),
        "source_path": source.path,
        "source_format": reading.source_format,
        "source_sha256": hashlib.sha256(source.data).hexdigest(),
        "source_bytes": len(source.data),
        "source_tier": "secondary",
        "language": reading.language,
        "parser_version": __version__,
    }
    return Document(**{**identity, **_header_columns(reading.blocks), **reading.stated})


def _header_columns(blocks: tuple[Block, ...]) -> dict[str, Any]:
    """Return the columns that the header's fields fill."""
    fields = header_fields(blocks)
    pharm_class, class_type = split_class(fields.get("pharm_class"))
    declared = fields.get("declared_products", "")
    active = fields.get("active_ingredients")
    return {
        "brand_name": fields.get("brand_name"),
        "generic_name": fields.get("generic_name"),
        "active_ingredients": tuple(_SEVERAL.split(active)) if active else (),
        "pharm_class": pharm_class,
        "pharm_class_type": class_type,
        "labeler": fields.get("labeler"),
        "label_version": fields.get("label_version"),
        "declared_products": int(declared) if declared.isdecimal() and len(declared) < 6 else None,
    }


def _stem(path: str) -> str:
    """Return the file's name without its ending, with the record's number where it is one of many.

    >>> _stem("release/bulk.zip!labels.json#7")
    'labels#7'
    """
    record = _RECORD.search(path)
    name = path[: record.start()] if record else path
    return PurePosixPath(name.rpartition("!")[2] or name).stem + (record[0] if record else "")


def header_fields(blocks: tuple[Block, ...]) -> dict[str, str]:
    """Return the first value of each header field."""
    fields: dict[str, str] = {}
    for block in blocks:
        if block.kind == "field_value" and block.field:
            fields.setdefault(block.field, block.text)
    return fields


def split_class(words: str | None) -> tuple[str | None, str | None]:
    """Split a pharmacologic class from its type.

    >>> split_class("Biguanide [EPC]")
    ('Biguanide', 'EPC')
    """
    if words is None:
        return None, None
    match = _CLASS_TYPE.search(words)
    return (words[: match.start()], match[1]) if match else (words, None)
