"""The command that writes a build in the forms other people's tools read."""

from pathlib import Path

import click

from labelpipe.cli.options import OUTPUT


@click.command()
@click.argument("names", nargs=-1)
@OUTPUT
@click.option(
    "--format", "style", type=click.Choice(["csv", "jsonl", "arrow", "fhir"]), default="csv", show_default=True
)
@click.option("--to", "folder", type=click.Path(path_type=Path, file_okay=False), help="Folder to write files into.")
def export(names: tuple[str, ...], output: Path, style: str, folder: Path | None) -> None:
    """Write tables of a build as CSV, JSON lines or Arrow streams, or its labels as FHIR R5 documents.

    NAMES are tables; for FHIR they are documents, each by its path, label id, brand name or doc_id. One goes to stdout;
    with --to each becomes a file, and all do where none is named.

    \b
    labelpipe export doses --format arrow > doses.arrows
    labelpipe export --format jsonl --to exported
    labelpipe export gablofen.txt --format fhir > gablofen.json
    """
    if folder is None and len(names) != 1:
        raise click.UsageError("name one table or document for stdout, or give a folder with --to FOLDER")
    if style == "fhir":
        _labels(names, output, folder)
        return
    from labelpipe.contract import TABLES
    from labelpipe.exports.tables import export_tables, export_to_stdout

    if folder is None:
        export_to_stdout(output, names[0], style)
        return
    for path in export_tables(output, names or tuple(TABLES), style, folder):
        click.echo(path)


@click.command()
@click.argument("url")
@OUTPUT
@click.option("--name", default="labels", show_default=True, help="Of this build among those of the dataset.")
@click.option(
    "--digits",
    type=click.IntRange(1, 3),
    default=1,
    show_default=True,
    help="Of doc_id a partition: 16, 256, 4096 files.",
)
def dataset(url: str, output: Path, name: str, digits: int) -> None:
    """Publish a build as partitioned Parquet at URL, with a DuckDB file of views over it.

    A dataset may hold many builds, each under its --name; publishing one again puts it in the place of what was there.

    \b
    labelpipe dataset s3://bucket/labels --name 2026
    """
    from labelpipe.exports.dataset import publish_dataset

    rows = publish_dataset(output, url, name, digits)
    click.echo(f"{rows['documents']} documents, {sum(rows.values())} rows: {url.rstrip('/')}/labels.duckdb", err=True)


def _labels(names: tuple[str, ...], output: Path, folder: Path | None) -> None:
    from labelpipe.errors import QueryError
    from labelpipe.exports.labels import export_labels

    if folder is None:
        found = list(export_labels(output, names))
        if len(found) > 1:
            raise QueryError(
                f"{len(found)} documents are called {names[0]!r}: {', '.join(doc_id for doc_id, _ in found)}"
            )
        click.echo(found[0][1], nl=False)
        return
    folder.mkdir(parents=True, exist_ok=True)
    for doc_id, words in export_labels(output, names):
        path = folder / f"{doc_id}.fhir.json"
        partial = path.with_name(path.name + ".partial")
        partial.write_text(words, encoding="utf-8")
        partial.replace(path)
        click.echo(path)
