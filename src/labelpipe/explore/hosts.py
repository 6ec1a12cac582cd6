"""Which names a request may call this server by.

A page of another site cannot read what is served here, unless its name is made to point at this machine (DNS
rebinding); the request then still carries that name. An address in figures is no name that anybody can point elsewhere.
"""

import socket
from collections.abc import Iterable, Iterator
from ipaddress import ip_address

ANY_ADDRESS = ("0.0.0.0", "::", "")


class Hosts:
    """The names of a server that listens on `host` and `port`, and those that it was told to answer to.

    A name that was told without a port stands for every port: what is in front of the server may have another.
    """

    def __init__(self, host: str, port: int, told: Iterable[str] = ()) -> None:
        self.host, self.port = host.lower(), port
        self._told = {name.lower() for name in told}

    def knows(self, header: str) -> bool:
        """Return whether a Host header names this server."""
        given = header.lower()
        name, _, port = given.rpartition(":")
        if {given, name or given} & self._told:
            return True
        return port == str(self.port) and (name in self._names() or (self.host in ANY_ADDRESS and _is_address(name)))

    def addresses(self) -> Iterator[str]:
        """Yield what to type into a browser, the nearest first."""
        near = "127.0.0.1" if self.host in ANY_ADDRESS else self.host
        yield f"http://{near}:{self.port}/"
        if self.host in ANY_ADDRESS:
            yield f"http://{socket.gethostname()}:{self.port}/"

    def _names(self) -> set[str]:
        far = {socket.gethostname().lower(), socket.getfqdn().lower()} if self.host in ANY_ADDRESS else {self.host}
        return far | {"127.0.0.1", "localhost"}


def _is_address(name: str) -> bool:
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True
