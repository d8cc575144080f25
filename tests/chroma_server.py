"""A real Chroma server on this machine, which can be ended and started again."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class ChromaServer:
    """``chroma run`` over a folder, at an address that stays the same."""

    def __init__(self, folder: Path) -> None:
        command = shutil.which("chroma", path=str(Path(sys.executable).parent))
        assert command is not None, "chromadb's command is not installed beside this Python"
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self._command = [command, "run", "--path", str(folder)]
        self._command += ["--host", "127.0.0.1", "--port", str(port)]
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(
            self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + 60
        while not self._answers():
            assert time.monotonic() < deadline, "the Chroma server did not start"
            time.sleep(0.05)

    def kill(self) -> None:
        """End it as a loss of power does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def pause(self) -> None:
        """Let it hang."""
        self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/api/v2/heartbeat", timeout=5):  # noqa: S310  # own server
                return True
        except urllib.error.URLError:
            return False
