"""A build's progress: a bar on a terminal, nothing anywhere else."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from labelpipe.batches import Manifest
from labelpipe.watching import Watcher


@contextmanager
def progress(quiet: bool) -> Iterator[Watcher]:
    """Yield a watcher that shows how far a build is, how fast it goes, and how long it will take."""
    if quiet or not sys.stderr.isatty():
        yield Watcher()
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description:9}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("scan", total=None, rate="")

        class Bar(Watcher):
            def stage(self, name: str) -> None:
                bar.update(task, description=name)

            def planned(self, n_to_parse: int, n_reused: int) -> None:
                bar.reset(task, total=n_to_parse, rate="")

            def batch_done(self, manifest: Manifest) -> None:
                bar.advance(task, manifest.n_parsed + manifest.n_rejected)
                speed = bar.tasks[0].speed
                bar.update(task, rate=f"{speed:,.0f} documents/s" if speed else "")

        yield Bar()
