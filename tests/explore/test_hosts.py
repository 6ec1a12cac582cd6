"""Which names the explorer answers to."""

import socket

import pytest

from labelpipe.explore.hosts import Hosts


@pytest.mark.parametrize("header", ["127.0.0.1:80", "localhost:80", "LOCALHOST:80"])
def test_on_loopback_it_answers_to_this_machine(header: str) -> None:
    assert Hosts("127.0.0.1", 80).knows(header)


@pytest.mark.parametrize("header", ["", "localhost", "localhost:81", "10.0.0.7:80", "evil.example:80"])
def test_on_loopback_it_answers_to_nothing_else(header: str) -> None:
    assert not Hosts("127.0.0.1", 80).knows(header)


@pytest.mark.parametrize("header", ["10.0.0.7:80", "192.168.1.20:80", f"{socket.gethostname()}:80", "localhost:80"])
def test_on_all_addresses_it_answers_to_any_of_them_and_to_the_machines_name(header: str) -> None:
    assert Hosts("0.0.0.0", 80).knows(header)


@pytest.mark.parametrize("header", ["evil.example:80", "10.0.0.7:81", "10.0.0.7.evil.example:80", "127.0.0.1.:80"])
def test_on_all_addresses_a_name_that_can_be_pointed_here_is_refused(header: str) -> None:
    assert not Hosts("0.0.0.0", 80).knows(header)


def test_a_name_that_it_was_told_is_answered_to_at_any_port() -> None:
    hosts = Hosts("127.0.0.1", 80, ["Labels.Example", "other.example:8080"])
    assert hosts.knows("labels.example")
    assert hosts.knows("labels.example:443")
    assert hosts.knows("other.example:8080")
    assert not hosts.knows("other.example:80")


def test_the_addresses_to_type_are_told() -> None:
    assert list(Hosts("127.0.0.1", 80).addresses()) == ["http://127.0.0.1:80/"]
    assert list(Hosts("0.0.0.0", 80).addresses()) == ["http://127.0.0.1:80/", f"http://{socket.gethostname()}:80/"]
