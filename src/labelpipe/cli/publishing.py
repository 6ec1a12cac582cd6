"""Commands that write what others rely on: the published contract."""

from pathlib import Path

import click

from labelpipe.errors import ExitCode


@click.command()
@click.option(
    "--output", "-o", type=click.Path(path_type=Path, file_okay=False), default=Path("schemas"), show_default=True
)
@click.option("--check", is_flag=True, help="Write nothing; fail where a file is stale, or a change breaks consumers.")
@click.option("--release", is_flag=True, help="Also keep it as the contract that later changes are held against.")
def schemas(output: Path, check: bool, release: bool) -> None:
    """Write the published contract.

    pandera YAML, SQL, data dictionary, ODCS, Data Package, JSON Schema, dbt sources.
    """
    from labelpipe.contract.publish import check_schemas, write_schemas
    from labelpipe.contract.released import write_released

    if check:
        if complaints := check_schemas(output):
            click.echo("\n".join(complaints), err=True)
            raise SystemExit(ExitCode.FAILED)
        return
    for path in write_schemas(output):
        click.echo(path)
    if release:
        click.echo(write_released(output))
