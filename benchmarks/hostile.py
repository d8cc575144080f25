"""What long lines and many parts cost: each document read, asked and forgotten in its own process.

python benchmarks/hostile.py [--megabytes 10] [--only NAME]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

_UNIT = 1_000_000
_SECONDS = 600
# By name: what a line, or a document, is made of, again and again.
LINES = {
    "letters": "a",
    "spaces": " ",
    "quotes": '"',
    "digits": "7",
    "full stops": ".",
    "vowel marks": "\u0628\u064e",
    "tatweel": "\u0640",
    "zero width": "\u200b",
    "one word": "harbour ",
    "one Arabic word": "\u0645\u064a\u0646\u0627\u0621 ",
    "brackets": "(",
    "sentences": "The harbour has a village. ",
    "headings": "# a\n",
    "items": "- a\n",
    "lines with a tab": "a\tb\n",
}
_READ = """
import logging, resource, sys, time
from pathlib import Path
from assistant import Assistant, Settings
logging.disable(logging.CRITICAL)
with Assistant(sys.argv[1], Settings()) as assistant:
    begun = time.perf_counter()
    report = assistant.add(sys.argv[2])
    read = time.perf_counter() - begun
    passages = assistant._library.catalogue.count_passages()
    begun = time.perf_counter()
    assistant.ask("Which harbour has a village?")
    asked = time.perf_counter() - begun
used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
memory = max(one.ru_maxrss for one in used)
said = report.failed[0].message[:100] if report.failed else f"{passages} passages"
print(f"{read:.1f} s, asked {asked:.2f} s, {memory / 1024:.0f} MB, {said}")
"""


def main() -> None:
    """Make, read, ask, and print a line for each kind."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--megabytes", type=int, default=10, metavar="N")
    parser.add_argument("--only", choices=sorted(LINES))
    options = parser.parse_args()
    for name, unit in LINES.items():
        if options.only in (None, name):
            with tempfile.TemporaryDirectory(prefix="hostile-") as place:
                print(f"{name}: {_tried(Path(place), unit, options.megabytes)}", flush=True)


def _tried(place: Path, unit: str, megabytes: int) -> str:
    lines = "\n" in unit
    path = place / ("parts.md" if lines else "line.txt")
    count = megabytes * _UNIT // len(unit.encode())
    path.write_text(unit * count, encoding="utf-8")
    command = [sys.executable, "-c", _READ, str(place / "library"), str(path)]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=_SECONDS
        )
    except subprocess.TimeoutExpired:
        return f"not done after {_SECONDS} s"
    return done.stdout.strip() or f"ended with {done.returncode}: {done.stderr[-200:]}"


if __name__ == "__main__":
    main()
