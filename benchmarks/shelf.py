"""What looking through a library costs: pages of its list, filtered and in each order.

Makes files by the recipe of benchmarks/folder.py, syncs them into a new library, and asks for
pages of a hundred rows, with the state of each file.

    python benchmarks/shelf.py --files 5000
"""

from __future__ import annotations

import argparse
import datetime as dt
import statistics
import tempfile
import time
from pathlib import Path

from folder import write_files

from assistant import Assistant, Settings
from assistant.schema import ShelfWish

_TIMES = 20


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=5000, metavar="N")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "files"
        folder.mkdir()
        write_files(folder, options.files)
        with Assistant(Path(place) / "library", Settings()) as assistant:
            assistant.sync(folder)
            started = time.perf_counter()
            whole = assistant.documents()
            everything = 1000 * (time.perf_counter() - started)
            print(f"documents(): {len(whole)} documents, {everything:.0f} ms")
            wishes = {
                "by title": ShelfWish(),
                "by date": ShelfWish(order="date"),
                "last added": ShelfWish(order="added"),
                "last page": ShelfWish(start=max(0, options.files - 100)),
                "words": ShelfWish(words="٠٠٤٢"),
                "language": ShelfWish(language="ar"),
                "years": ShelfWish(after=dt.date(1990, 1, 1), before=dt.date(2020, 1, 1)),
            }
            for name, wish in wishes.items():
                times = []
                for _ in range(_TIMES):
                    started = time.perf_counter()
                    page = assistant.shelf(wish)
                    times.append(1000 * (time.perf_counter() - started))
                print(
                    f"{name:12} found {len(page.ids):5}, rows {len(page.rows):3}: first "
                    f"{times[0]:6.1f} ms, then p50 {statistics.median(times[1:]):5.1f} ms"
                )


if __name__ == "__main__":
    main()
