"""Tells how each regular expression of the program grows on texts that are made against it.

    python benchmarks/patterns.py [--size 10000] [--all]

Every pattern of ``assistant/`` is found, and tried on texts of its own pieces: what its repeats
take, what its beginnings match, again and again, with something behind them that it does not
take (tests/pattern_attacks.py). Shown are the milliseconds for the worst of these texts at a size,
and how many times more it takes for the same four times as long: 4 is linear, 16 quadratic.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from pattern_attacks import Held, held, longest_of, seconds_of, texts

MOST = 5.0  # seconds for one text
WORTH = 0.002


def grown(text: str | bytes) -> str | bytes:
    """Return a text with its middle four times."""
    third = len(text) // 4
    return text[:third] + text[third : 2 * third] * 13 + text[2 * third :]


def measure(one: Held, size: int) -> tuple[float, float, str | bytes]:
    """Return the seconds of a pattern's worst text, how they grow, and the text."""
    worst, found = 0.0, next(texts(one.pattern, size), "")
    for text in texts(one.pattern, size):
        seconds = seconds_of(one, text, MOST)
        if seconds > worst:
            worst, found = seconds, text
    again = min(seconds_of(one, found, MOST) for _ in range(2))  # not what a busy machine adds
    return again, seconds_of(one, grown(found), 4 * MOST) / max(again, 1e-9), found


def main() -> None:
    """Print the table, the slowest first."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--all", action="store_true", help="those that take no time too")
    given = parser.parse_args()
    patterns = held()
    rows = []
    for one in patterns:
        size = min(given.size, longest_of(one))
        rows.append((*measure(one, size), size, one))
    rows.sort(key=lambda row: row[0], reverse=True)
    print(f"{len(patterns)} patterns\n{'ms':>9} {'x4':>6} {'size':>7}  pattern")
    for seconds, growth, text, size, one in rows:
        if given.all or seconds >= WORTH:
            print(f"{seconds * 1000:9.2f} {growth:6.1f} {size:7}  {one.where}  {text[:24]!r}")


if __name__ == "__main__":
    main()
