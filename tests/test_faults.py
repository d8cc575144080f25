"""The benchmark of faults in short: some kills and losses of power, after which all is there."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

FAULTS = Path(__file__).resolve().parent.parent / "benchmarks" / "faults.py"


def outcomes(command: str, runs: int, work: Path) -> list[str]:
    """Run the benchmark; return what was found after each fault."""
    if not FAULTS.exists():
        pytest.skip("the benchmarks are not here")
    if not sys.platform.startswith("linux"):
        pytest.skip("processes are forked, and files are told apart as on Linux")
    arguments = [command, "--runs", str(runs), "--seed", "3", "--documents", "10"]
    done = subprocess.run(
        [sys.executable, FAULTS, *arguments, "--work", work],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    found = re.findall(r"^.* at .*, \d+ done.*: (.+)$", done.stdout, re.MULTILINE)
    assert len(found) == runs, done.stdout + done.stderr
    assert done.returncode == int(set(found) != {"all is there"})
    return found


def test_killed_at_any_moment_nothing_is_lost(tmp_path: Path) -> None:
    assert outcomes("kill", 12, tmp_path) == ["all is there"] * 12


@pytest.mark.skipif(not shutil.which("cc"), reason="needs a C compiler")
def test_without_power_at_any_moment_nothing_is_lost(tmp_path: Path) -> None:
    assert outcomes("power", 12, tmp_path) == ["all is there"] * 12
