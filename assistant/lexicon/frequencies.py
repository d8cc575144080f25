"""How common a word is in general Arabic and English text.

In a library of one document nearly every word is as rare as any other. This table says which
of them are rare anywhere, so that a question's telling words are known from its common ones.
"""

from __future__ import annotations

import zlib
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

_DATA = Path(__file__).parent / "data"
# A passage holds about this many sentences of the texts that were counted.
_SENTENCES_A_PASSAGE = 6


def stem_key(stem: str) -> int:
    """Return the number that stands for a stem in the tables: its CRC-32."""
    return zlib.crc32(stem.encode("utf-8", "surrogatepass"))


@lru_cache(maxsize=1)
def _table() -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.float32]]:
    keys = np.load(_DATA / "stem_keys.npy", mmap_mode="r")
    rates = np.load(_DATA / "stem_rates.npy", mmap_mode="r")
    return keys, rates


@lru_cache(maxsize=1 << 16)
def passage_rate(stem: str) -> float:
    """Return the share of general-language passages that hold a stem, above 0 and below 1.

    Args:
        stem: A stem as `assistant.language.stem` gives it.

    Returns:
        The share; for a stem that was never counted, that of one counted half a time.
    """
    keys, rates = _table()
    key = stem_key(stem)
    index = int(np.searchsorted(keys, key))
    found = index < len(keys) and int(keys[index]) == key
    # The first rate is the one of an unknown stem.
    rate = float(rates[index + 1] if found else rates[0])
    return 1 - (1 - rate) ** _SENTENCES_A_PASSAGE
