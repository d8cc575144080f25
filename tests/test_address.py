"""Where the page listens, and that nobody else reaches a page that asks for no password."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.web.address import is_local_host, is_loopback, listening

USERS = Path("users.txt")
EVERYWHERE = "0.0.0.0"  # noqa: S104  # it is what is tested


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "localhost"])
@pytest.mark.parametrize("users", [None, USERS], ids=["single", "people"])
def test_this_machine_may_be_listened_on(host, users):
    port = free_port()
    with listening(host, port, users) as listener:
        assert listener.getsockname()[1] == port


def test_a_network_is_refused_where_nobody_signs_in():
    with pytest.raises(SettingsError) as caught, listening(EVERYWHERE, free_port()):
        pass
    for said in (repr(EVERYWHERE), "other machines", "127.0.0.1", "sanad users add", "SANAD_USERS"):
        assert said in str(caught.value)


def test_a_network_is_listened_on_where_people_sign_in():
    port = free_port()
    with listening(EVERYWHERE, port, USERS) as listener:
        assert listener.getsockname() == (EVERYWHERE, port)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("127.0.0.1", True),
        ("127.255.0.9", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("::ffff:10.0.0.1", False),
        ("10.0.0.1", False),
        (EVERYWHERE, False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("example.org", False),
        ("", False),
    ],
)
def test_is_loopback(address, expected):
    assert is_loopback(address) is expected


def test_is_local_host_knows_the_name_too():
    assert is_local_host("LocalHost")
    assert not is_local_host("localhost.example.org")
