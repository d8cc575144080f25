"""Memory that is needed no more goes back to the system."""

from __future__ import annotations

import ctypes
import platform
import subprocess
import sys
import threading
import time

import pytest

from assistant.web.thrift import give_back, giving_back

gnu = pytest.mark.skipif(
    platform.libc_ver()[0] != "glibc", reason="only GNU's C library can be asked"
)

# The last text stands above all that is freed, and keeps it from going back by itself.
FREED = """
import re, time
from pathlib import Path
from assistant.web.thrift import give_back, giving_back

def resident():
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmRSS:\\s+(\\d+)", status)[1]) // 1024

texts = [bytes(5000) + str(n).encode() for n in range(40_000)]
last, texts = texts[-1], None
kept = resident()
{}
print(kept, resident())
"""


def freed(how: str) -> tuple[int, int]:
    """Return a process's megabytes before and after memory was given back."""
    done = subprocess.run(
        [sys.executable, "-c", FREED.format(how)], capture_output=True, text=True, check=True
    )
    before, after = map(int, done.stdout.split())
    return before, after


@gnu
@pytest.mark.parametrize(
    "how",
    ["assert give_back()", "with giving_back(0.05): time.sleep(1)"],
    ids=["once", "in the background"],
)
def test_freed_memory_goes_back(how: str) -> None:
    before, after = freed(how)

    assert before > 180
    assert after < before - 150


@gnu
def test_freed_memory_stays_where_nobody_asks() -> None:
    before, after = freed("time.sleep(1)")

    assert after > before - 20


def test_another_c_library_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _: object())

    assert not give_back()
    with giving_back(0.01):
        time.sleep(0.1)
        assert "sanad-thrift" not in {thread.name for thread in threading.enumerate()}


def test_thread_ends_with_the_page() -> None:
    with giving_back(60):
        assert "sanad-thrift" in {thread.name for thread in threading.enumerate()}

    assert "sanad-thrift" not in {thread.name for thread in threading.enumerate()}
