"""What a scope costs: questions over a whole library, and over parts of it.

Makes dated documents by the recipe of benchmarks/folder.py until there are enough passages.

    python benchmarks/scope.py --passages 10000
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import statistics
import tempfile
import time
from pathlib import Path

from folder import made_text

from assistant import Assistant, Document, Scope, Settings

_FIRST = dt.date(2000, 1, 1)
_QUESTIONS = 100
_WARM_UP = 10
_WORDS = 4
_PASSAGES_A_DOCUMENT = 1.6


def _documents(passages: int) -> list[Document]:
    chance = random.Random(7)  # noqa: S311  # a recipe, no secret
    return [
        Document(
            title=f"Document {number}",
            text=made_text(chance, "ar" if number % 2 else "en", number),
            date=None if number % 10 == 0 else _FIRST + dt.timedelta(days=number),
        )
        for number in range(int(passages / _PASSAGES_A_DOCUMENT))
    ]


def _milliseconds(assistant: Assistant, questions: list[str], scope: Scope | None) -> str:
    times = []
    for question in questions:
        started = time.perf_counter()
        assistant.ask(question, scope=scope)
        times.append(1000 * (time.perf_counter() - started))
    times = sorted(times[_WARM_UP:])
    return f"p50 {statistics.median(times):6.1f} ms, p95 {times[int(0.95 * len(times))]:6.1f} ms"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--passages", type=int, default=10_000, metavar="N")
    options = parser.parse_args()
    documents = _documents(options.passages)
    chance = random.Random(8)  # noqa: S311  # as above
    words = [chance.choice(chance.choice(documents).text.split(".")).split() for _ in range(999)]
    questions = [
        f"When did {' '.join(chance.sample(some, _WORDS))}?" for some in words if len(some) > _WORDS
    ][: _QUESTIONS + _WARM_UP]
    with tempfile.TemporaryDirectory() as place, Assistant(Path(place), Settings()) as assistant:
        assistant.add(*documents)
        held = assistant.documents()
        count = assistant._library.catalogue.count_passages()
        print(f"{len(held)} documents, {count} passages")
        middle = _FIRST + dt.timedelta(days=len(documents) // 2)
        scopes = {
            "whole library": None,
            "one language": Scope(language="ar"),
            "half of the time": Scope(after=middle),
            "language and time": Scope(language="en", before=middle),
            "ten documents": Scope(documents=tuple(d.id for d in held[:10])),
            "half of the documents": Scope(documents=tuple(d.id for d in held[::2])),
            "nothing": Scope(before=dt.date(1900, 1, 1)),
        }
        for name, scope in scopes.items():
            found = len(held) if scope is None else len(assistant.documents(scope))
            timed = _milliseconds(assistant, questions, scope)
            print(f"{name:22} {found:5} documents  {timed}")


if __name__ == "__main__":
    main()
