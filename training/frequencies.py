"""Counts in how many sentences of general text each stem occurs.

    python training/frequencies.py SOURCES

SOURCES is a folder with the files named below; see assistant/lexicon/data/NOTICE for where they
come from and under which licences. Writes stem_keys.npy (CRC-32 of each stem, sorted) and
stem_rates.npy (shares of sentences; the first is that of an unknown stem) and prints a report.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from assistant.language import main_language, stems
from assistant.lexicon.frequencies import stem_key

_LEAST_COUNT = 2
_DATA = Path(__file__).parent.parent / "assistant" / "lexicon" / "data"


def sentences(folder: Path) -> Iterator[str]:
    """Yield the sentences of all sources, each in one language."""
    for line in (folder / "tatoeba.tsv").read_text(encoding="utf-8").splitlines():
        yield from line.split("\t")[:2]
    for name in ("ntrex.ar", "ntrex.en"):
        yield from (folder / name).read_text(encoding="utf-8").splitlines()
    for name in ("UD_Arabic-PUD.conllu", "UD_English-PUD.conllu"):
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            if line.startswith("# text = "):
                yield line.removeprefix("# text = ")


def main(folder: Path) -> None:
    """Count the sources in a folder and write the tables."""
    totals: Counter[str] = Counter()
    counts: dict[str, Counter[str]] = {"ar": Counter(), "en": Counter()}
    for sentence in dict.fromkeys(sentences(folder)):
        language = main_language(sentence)
        totals[language] += 1
        counts[language].update(set(stems(sentence)))
    rates: dict[int, float] = {}
    for language, counted in counts.items():
        for stem, count in counted.items():
            if count >= _LEAST_COUNT:
                rate = count / totals[language]
                rates[stem_key(stem)] = max(rate, rates.get(stem_key(stem), 0.0))
    keys = np.array(sorted(rates), dtype=np.uint32)
    unknown = 0.5 / max(totals.values())
    values = np.array([unknown, *(rates[int(key)] for key in keys)], dtype=np.float32)
    np.save(_DATA / "stem_keys.npy", keys)
    np.save(_DATA / "stem_rates.npy", values)
    kept = {
        name: sum(c >= _LEAST_COUNT for c in counted.values()) for name, counted in counts.items()
    }
    shared = sum(kept.values()) - len(keys)
    print(f"sentences {dict(totals)}; stems kept {kept}; in both languages {shared}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
