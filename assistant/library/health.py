"""Whether Chroma's files can be used, found out without risking this process.

Files left by a process that was killed can crash the process that opens them, so they are opened
in a child first: ``python -m assistant.library.health FOLDER``.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

_SECONDS = 300
_PROBES = 20


def fingerprint(folder: Path) -> str:
    """Return sizes and times of all files in a folder, to be compared later."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return json.dumps(
        [[str(p.relative_to(folder)), p.stat().st_size, p.stat().st_mtime_ns] for p in files]
    )


def is_usable(folder: Path) -> bool:
    """Return whether a child process can count and search what is in a Chroma folder."""
    # -P: nothing that lies in the working folder is imported.
    command = [sys.executable, "-P", "-m", "assistant.library.health", str(folder)]
    try:
        done = subprocess.run(command, timeout=_SECONDS, capture_output=True, check=False)  # noqa: S603  # own module
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def probe(folder: Path) -> None:
    """Count and search a Chroma folder; any damage raises, or ends the process.

    Args:
        folder: Chroma's folder.
    """
    from assistant.library.vectors import ChromaVectors

    vectors = ChromaVectors(folder)
    vectors.probe(_PROBES)
    vectors.close()


if __name__ == "__main__":
    probe(Path(sys.argv[1]))
