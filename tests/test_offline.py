"""The default works where there is no network, and asks for none."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from assistant import Assistant, Settings

ROOT = Path(__file__).resolve().parent.parent
QUESTION = "من ترأس الدورة الأولى من المشاورات؟"
LOOPBACK = ("127.0.0.1", "::1", "localhost")


@pytest.fixture
def reached(monkeypatch) -> list[object]:
    """All addresses beyond this machine that were asked for; none is reached."""
    asked: list[object] = []

    def guard(name: str, host_of: object) -> None:
        original = getattr(socket.socket if name.startswith("connect") else socket, name)

        def guarded(*given: object, **named: object) -> object:
            host = host_of(given)
            if isinstance(host, str) and host not in LOOPBACK and not host.startswith("/"):
                asked.append((name, host))
                raise OSError(f"{name} {host}: there is no network in this test")
            return original(*given, **named)

        monkeypatch.setattr(socket.socket if name.startswith("connect") else socket, name, guarded)

    for name in ("connect", "connect_ex"):
        guard(name, lambda given: given[1][0] if isinstance(given[1], tuple) else None)
    for name in ("getaddrinfo", "gethostbyname"):
        guard(name, lambda given: given[0])
    return asked


def test_guard_sees_what_goes_out(reached: list[object]) -> None:
    with socket.socket() as out, pytest.raises(OSError, match="no network"):
        out.connect(("192.0.2.1", 80))
    with pytest.raises(OSError, match="no network"):
        socket.create_connection(("example.org", 80), timeout=1)

    assert reached == [("connect", "192.0.2.1"), ("getaddrinfo", "example.org")]


def test_default_path_reaches_for_nothing(tmp_path: Path, reached: list[object]) -> None:
    with Assistant(tmp_path / "library", Settings()) as assistant:
        assert assistant.add(ROOT / "seeds").added
        assert assistant.ask(QUESTION).answered
        assert assistant.search("Sahel", k=3) is not None
        assert assistant.search(QUESTION, unit="sentence")
    with Assistant(tmp_path / "library", Settings()) as assistant:
        assert not assistant.ask("Who invented the telephone?").answered

    assert reached == []


WITHOUT_NETWORK = """
import json, socket, sys
from assistant import Assistant, Settings

try:
    socket.create_connection(("192.0.2.1", 80), timeout=3)
except OSError as error:
    network = type(error).__name__
else:
    network = "reached"
with Assistant(sys.argv[1], Settings()) as assistant:
    report = assistant.add(sys.argv[2])
    answer = assistant.ask(sys.argv[3])
    hits = assistant.search(sys.argv[3], unit="sentence")
with Assistant(sys.argv[1], Settings(), read_only=True) as assistant:
    again = assistant.ask(sys.argv[3])
print(json.dumps({
    "network": network,
    "added": len(report.added),
    "failed": len(report.failed),
    "answered": answer.answered,
    "hits": len(hits) > 1,
    "again": again.text == answer.text,
}))
"""


def _without_network() -> list[str]:
    """Return the command that runs another without a network, where the kernel allows it."""
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("the command `unshare` is not installed")
    reasons = []
    for options in ("-n", "-rn"):
        tried = subprocess.run(
            [unshare, options, "true"], capture_output=True, encoding="utf-8", check=False
        )
        if tried.returncode == 0:
            return [unshare, options]
        reasons.append(tried.stderr.strip())
    pytest.skip(f"the kernel forbids network namespaces here: {'; '.join(reasons)}")


def test_default_path_works_without_a_network(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    child = [sys.executable, "-c", WITHOUT_NETWORK, tmp_path / "library", ROOT / "seeds", QUESTION]

    done = subprocess.run(
        [*_without_network(), *map(str, child)],
        env={"HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "network": "OSError",
        "added": len([path for path in (ROOT / "seeds").rglob("*") if path.is_file()]),
        "failed": 0,
        "answered": True,
        "hits": True,
        "again": True,
    }
    # Nothing was downloaded or noted anywhere else.
    assert list(home.iterdir()) == []
