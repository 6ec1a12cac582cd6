"""Commands that put versions of a label side by side."""

import sys
from pathlib import Path

import click

from labelpipe.cli.options import OUTPUT


@click.command()
@click.argument("label")
@click.option("--from", "old", metavar="VERSION", help="The older version; by default the one before --to.")
@click.option("--to", "new", metavar="VERSION", help="The newer version; by default the last.")
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--formatting", is_flag=True, help="Show what was only printed otherwise, too.")
@OUTPUT
def diff(label: str, old: str | None, new: str | None, style: str, formatting: bool, output: Path) -> None:
    """Show what changed between two versions of LABEL: sentences by section, and facts.

    LABEL is a label_id, set id, brand name, source path or doc_id of the build. A VERSION is a version number, a day
    (YYYY-MM-DD: the version in force then) or a doc_id.

    \b
    labelpipe diff Cozaar --from 2019-01-01
    """
    from labelpipe.history.between import difference
    from labelpipe.view.diff import render_diff

    render_diff(difference(output, label, old, new), style, formatting, sys.stdout)
