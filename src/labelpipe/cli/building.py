"""Commands that make a build and check it."""

from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from labelpipe.cli.options import OUTPUT, RAW
from labelpipe.cli.running import run, run_options
from labelpipe.errors import ExitCode


@click.command()
@RAW
@OUTPUT
@run_options
def build(raw: tuple[Path | str, ...], output: Path, **options: Any) -> None:
    """Build every document under RAW (files, folders, or URLs such as s3://bucket/labels/) and publish the result.

    Readers of the folder see the last good build until this one is complete. Documents that have not changed since the
    last build are not parsed again, and a build that was killed is taken up.
    """
    run(raw, output, options)


@click.command()
@OUTPUT
@run_options
@click.pass_context
def replay(ctx: click.Context, /, output: Path, **options: Any) -> None:
    """Build what the last build was made of once more, and parse again what it rejected.

    For when a mistake has been put right: the result is that of a clean build. Limits are those of the last build,
    unless they are given.
    """
    from labelpipe.store.past import raw_of, settings_of_run

    limits = settings_of_run(output)["limits"]
    recorded = {
        "max_seconds": limits["seconds"],
        "max_mb": limits["source_bytes"] >> 20,
        "max_cells": limits["table_cells"],
    }
    for name, value in recorded.items():
        if ctx.get_parameter_source(name) is ParameterSource.DEFAULT:
            options[name] = value
    run(raw_of(output), output, options, retry_rejects=True)


@click.command()
@OUTPUT
def validate(output: Path) -> None:
    """Check a published build against the contract: checksums, types, keys, references, spans, counts."""
    from labelpipe.store.verify import all_problems

    found = list(all_problems(output))
    for problem in found:
        click.echo(problem)
    if found:
        raise SystemExit(ExitCode.INVALID_OUTPUT)
    click.echo(f"{output} keeps the contract", err=True)
