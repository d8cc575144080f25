"""Shows that nothing is lost: kills, power losses, full and failing disks.

python benchmarks/faults.py kill [--runs 200] [--seed N] [--documents N] [--work DIR]
    python benchmarks/faults.py power [--runs 100] [--seed N] [--documents N] [--work DIR]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from faults_kill import run_kill
from faults_power import run_power

# By name: what it does, in words, how often by default, and what does it.
COMMANDS: dict[str, tuple[str, int, Callable[[argparse.Namespace], int]]] = {
    "kill": ("kill whoever works on a library, and look at what is left", 200, run_kill),
    "power": ("take the power from its disk, and look at what is left", 100, run_power),
}


def main() -> None:
    """Run one of them; the exit status is 1 where something was lost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(required=True)
    for name, (words, runs, run) in COMMANDS.items():
        command = commands.add_parser(name, help=words, description=words)
        command.add_argument("--runs", type=int, default=runs, metavar="N")
        command.add_argument("--seed", type=int, default=1, metavar="N", help="of what is drawn")
        command.add_argument("--documents", type=int, default=65, metavar="N", help="to begin with")
        command.add_argument("--work", type=Path, metavar="DIR", help="kept; else a temporary one")
        command.set_defaults(run=run)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="faults-") as place:
        options.work = (options.work or Path(place)).resolve()
        options.work.mkdir(parents=True, exist_ok=True)
        sys.exit(min(1, options.run(options)))


if __name__ == "__main__":
    main()
