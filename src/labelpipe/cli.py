"""The command line. No logic: every command calls one function, and heavy things are imported where they are used."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from labelpipe._version import __version__
from labelpipe.errors import ExitCode, LabelpipeError

OUTPUT = click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("output"),
    show_default=True,
    help="Folder of the build.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="labelpipe")
def cli() -> None:
    """Turn drug labels and monographs into validated tables.

    Exit codes: 0 all good, 1 failed, 2 wrong usage, 3 nothing was built, 4 the output breaks the contract.
    """


@cli.command()
@click.argument("raw", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@OUTPUT
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors.")
def build(raw: tuple[Path, ...], output: Path, quiet: bool) -> None:
    """Build every document under RAW (files or folders) and publish the result.

    Readers of the folder see the last good build until this one is complete.
    """
    from labelpipe.pipeline import build as run_build
    from labelpipe.view.summary import progress, summary_lines

    with progress(quiet) as on_document:
        summary = run_build(raw, output, on_document)
    if not quiet:
        for line in summary_lines(summary):
            click.echo(line, err=True)


@cli.command()
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


@cli.command()
@click.argument("sql")
@OUTPUT
@click.option("--format", "style", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@click.option("--allow-external", is_flag=True, help="Let the query read and write other files.")
def query(sql: str, output: Path, style: str, allow_external: bool) -> None:
    """Run SQL on the published database, read-only, and print the result.

    \b
    labelpipe query "SELECT * FROM label_overview"
    labelpipe query "FROM half_life_hours" --format csv > half_lives.csv
    """
    from labelpipe.store.query import run_query
    from labelpipe.view.results import render

    render(run_query(output, sql, allow_external), style, sys.stdout)


@cli.command()
@click.argument("document")
@OUTPUT
def show(document: str, output: Path) -> None:
    """Show DOCUMENT line by line: kind, section, confidence, and the findings beside the words they are about.

    DOCUMENT is a file, or a document of the build in --output: its path, doc_id (or how it begins), or brand name.
    """
    from labelpipe.view.show import print_document

    print_document(document, output)


@cli.command()
@click.option(
    "--output", "-o", type=click.Path(path_type=Path, file_okay=False), default=Path("schemas"), show_default=True
)
@click.option("--check", is_flag=True, help="Write nothing; fail where a file is stale.")
def schemas(output: Path, check: bool) -> None:
    """Write the published contract: pandera YAML, SQL, data dictionary."""
    from labelpipe.contract.publish import stale_files, write_schemas

    if not check:
        for path in write_schemas(output):
            click.echo(path)
    elif stale := stale_files(output):
        click.echo(f"stale: {', '.join(stale)}; run `labelpipe schemas`", err=True)
        raise SystemExit(ExitCode.FAILED)


@cli.command()
@click.argument("gold", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path, file_okay=False))
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--worst", default=10, show_default=True, help="How many wrong lines to quote, the surest first.")
def evaluate(gold: tuple[Path, ...], style: str, worst: int) -> None:
    """Place documents whose truth is known, and print how well that went.

    GOLD is a folder that holds NAME.txt with NAME.gold.jsonl beside it.
    """
    from labelpipe.evaluation.scoreboard import render_scores
    from labelpipe.evaluation.scores import evaluate as score

    click.echo(render_scores({str(folder): score(folder) for folder in gold}, style, worst))


@cli.command()
@click.argument("document", type=click.Path(exists=True, path_type=Path, dir_okay=False))
def review(document: Path) -> None:
    """Print DOCUMENT as a review file, in which a person corrects sections and from which `make train` learns.

    \b
    labelpipe review page.txt > training/reviews/page.review

    \b
    ~ paragraph dosage_and_administration 0.62 | Shake the bottle before every spoonful.

    Change the section where it is wrong (`-` for none), and put = for ~ on every line that you have looked at.
    """
    from labelpipe.api import parse
    from labelpipe.evaluation.review import render_review

    click.echo(render_review(parse(document)), nl=False)


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
