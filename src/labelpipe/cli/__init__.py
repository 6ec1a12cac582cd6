"""The command line. No logic: every command calls one function, and heavy things are imported where they are used."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from labelpipe._version import __version__
from labelpipe.cli import asking, building, comparing, exploring, exporting, publishing, releasing, scoring
from labelpipe.cli.configuration import config, load_config
from labelpipe.errors import LabelpipeError
from labelpipe.vocabulary import check_users_files


@click.group(context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "LABELPIPE"})
@click.version_option(__version__, prog_name="labelpipe")
@click.option(
    "--config",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    is_eager=True,
    expose_value=False,
    callback=load_config,
    help="Settings; by default labelpipe.toml of this folder, where there is one.",
)
def cli() -> None:
    """Turn drug labels and monographs into validated tables.

    Settings come from labelpipe.toml, LABELPIPE_<COMMAND>_<OPTION> and flags; `labelpipe config` shows what holds.

    Exit codes: 0 all good, 1 failed, 2 wrong usage, 3 nothing was built, 4 the output breaks the contract,
    5 the gate refused the build, 6 it was published with --force, 130 and 143 it was stopped by Ctrl-C or SIGTERM.
    """
    check_users_files()


for command in (
    building.build,
    building.replay,
    building.validate,
    releasing.releases,
    releasing.rollback,
    asking.query,
    asking.search,
    asking.show,
    exploring.explore,
    comparing.diff,
    config,
    exporting.export,
    exporting.dataset,
    publishing.schemas,
    scoring.evaluate,
    scoring.review,
):
    cli.add_command(command)


@contextmanager
def _clear_errors() -> Iterator[None]:
    """Turn this package's errors into one line on stderr and their exit code."""
    try:
        yield
    except LabelpipeError as error:
        click.echo(f"labelpipe: {error}", err=True)
        raise SystemExit(error.exit_code) from error


def main() -> None:
    """Run the command line."""
    for library in ("OPENBLAS", "OMP", "MKL"):
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")  # the placer's matrices are too small to share out
    with _clear_errors():
        cli()
