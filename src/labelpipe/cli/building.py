"""Commands that make a build and check it."""

import os
from pathlib import Path

import click

from labelpipe.cli.options import OUTPUT
from labelpipe.errors import ExitCode


@click.command()
@click.argument("raw", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@OUTPUT
@click.option("--workers", "-j", type=click.IntRange(min=1), help="Processes that parse. [default: one a core]")
@click.option("--report/--no-report", default=True, show_default=True, help="Write report.html too.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors.")
def build(raw: tuple[Path, ...], output: Path, workers: int | None, report: bool, quiet: bool) -> None:
    """Build every document under RAW (files or folders) and publish the result.

    Readers of the folder see the last good build until this one is complete.
    """
    from labelpipe.pipeline import build as run_build
    from labelpipe.settings import Settings
    from labelpipe.view.progress import progress
    from labelpipe.view.summary import summary_lines

    with progress(quiet) as watcher:
        summary = run_build(raw, output, Settings(workers=workers or os.cpu_count() or 1, report=report), watcher)
    if not quiet:
        for line in summary_lines(summary):
            click.echo(line, err=True)


@click.command()
@OUTPUT
def validate(output: Path) -> None:
    """Check a published build against the contract: types, keys, references, spans, counts."""
    from labelpipe.store.verify import problems

    found = list(problems(output))
    for problem in found:
        click.echo(problem)
    if found:
        raise SystemExit(ExitCode.INVALID_OUTPUT)
    click.echo(f"{output} keeps the contract", err=True)
