"""The command that shows a build in a browser."""

from pathlib import Path

import click

from labelpipe.cli.options import OUTPUT


def page_of(output: Path, label: str) -> str:
    """Return the path of a label's page in the explorer: the first of those called that."""
    from labelpipe.store.query import find_documents

    (doc_id, _), *_ = find_documents(output, label)
    return f"doc/{doc_id}"


@click.command()
@click.argument("label", required=False)
@OUTPUT
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=0, show_default="any that is free", type=click.IntRange(0, 65535))
@click.option("--allow-host", "allowed", multiple=True, metavar="NAME", help="One more name to answer to.")
def explore(output: Path, label: str | None, host: str, port: int, allowed: tuple[str, ...]) -> None:
    """Serve the published build to a browser on this machine: search, filter, read a label beside its source.

    With LABEL (a source path, label id, brand or doc_id) the address is that of its page. Read-only; every page
    shows the SQL that made it. Stop it with Ctrl-C. Any other --host lets the network in.
    """
    from labelpipe.explore.server import make_explorer

    page = page_of(output, label) if label else ""
    try:
        server, hosts = make_explorer(output, host, port, allowed)
    except OSError as error:
        raise click.ClickException(
            f"cannot listen on {host}:{port} ({error.strerror}); choose another --port"
        ) from error
    for address in hosts.addresses():
        click.echo(f"{address}{page}")
    click.echo("Stop with Ctrl-C.", err=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()
