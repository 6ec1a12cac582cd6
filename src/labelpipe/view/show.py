"""A document beside what was made of it: each block's place, kind, section, confidence, and its findings."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from labelpipe.api import parse
from labelpipe.errors import QueryError
from labelpipe.store.query import find_documents, run_query

KIND_COLOURS = {
    "noise": "bright_black",
    "disclaimer": "bright_black",
    "heading": "bold cyan",
    "field_label": "blue",
    "field_value": "bold blue",
    "table_row": "magenta",
    "callout": "yellow",
    "faq_question": "bold green",
    "faq_answer": "green",
}
SURE, UNSURE = 0.8, 0.5
WIDE = 160
"""Columns where no terminal says how many there are."""

_BLOCK_COLUMNS = ("block_no", "locator", "kind", "section", "section_method", "section_confidence", "text")

_BLOCKS = f"SELECT {', '.join(_BLOCK_COLUMNS)} FROM blocks WHERE doc_id = $1 ORDER BY block_no"
_FINDINGS = "SELECT block_no, rule, severity, message FROM findings WHERE doc_id = $1 ORDER BY finding_no"


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of a document: a title, its blocks and its findings, as rows."""

    title: str
    blocks: list[dict[str, Any]]
    findings: list[dict[str, Any]]


def print_document(document: str, output: Path) -> None:
    """Print a file, or a document of the published build.

    Raises:
        QueryError: no document of the build is called that.
    """
    path = Path(document)
    shown = _from_file(path) if path.is_file() else _from_build(document, output)
    console = Console(highlight=False, emoji=False, width=None if sys.stdout.isatty() else WIDE)
    console.print(Text(shown.title, style="bold"))
    console.print(_table(shown))


def _from_file(path: Path) -> Shown:
    label = parse(path)
    blocks = [{name: getattr(block, name) for name in _BLOCK_COLUMNS} for block in label.blocks]
    findings = [
        {name: getattr(f, name) for name in ("block_no", "rule", "severity", "message")} for f in label.findings
    ]
    return Shown(f"{path.name} · {label.doc_id}", blocks, findings)


def _from_build(document: str, output: Path) -> Shown:
    found = find_documents(output, document)
    if len(found) != 1:
        paths = ", ".join(path for _, path in found[:5])
        raise QueryError(f"{len(found)} documents are called {document!r}; name one by its path: {paths}")
    [(doc_id, source_path)] = found
    blocks = run_query(output, _BLOCKS, parameters=(doc_id,))
    findings = run_query(output, _FINDINGS, parameters=(doc_id,))
    return Shown(f"{source_path} · {doc_id}", blocks.to_pylist(), findings.to_pylist())


def _table(shown: Shown) -> Table:
    table = Table(box=None, pad_edge=False, show_edge=False)
    for name, options in (
        ("where", {}),
        ("kind", {}),
        ("section", {}),
        ("sure", {"justify": "right"}),
        ("words", {"ratio": 1}),
    ):
        table.add_column(name, no_wrap=name != "words", **options)
    under: dict[int | None, list[dict[str, Any]]] = {}
    for finding in shown.findings:
        under.setdefault(finding["block_no"], []).append(finding)
    for finding in under.get(None, []):
        table.add_row("", "", "", "", _finding(finding))
    for block in shown.blocks:
        table.add_row(*_block(block))
        for finding in under.get(block["block_no"], []):
            table.add_row("", "", "", "", _finding(finding))
    return table


def _block(block: dict[str, Any]) -> tuple[Text, ...]:
    colour = KIND_COLOURS.get(block["kind"], "default")
    confidence = block["section_confidence"]
    sure = "" if confidence is None else f"{confidence:.2f}"
    shade = "green" if (confidence or 0) >= SURE else "yellow" if (confidence or 0) >= UNSURE else "red"
    section = block["section"] or ("?" if confidence is not None else "")
    return (
        Text(block["locator"], style="bright_black"),
        Text(block["kind"], style=colour),
        Text(section + (" *" if block["section_method"] == "stated" else "")),
        Text(sure, style=shade),
        Text(block["text"], style=colour),
    )


def _finding(finding: dict[str, Any]) -> Text:
    colour = {"info": "bright_black", "warning": "yellow", "error": "red"}[finding["severity"]]
    return Text(f"  ↳ {finding['rule']}: {finding['message']}", style=colour)
