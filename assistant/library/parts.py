"""The part of a library that a scope lets through, found once for each state of the library."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from assistant.library.catalogue import Catalogue
from assistant.schema import Scope

_MOST = 32


class Part(frozenset[str]):
    """The documents of a scope, with their passages.

    Attributes:
        passages: The passages' numbers, shape (n,), ascending.
    """

    passages: npt.NDArray[np.int64]

    def holds(self, passages: Sequence[int] | npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """Return which of some passages are in this part."""
        numbers = np.asarray(passages, np.int64)
        if not len(self.passages):
            return np.zeros(len(numbers), bool)
        places = np.searchsorted(self.passages, numbers).clip(max=len(self.passages) - 1)
        held: npt.NDArray[np.bool_] = self.passages[places] == numbers
        return held


class Parts:
    """Finds the parts of a library; any number of threads may use it.

    Args:
        catalogue: The catalogue; what is known is forgotten whenever it changes.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._finding = threading.Lock()
        self._generation = -1
        self._owners: list[tuple[int, str]] = []
        self._known: OrderedDict[Scope, Part] = OrderedDict()

    def of(self, scope: Scope) -> Part:
        """Return the part that a scope lets through.

        Args:
            scope: The scope.
        """
        with self._finding:
            generation = self._catalogue.generation
            if generation != self._generation:
                self._known.clear()
                self._owners = self._catalogue.owners()
                self._generation = generation
            part = self._known.pop(scope, None) or self._found(scope)
            self._known[scope] = part
            if len(self._known) > _MOST:
                self._known.popitem(last=False)
            return part

    def _found(self, scope: Scope) -> Part:
        part = Part(self._catalogue.documents_in(scope))
        numbers = [number for number, owner in self._owners if owner in part]
        part.passages = np.array(sorted(numbers), dtype=np.int64)
        return part
