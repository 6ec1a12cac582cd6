"""Options that several commands share."""

from pathlib import Path

import click

OUTPUT = click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("output"),
    show_default=True,
    help="Folder of the build.",
)
