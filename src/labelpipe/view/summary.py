"""A build's progress and its summary, on stderr."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from labelpipe.pipeline import Summary


@contextmanager
def progress(quiet: bool) -> Iterator[Callable[[], None]]:
    """Yield what to call after each document; it shows a bar on a terminal and nothing anywhere else."""
    if quiet or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("documents"), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("documents", total=None)
        yield lambda: bar.advance(task)


def summary_lines(summary: Summary) -> list[str]:
    """Return what a person wants to know after a build."""
    lines = [f"{summary.n_parsed} of {summary.n_documents} documents built into {summary.output}"]
    if summary.n_duplicates:
        lines.append(f"{summary.n_duplicates} were given twice and stand there once")
    if summary.n_rejected:
        lines.append(f"{summary.n_rejected} documents were rejected")
    if summary.n_rejected_rows:
        lines.append(f"{summary.n_rejected_rows} rows were rejected")
    if summary.n_rejected or summary.n_rejected_rows:
        lines.append('why: labelpipe query "SELECT source_path, rule, message FROM rejects" -o ' + str(summary.output))
    return lines
