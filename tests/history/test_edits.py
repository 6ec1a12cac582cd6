"""Edits put into labels, some of print and some of sense: what is called formatting is formatting."""

import os
import random
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from labelpipe.history import Passage, Version, compare
from labelpipe.history.record import read_version
from labelpipe.pipeline import build

RAW = Path(__file__).parents[2] / "raw"
SHARED = os.environ.get("LABELPIPE_SHARED")
HISTORY = Path(SHARED or "") / "corpus/openfda_history/NDA210238"
needs_shared = pytest.mark.skipif(not SHARED, reason="LABELPIPE_SHARED does not say where the labels are")

Edit = Callable[[str], str]
PRINT: dict[str, Edit] = {
    "blanks": lambda text: text.replace(" ", "  ", 3),
    "no-break": lambda text: text.replace(" ", "\u00a0", 2),
    "bullet": lambda text: f"• {text}",
    "dash": lambda text: f"– {text}",
    "stop": lambda text: text[:-1] if text.endswith(".") else f"{text}.",
    "capitals": lambda text: re.sub(r"(?<!\d )\b[a-z]{4,}\b", lambda m: m[0].upper(), text),
    "quotes": lambda text: text.replace("'", "’").replace('"', "“"),
    "dashes": lambda text: re.sub(r"(?<=\w)-(?=\w)", "–", text),
    "wrapped": lambda text: text.replace(" ", "\n", 1),
}
SENSE: dict[str, Edit] = {
    "number": lambda text: re.sub(r"\d", lambda m: str((int(m[0]) + 1) % 10), text, count=1),
    "decimal": lambda text: re.sub(r"(?<=\d)\.(?=\d)", "", text, count=1),
    "unit": lambda text: re.sub(r"\bmg\b", "mcg", text, count=1),
    "sign": lambda text: text.translate(str.maketrans("<>≤≥", "><≥≤")),
    "negation": lambda text: re.sub(r"\bnot ", "", text, count=1),
    "word": lambda text: re.sub(r"\b(?:and|or|with|before|in)\b", "after", text, count=1),
    "shorter": lambda text: text.rsplit(" ", 1)[0],
}


def versions(folder: Path, tmp_path: Path) -> list[Version]:
    build([folder], tmp_path / "out")
    with duckdb.connect(str(tmp_path / "out" / "labels.duckdb"), read_only=True) as con:
        doc_ids = [doc_id for (doc_id,) in con.execute("SELECT doc_id FROM documents ORDER BY doc_id").fetchall()]
        return [read_version(con, doc_id) for doc_id in doc_ids]


def edited(version: Version, chance: random.Random) -> tuple[Version, dict[int, str]]:
    """Return the version with every tenth passage edited, and what was done to which passage."""
    said = Counter(passage.text for passage in version.passages)
    passages: list[Passage] = []
    done: dict[int, str] = {}
    for at, passage in enumerate(version.passages):
        what, (name, edit) = chance.choice(
            [("print", item) for item in PRINT.items()] + [("sense", item) for item in SENSE.items()]
        )
        words = edit(passage.text) if said[passage.text] == 1 and at % 10 == 0 else passage.text
        if words.strip() and words != passage.text:
            done[at] = f"{what} {name}"
        passages.append(Passage(passage.section, at, words if words.strip() else passage.text))
    return Version("edited", tuple(passages), version.facts), done


@pytest.mark.parametrize(
    "folder", [pytest.param(RAW, id="samples"), pytest.param(HISTORY, id="history", marks=needs_shared)]
)
def test_what_is_called_formatting_is_formatting(folder: Path, tmp_path: Path) -> None:
    chance = random.Random(7)
    called: Counter[tuple[str, str]] = Counter()
    for version in versions(folder, tmp_path):
        numbered = tuple(p._replace(block_no=at) for at, p in enumerate(version.passages))
        new, done = edited(version, chance)
        for change in compare(version._replace(passages=numbered), new):
            at = change.new_block_no if change.new_block_no is not None else change.old_block_no
            assert at is not None
            called[done.get(at, "nothing").split()[0], change.kind] += 1
    as_formatting = {what: n for (what, kind), n in called.items() if kind == "formatting"}
    of_print = sum(n for (what, _), n in called.items() if what == "print")
    assert as_formatting["print"] >= 30
    assert as_formatting["print"] >= 0.99 * sum(as_formatting.values())
    assert as_formatting["print"] >= 0.9 * of_print
