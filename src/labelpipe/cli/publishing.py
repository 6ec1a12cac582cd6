"""Commands that write what others rely on: the published contract."""

from pathlib import Path

import click

from labelpipe.errors import ExitCode


@click.command()
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
