"""What changed between two versions of a label, section by section, for people and for programs."""

import json
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import groupby
from typing import TextIO

from rich.console import Console
from rich.text import Text

from labelpipe.history.between import Difference
from labelpipe.history.versions import Change

WIDE = 120
"""Columns where no terminal says how many there are."""

GONE, CAME = "red strike", "green"


def render_diff(difference: Difference, style: str, formatting: bool, out: TextIO) -> None:
    """Print a difference as text, or as JSON: one object a change. Pure formatting is counted, and shown if asked."""
    shown = [change for change in difference.changes if formatting or change.kind != "formatting"]
    if style == "json":
        for change in shown:
            out.write(json.dumps(change._asdict(), ensure_ascii=False) + "\n")
        return
    console = Console(file=out, highlight=False, emoji=False, width=None if out.isatty() else WIDE)
    console.print(Text(difference.label_id, style="bold"))
    console.print(Text(f"- {difference.old}\n+ {difference.new}"))
    for words in _lines(shown):
        console.print(words)
    console.print(Text(_counted(difference.changes), style="bold"))


def _lines(changes: Iterable[Change]) -> Iterator[Text]:
    for title, together in groupby(changes, key=_title):
        yield Text(f"\n{title}", style="bold cyan")
        yield from (_line(change) for change in together)


def _title(change: Change) -> str:
    if change.level == "fact":
        return f"facts: {change.table_name}"
    return change.section or change.old_section or "(no section)"


def _line(change: Change) -> Text:
    name = f"{change.name}: " if change.name else ""
    if change.kind == "moved":
        return Text(f"> from {change.old_section or '(no section)'}: {change.new_text}")
    if change.kind == "changed":
        return Text("~ ").append(name).append_text(_words_changed(change.old_text or "", change.new_text or ""))
    if change.kind == "formatting":
        return Text(f"  {change.new_text or change.old_text}", style="dim")
    sign, style, words = ("+", CAME, change.new_text) if change.kind == "added" else ("-", GONE, change.old_text)
    return Text(f"{sign} {name}").append(words or "", style=style)


def _words_changed(old: str, new: str) -> Text:
    """Return the new words with what went in [-brackets-] and what came in {+braces+}, as wdiff writes them."""
    before, after = old.split(), new.split()
    text = Text()
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            text.append(" ".join(after[j1:j2]) + " ")
            continue
        if i1 < i2:
            text.append(f"[-{' '.join(before[i1:i2])}-] ", style=GONE)
        if j1 < j2:
            text.append(f"{{+{' '.join(after[j1:j2])}+}} ", style=CAME)
    text.rstrip()
    return text


def _counted(changes: Iterable[Change]) -> str:
    kinds = [f"{change.level} {change.kind}" for change in changes]
    counts = ", ".join(f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds))
    return f"\n{counts or 'nothing changed'}"
