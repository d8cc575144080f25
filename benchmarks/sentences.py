"""Measures the sentence splitter against a bare regular expression on the same texts.

    python benchmarks/sentences.py FILE…

The texts are UTF-8 files whose paragraphs are separated by blank lines.
"""

from __future__ import annotations

import re
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from assistant.sentences import sentence_spans

ROUNDS = 9
BARE = re.compile(r"[^.!?\u061f]+[.!?\u061f]*")


def seconds(split: Callable[[str], object], paragraphs: list[str]) -> float:
    """Return the time to split all paragraphs once."""
    started = time.perf_counter()
    for paragraph in paragraphs:
        split(paragraph)
    return time.perf_counter() - started


def main(paths: list[Path]) -> None:
    """Print megabytes a second, and how many times longer than the bare expression it takes."""
    texts = [path.read_text(encoding="utf-8") for path in paths]
    paragraphs = [part for text in texts for part in text.split("\n\n")]
    megabytes = sum(len(text.encode("utf-8")) for text in texts) / 1e6
    ours, bare = [], []
    for _ in range(ROUNDS):
        ours.append(seconds(sentence_spans, paragraphs))
        bare.append(seconds(BARE.findall, paragraphs))
    ratio = statistics.median(a / b for a, b in zip(ours, bare, strict=True))
    speed = megabytes / statistics.median(ours)
    print(f"{megabytes:.2f} MB, {speed:.1f} MB/s, {ratio:.1f} times the bare expression")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
