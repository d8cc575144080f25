"""By which names the page may be called, and from where it may be changed."""

from __future__ import annotations

import socket

import pytest
from starlette.datastructures import Headers

from assistant.settings import Settings
from assistant.web.people.hosts import Hosts, host_name, is_from_elsewhere

LOOPBACK = Settings()
EVERYWHERE = Settings(host="::")
NAMED = Settings(host="192.0.2.7", allowed_hosts=("Sanad.example.org", "مثال.إختبار"))


@pytest.mark.parametrize(
    ("settings", "host", "expected"),
    [
        (LOOPBACK, "127.0.0.1:7860", True),
        (LOOPBACK, "127.0.0.1", True),
        (LOOPBACK, "127.8.9.1:1", True),
        (LOOPBACK, "localhost:7860", True),
        (LOOPBACK, "LocalHost.", True),
        (LOOPBACK, "[::1]:7860", True),
        (LOOPBACK, "evil.example:7860", False),
        (LOOPBACK, "localhost.evil.example", False),
        (LOOPBACK, "127.0.0.1.evil.example", False),
        (LOOPBACK, "192.0.2.7", False),
        (LOOPBACK, "0.0.0.1", False),
        (LOOPBACK, "", False),
        (LOOPBACK, "localhost:7860, evil.example", False),
        (LOOPBACK, "localhost@evil.example", False),
        (LOOPBACK, "evil.example/localhost", False),
        (LOOPBACK, "localhost:99999999", False),
        (NAMED, "192.0.2.7:80", True),
        (NAMED, "sanad.example.org", True),
        (NAMED, "SANAD.example.org:443", True),
        (NAMED, "www.sanad.example.org", False),
        (NAMED, "192.0.2.8", False),
        (EVERYWHERE, "192.0.2.8:7860", True),
        (EVERYWHERE, "[2001:db8::1]:7860", True),
        (EVERYWHERE, "evil.example", False),
        (EVERYWHERE, socket.gethostname(), True),
        (EVERYWHERE, socket.gethostname().partition(".")[0] + ".local", True),
    ],
)
def test_allows(settings, host, expected):
    assert Hosts.of(settings).allows(host) is expected


@pytest.mark.parametrize(
    ("host", "expected"),
    [("A.b.:1", "a.b"), ("[::1]", "::1"), ("[::1]:5", "::1"), ("::1", None), ("a b", None)],
)
def test_host_name(host, expected):
    assert host_name(host) == expected


OWN = {"host": "localhost:7860"}
ELSEWHERE = [
    pytest.param("POST", {"origin": "https://evil.example"}, True, id="another site"),
    pytest.param("POST", {"origin": "http://localhost:3000"}, True, id="another port"),
    pytest.param("POST", {"origin": "null"}, True, id="no site"),
    pytest.param("POST", {"origin": "http://localhost:7860"}, False, id="own"),
    pytest.param("POST", {"origin": "http://LOCALHOST:7860"}, False, id="own in capitals"),
    pytest.param("POST", {}, False, id="a program"),
    pytest.param("DELETE", {"origin": "http://evil.example"}, True, id="any method"),
    pytest.param("WEBSOCKET", {"origin": "http://evil.example"}, True, id="a socket"),
    pytest.param(
        "GET", {"origin": "http://evil.example"}, False, id="reading, kept by the browser"
    ),
    pytest.param("POST", {"sec-fetch-site": "cross-site"}, True, id="fetched across"),
    pytest.param("POST", {"sec-fetch-site": "same-site"}, True, id="a sister"),
    pytest.param("POST", {"sec-fetch-site": "none"}, False, id="the person"),
    pytest.param(
        "POST", {"sec-fetch-site": "same-origin", "origin": "null"}, False, id="own, no referrer"
    ),
    pytest.param(
        "POST",
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"},
        True,
        id="a form elsewhere",
    ),
    pytest.param(
        "GET",
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"},
        False,
        id="a link elsewhere",
    ),
    pytest.param(
        "GET", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}, True, id="a picture"
    ),
]


@pytest.mark.parametrize(("method", "headers", "expected"), ELSEWHERE)
def test_is_from_elsewhere(method, headers, expected):
    assert is_from_elsewhere(Headers({**OWN, **headers}), method) is expected
