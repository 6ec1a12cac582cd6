"""What commands that build have in common: their options, and how a run is watched, told and ended."""

import io
import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import click

from labelpipe.cli.stopping import stopped_by_signals
from labelpipe.errors import ExitCode, LabelpipeError

_OPTIONS = (
    click.option(
        *("--workers", "--jobs", "-j", "workers"),
        type=click.IntRange(min=1),
        help="Processes that parse. [default: one a core]",
    ),
    click.option(
        "--engine", type=click.Choice(["local", "dask"]), default="local", show_default=True, help="Where parsing runs."
    ),
    click.option("--scheduler", metavar="ADDRESS", help="Of a Dask cluster, for --engine dask: tcp://HOST:8786."),
    click.option(
        "--parts", metavar="URL", help="Where its workers leave rows: any fsspec URL. [default: in the output]"
    ),
    click.option("--memory-mb", type=click.IntRange(min=64), default=1024, show_default=True, help="For the database."),
    click.option("--keep", type=click.IntRange(min=1), default=3, show_default=True, help="Releases that stay."),
    click.option("--max-seconds", type=float, default=60, show_default=True, help="Time one document may take."),
    click.option("--max-mb", type=int, default=64, show_default=True, help="Size one document may have."),
    click.option(
        "--max-cells", type=int, default=200_000, show_default=True, help="Table cells one document may have."
    ),
    click.option("--max-rejects", metavar="N|N%", help="Refuse a build in which more documents are rejected."),
    click.option("--max-vanished", metavar="N|N%", help="Refuse a build that lacks more labels of the last one."),
    click.option(
        "--max-emptied",
        type=float,
        metavar="POINTS",
        help="Refuse one whose columns have values in so much fewer rows.",
    ),
    click.option("--force", is_flag=True, help="Publish what would be refused; ends with 6."),
    click.option("--summary-json", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), help="Write it."),
    click.option("--log-json", is_flag=True, help="Tell everything on stderr, one JSON object a line."),
    click.option("--report/--no-report", default=True, show_default=True, help="Write report.html too."),
    click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors."),
)


def run_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of a run."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def run(raw: Iterable[Path | str], output: Path, options: dict[str, Any], retry_rejects: bool = False) -> None:
    """Build, tell how it went, and end with the exit code that says so."""
    from labelpipe.pipeline import build
    from labelpipe.view.log import Log
    from labelpipe.view.progress import progress
    from labelpipe.view.summary import summary_lines

    log = Log() if options["log_json"] else None
    settings = _settings(options, retry_rejects)
    with _summary_file(options["summary_json"]) as told:
        try:
            with stopped_by_signals(), progress(options["quiet"] or log is not None) as bar:
                summary = build(raw, output, settings, log or bar)
        except LabelpipeError as error:
            told.write(json.dumps(_failure(error)) + "\n")
            if log is None:
                raise
            log.failed(error, error.exit_code)
            raise SystemExit(error.exit_code) from error
        code = ExitCode.DOUBTFUL if summary.doubts else ExitCode.OK
        told.write(json.dumps({**summary.as_json(), "exit_code": code}) + "\n")
    if log:
        log.ended(summary.as_json())
    elif not options["quiet"]:
        click.echo("\n".join(summary_lines(summary)), err=True)
    if code:
        raise SystemExit(code)


@contextmanager
def _summary_file(path: Path | None) -> Iterator[IO[str]]:
    """Open the file of the summary before the build: it is empty until a run has ended, and not yesterday's."""
    if path is None:
        yield io.StringIO()
        return
    try:
        file = click.open_file(str(path), "w", encoding="utf-8")
    except OSError as error:
        raise click.BadParameter(f"{path} cannot be written ({error.strerror})", param_hint="--summary-json") from error
    with file:
        yield file


def _failure(error: LabelpipeError) -> dict[str, Any]:
    """Return the summary of a run that published nothing."""
    return {
        "is_published": False,
        "exit_code": error.exit_code,
        "kind": type(error).__name__,
        "message": str(error),
    }


def _settings(options: dict[str, Any], retry_rejects: bool) -> Any:
    from labelpipe.settings import Gate, Limits, Settings

    return Settings(
        workers=options["workers"] or os.cpu_count() or 1,
        scheduler=_scheduler(options["engine"], options["scheduler"]),
        parts=options["parts"],
        memory_mb=options["memory_mb"],
        keep=options["keep"],
        retry_rejects=retry_rejects,
        report=options["report"],
        limits=Limits(options["max_seconds"], options["max_mb"] << 20, options["max_cells"]),
        gate=Gate(
            _share(options["max_rejects"]), _share(options["max_vanished"]), options["max_emptied"], options["force"]
        ),
    )


def _scheduler(engine: str, address: str | None) -> str | None:
    if (engine == "dask") != (address is not None):
        raise click.UsageError("--engine dask and --scheduler tcp://HOST:8786 go together")
    return address


def _share(words: str | None) -> Any:
    from labelpipe.settings import Share

    try:
        return None if words is None else Share.parse(words)
    except ValueError as error:
        raise click.BadParameter(f"{words!r} is neither a number nor a percentage, such as 10 or 2.5%") from error
