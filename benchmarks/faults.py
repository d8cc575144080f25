"""Shows that nothing is lost: kills, losses of power, damaged indexes, a server that dies.

python benchmarks/faults.py kill [--runs 200] [--seed N] [--documents N] [--work DIR]
python benchmarks/faults.py power [--runs 100] [--seed N] [--documents N] [--work DIR]
python benchmarks/faults.py damage [--seed N] [--work DIR]
python benchmarks/faults.py server [--runs 15] [--seed N] [--work DIR]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from faults_damage import run_damage
from faults_kill import run_kill
from faults_power import run_power
from faults_server import run_server

# By name: what it does, in words, how often by default, and what does it.
COMMANDS: dict[str, tuple[str, int, Callable[[argparse.Namespace], int]]] = {
    "kill": ("kill whoever works on a library, and look at what is left", 200, run_kill),
    "power": ("take the power from its disk, and look at what is left", 100, run_power),
    "damage": ("damage its indexes in every way, and open it", 1, run_damage),
    "server": ("kill a Chroma server under load, and count what that costs", 15, run_server),
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
