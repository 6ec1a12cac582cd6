"""The blocks of a section as XHTML: items as a list, rows as a table, all else as paragraphs."""

import re
from collections.abc import Mapping
from itertools import groupby
from typing import Any

from labelpipe.exports.narrative import broken, paragraphs, within

_RULE = re.compile(r"[\s|:+=-]+")
_MARKER = re.compile(r"\s*[-*•·>]\s+")

Row = dict[str, Any]
Cells = Mapping[int, list[Row]]
"""The cells of each row of a table, by the number of the row's block."""


def passages(blocks: list[Row], cells: Cells) -> dict[str, str]:
    """Return a FHIR Narrative of a section's blocks, in their order."""
    printed = [block for block in blocks if block["block_no"] in cells or not _is_silent(block)]
    runs = groupby(printed, key=lambda block: _form(block, cells))
    return within("".join(_run(form, list(run), cells) for (form, _), run in runs), "additional")


def _is_silent(block: Row) -> bool:
    """Return whether it only names a picture, or parts the head of a table from its rows."""
    return block["kind"] == "image" or (block["kind"] == "table_row" and _RULE.fullmatch(block["text"]) is not None)


def _form(block: Row, cells: Cells) -> tuple[str, int]:
    """Return what a block is printed as, and of what it is a part together with its neighbours."""
    row = cells.get(block["block_no"])
    if row:
        return "table", row[0]["table_no"]
    return (block["kind"] if block["kind"] in ("list_item", "callout") else "paragraph"), 0


def _run(form: str, blocks: list[Row], cells: Cells) -> str:
    if form == "table":
        return f"<table><tbody>{''.join(_row(cells[block['block_no']]) for block in blocks)}</tbody></table>"
    if form == "list_item":
        return f"<ul>{''.join(f'<li>{broken(_unmarked(block))}</li>' for block in blocks)}</ul>"
    if form == "callout":
        return "".join(f"<blockquote>{paragraphs(_unmarked(block))}</blockquote>" for block in blocks)
    return "".join(paragraphs(block["text"]) for block in blocks)


def _row(cells: list[Row]) -> str:
    return f"<tr>{''.join(map(_cell, sorted(cells, key=lambda cell: int(cell['column_no']))))}</tr>"


def _cell(cell: Row) -> str:
    tag = "th" if cell["is_header"] else "td"
    spans = "".join(
        f' {name}="{cell[column]}"'
        for name, column in (("rowspan", "row_span"), ("colspan", "column_span"))
        if cell[column] > 1
    )
    return f"<{tag}{spans}>{broken(cell['text'])}</{tag}>"


def _unmarked(block: Row) -> str:
    """Return the words without the bullet that XHTML has an element for."""
    return _MARKER.sub("", block["text"], count=1) if _MARKER.match(block["text"]) else block["text"]
