"""The files of the built-in tables, opened memory-mapped when first needed, once a process."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, overload

import numpy as np
import numpy.typing as npt

_DATA = Path(__file__).parent / "data"
_HEAD = 8  # bytes


@lru_cache(maxsize=64)
def array(name: str) -> npt.NDArray[Any]:
    """Return the array in ``data/<name>.npy``; its pages are read when they are used."""
    # Not np.memmap's own class: it makes every slice several times dearer.
    loaded: npt.NDArray[Any] = np.load(_DATA / f"{name}.npy", mmap_mode="r").view(np.ndarray)
    return loaded


class Vocabulary(Sequence[str]):
    """Words in the order of their UTF-8 bytes, found by halving.

    First among their first eight bytes, as numbers: words are then compared only with those few
    that begin alike.

    Args:
        name: Of the files ``<name>.npy`` (all bytes in a row) and ``<name>_ends.npy``.
    """

    def __init__(self, name: str) -> None:
        # Views give plain bytes and numbers, several times faster than the arrays.
        self._bytes = array(name).data
        self._ends = array(f"{name}_ends").data
        self._heads = _heads(array(name), array(f"{name}_ends")).data

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        """Return the word at an index, or those of a slice."""
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        return self.encoded(range(len(self))[index]).decode("utf-8")

    def __iter__(self) -> Iterator[str]:
        """Yield all words: several times as fast as one after the other by its index."""
        joined, ends = bytes(self._bytes), self._ends.tolist()
        for start, end in zip([0, *ends], ends, strict=False):
            yield joined[start:end].decode("utf-8")

    def encoded(self, index: int) -> bytes:
        """Return the UTF-8 bytes of the word at an index of 0 or more."""
        ends = self._ends
        return bytes(self._bytes[ends[index - 1] if index else 0 : ends[index]])

    def find(self, word: str) -> int:
        """Return the index of a word, or -1."""
        # A lone surrogate is in no word, and must not be an error.
        wanted = word.encode("utf-8", "surrogatepass")
        head = int.from_bytes(wanted[:_HEAD].ljust(_HEAD, b"\0"))
        first = bisect_left(self._heads, head)
        last = bisect_right(self._heads, head, first)
        index = bisect_left(range(last), wanted, first, key=self.encoded)
        return index if index < len(self) and self.encoded(index) == wanted else -1


def _heads(joined: npt.NDArray[np.uint8], ends: npt.NDArray[Any]) -> npt.NDArray[np.uint64]:
    """Return the first bytes of each word as one number, in the order of the words."""
    starts = np.concatenate([ends[:1] * 0, ends[:-1]]).astype(np.int64)
    places = starts[:, np.newaxis] + np.arange(_HEAD)
    padded = np.concatenate([joined, np.zeros(_HEAD, np.uint8)])
    heads = np.where(places < ends[:, np.newaxis], padded[places], 0).astype(np.uint8)
    return heads.view(">u8").astype(np.uint64).ravel()


@lru_cache(maxsize=1)
def stem_vocabulary() -> Vocabulary:
    """Return the stems of both languages that translations and vectors are known for."""
    return Vocabulary("stems")


@lru_cache(maxsize=1 << 18)
def stem_index(stem: str) -> int:
    """Return the row of a stem in the tables, or -1."""
    return stem_vocabulary().find(stem)


def knows(stem: str) -> bool:
    """Return whether the tables hold a stem."""
    return stem_index(stem) >= 0
