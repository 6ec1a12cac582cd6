"""Commands about the builds that are still there: which they are, and the way back to one."""

from pathlib import Path

import click

from labelpipe.cli.options import OUTPUT


@click.command()
@OUTPUT
def releases(output: Path) -> None:
    """List the releases that an output folder has, the newest first; * is the one that readers see."""
    from labelpipe.store.past import past_releases

    click.echo(f"  {'run':<24} {'documents':>10} {'parsed':>10} {'reused':>10} {'twice':>8} {'rejected':>9}")
    for one in past_releases(output):
        counts = (
            f"{one.n_documents:>10} {one.n_parsed:>10} {one.n_reused:>10} {one.n_duplicates:>8} {one.n_rejected:>9}"
        )
        click.echo(f"{'*' if one.is_current else ' '} {one.run_id:<24} {counts}")


@click.command()
@click.argument("run", required=False)
@OUTPUT
def rollback(run: str | None, output: Path) -> None:
    """Make the release of RUN the one that readers see; by default the one before the current one."""
    from labelpipe.store.past import rollback as go_back

    click.echo(f"{output} is that of {go_back(output, run).run_id}", err=True)
