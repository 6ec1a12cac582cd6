"""Faults that readers of labels had, each a case: `# the fault`, the markup, `---`, and what has to come of it.

A line is a block (`kind | section | words`), a dose (`dose | kind | amount`), or a cell (`cell | row column | words`,
then `<` and the headers above it). All blocks are listed, and all doses where the case has one.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

import labelpipe
from labelpipe.model import Label

CASES = sorted(Path(__file__).parent.glob("faults/*.case"))


def document(case: Path, markup: str) -> bytes:
    if ".spl" in case.suffixes:
        head = '<document xmlns="urn:hl7-org:v3"><setId root="a"/><component><structuredBody>'
        return f"{head}{markup}</structuredBody></component></document>".encode()
    return (f"<!doctype html><body><main>{markup}</main></body>" if ".html" in case.suffixes else markup).encode()


def blocks(label: Label) -> Iterator[str]:
    for block in label.blocks:
        words = block.text.replace("\t", "\\t")
        yield f"{block.kind} | {block.section} | {words}" if block.section else f"{block.kind} | | {words}"


def doses(label: Label) -> Iterator[str]:
    for dose in label.facts.doses:
        amount = f"{dose.value_high:g} {dose.unit}"
        yield f"dose | {dose.kind} | {amount}" if dose.kind else f"dose | | {amount}"


def cells(label: Label) -> Iterator[str]:
    for cell in label.facts.table_cells:
        yield f"cell | {cell.row_no} {cell.column_no} | {' < '.join((cell.text, *cell.header_path))}"


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_a_fault_of_others_is_none_of_ours(case: Path) -> None:
    lines = case.read_text(encoding="utf-8").splitlines()[1:]
    at = lines.index("---")
    wanted = lines[at + 1 :]
    label = labelpipe.parse(document(case, "\n".join(lines[:at])))
    assert list(blocks(label)) == [line for line in wanted if not line.startswith(("dose |", "cell |"))]
    if any(line.startswith("dose |") for line in wanted):
        assert list(doses(label)) == [line for line in wanted if line.startswith("dose |")]
    assert {line for line in wanted if line.startswith("cell |")} <= set(cells(label))
