"""What a search found: where it stands, and a snippet in which the words that were asked for stand out."""

import sys
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from labelpipe.store.query import run_query

MARK = "\x02"
"""Stands before and behind each word that was asked for; no label prints it."""

WIDE = 120
"""Columns where no terminal says how many there are."""

_SEARCH = f"FROM search($1, max_hits := $2, mark_start := '{MARK}', mark_end := '{MARK}')"


def print_hits(query: str, output: Path, max_hits: int) -> None:
    """Print the best passages, two lines each.

    Raises:
        OutputNotFound: there is no build.
    """
    out = Console(highlight=False, emoji=False, width=None if sys.stdout.isatty() else WIDE)
    hits = run_query(output, _SEARCH, parameters=(query, max_hits)).to_pylist()
    for hit in hits:
        out.print(_place(hit))
        out.print(_snippet(hit["snippet"] or "", out.is_terminal))
    if not hits:
        Console(stderr=True, highlight=False).print(f"no passage holds a word of {query!r}", markup=False)


def _place(hit: dict[str, Any]) -> Text:
    drug = hit["brand_name"] or hit["generic_name"] or "?"
    where = f"  {hit['source_path']} {hit['locator']}  {hit['section'] or hit['kind']}  {hit['score']:.2f}"
    return Text.assemble((drug, "bold"), (where, "bright_black"))


def _snippet(snippet: str, is_terminal: bool) -> Text:
    """Return the snippet, its marked words in colour, or in ** where there is none."""
    text = Text("    ")
    for number, piece in enumerate(snippet.replace("\n", " ").split(MARK)):
        is_word = number % 2 == 1
        text.append(f"**{piece}**" if is_word and not is_terminal else piece, "bold yellow" if is_word else "")
    return text
