"""The server: GET only, for this machine only, a connection of its own for every request.

The pages are few and small, so Python's own WSGI server carries them. A page of another site cannot read them: hosts.py
knows by which names this server may be called.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from urllib.parse import parse_qsl
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import duckdb

from labelpipe.explore.hosts import Hosts
from labelpipe.explore.pages import NoSuchPage, refusal, render
from labelpipe.report.page import policy
from labelpipe.store.release import published_database

MOST_PARAMETERS = 40
_SAFE: list[tuple[str, str]] = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cache-Control", "no-store"),
]

_NOT_HERE = (
    "This server was called {}, which is not a name that it was told to answer to. "
    "If it is yours, stop labelpipe explore and start it again with --allow-host and that name."
)

StartResponse = Callable[[str, list[tuple[str, str]]], object]


class Explorer:
    """The WSGI application: pages of the build that is published at the moment."""

    def __init__(self, output: Path, hosts: Hosts) -> None:
        self.output = output
        self.hosts = hosts

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> list[bytes]:
        """Answer a request."""
        status, page = self._answer(environ)
        body = page.encode("utf-8", "replace")
        start_response(
            status, [*_SAFE, ("Content-Security-Policy", policy(served=True)), ("Content-Length", str(len(body)))]
        )
        return [b""] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _answer(self, environ: dict[str, Any]) -> tuple[str, str]:
        asked_of = environ.get("HTTP_HOST", "")
        if not self.hosts.knows(asked_of):
            return "421 Misdirected Request", refusal("Not here", _NOT_HERE.format(asked_of[:200] or "no name"))
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return "405 Method Not Allowed", refusal("Only to read", "There is nothing here that can be changed.")
        try:
            asked = dict(parse_qsl(environ.get("QUERY_STRING", ""), max_num_fields=MOST_PARAMETERS))
            with self._connect() as con:
                return "200 OK", render(con, environ.get("PATH_INFO", "/"), asked)
        except NoSuchPage:
            return "404 Not Found", refusal("No such page", "There is nothing at this address.")
        except (duckdb.Error, ValueError) as error:
            return "400 Bad Request", refusal("That cannot be asked", str(error))

    def _connect(self) -> duckdb.DuckDBPyConnection:
        config: dict[str, str | bool | int | float | list[str]] = {"enable_external_access": False}
        return duckdb.connect(str(published_database(self.output)), read_only=True, config=config)


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    timeout = 30

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: what people look at is theirs."""


def make_explorer(
    output: Path, host: str = "127.0.0.1", port: int = 0, allowed: Iterable[str] = ()
) -> tuple[WSGIServer, Hosts]:
    """Return a server that is bound and not yet running, and its names; port 0 takes any that is free.

    `allowed` are names that it answers to beside its own.

    Raises:
        OutputNotFound: there is no build.
        OSError: the port is taken, or the host is not one of this machine.
    """
    published_database(output)
    server = _Server((host, port), _Quiet)
    hosts = Hosts(host, server.server_port, allowed)
    server.set_app(Explorer(output, hosts))
    return server, hosts
