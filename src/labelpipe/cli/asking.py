"""Commands that read a build: by SQL, or a document at a time."""

import sys
from pathlib import Path

import click

from labelpipe.cli.options import OUTPUT


@click.command()
@click.argument("sql", required=False)
@OUTPUT
@click.option("--format", "style", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@click.option("--list", "is_list", is_flag=True, help="Print views, macros and tables, each with its comment.")
@click.option("--allow-external", is_flag=True, help="Let the query read and write other files.")
def query(sql: str | None, output: Path, style: str, is_list: bool, allow_external: bool) -> None:
    """Run SQL on the published database, read-only, and print the result.

    \b
    labelpipe query "SELECT * FROM label_overview"
    labelpipe query "FROM half_life_hours" --format csv > half_lives.csv
    labelpipe query --list
    """
    from labelpipe.store.query import LIST, run_query
    from labelpipe.view.results import render

    if is_list == (sql is not None):
        raise click.UsageError("give SQL, or --list to see what there is to ask")
    render(run_query(output, LIST if sql is None else sql, allow_external), style, sys.stdout)


@click.command()
@click.argument("words", nargs=-1, required=True)
@OUTPUT
@click.option("--max-hits", default=10, show_default=True, help="How many passages to print.")
def search(words: tuple[str, ...], output: Path, max_hits: int) -> None:
    """Print the passages of the published build that hold WORDS, best first.

    \b
    labelpipe search alcohol withdrawal
    """
    from labelpipe.view.hits import print_hits

    print_hits(" ".join(words), output, max_hits)


@click.command()
@click.argument("document")
@OUTPUT
def show(document: str, output: Path) -> None:
    """Show DOCUMENT line by line: kind, section, confidence, and the findings beside the words they are about.

    DOCUMENT is a file, or a document of the build in --output: its path, doc_id (or how it begins), or brand name.
    """
    from labelpipe.view.show import print_document

    print_document(document, output)
