"""The command that shows a build in a browser."""

from pathlib import Path

import click

from labelpipe.cli.options import OUTPUT


@click.command()
@OUTPUT
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=0, show_default="any that is free", type=click.IntRange(0, 65535))
def explore(output: Path, host: str, port: int) -> None:
    """Serve the published build to a browser on this machine: search, filter, read a label beside its source.

    Read-only; every page shows the SQL that made it. Stop it with Ctrl-C. Any other --host lets the network in.
    """
    from labelpipe.explore.server import make_explorer

    try:
        server = make_explorer(output, host, port)
    except OSError as error:
        raise click.ClickException(
            f"cannot listen on {host}:{port} ({error.strerror}); choose another --port"
        ) from error
    click.echo(f"http://{host}:{server.server_port}/")
    click.echo("Stop with Ctrl-C.", err=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()
