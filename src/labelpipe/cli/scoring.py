"""Commands that say how well documents were placed, and let a person correct it."""

from pathlib import Path

import click


@click.command()
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


@click.command()
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
