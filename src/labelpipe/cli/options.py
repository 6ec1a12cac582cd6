"""Options that several commands share."""

from pathlib import Path
from typing import Any

import click


class PathOrUrl(click.Path):
    """A file or folder that is there, as a path, or a URL, as it was given."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return it; whether a URL is there is found out by whoever opens it."""
        from labelpipe.urls import is_url

        return value if is_url(str(value)) else super().convert(value, param, ctx)


RAW = click.argument("raw", nargs=-1, required=True, type=PathOrUrl(exists=True, path_type=Path))

OUTPUT = click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("output"),
    show_default=True,
    help="Folder of the build.",
)
