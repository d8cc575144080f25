"""Names of a question, matched by sound with the words that a library really holds."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.language import bare, is_arabic, stem
from assistant.lexicon import name_vectors, spellings
from assistant.library import Library

# Words beyond this many in a script, the rarest ones, are not compared: a matter of memory.
_MOST_WORDS = 400_000
_SHORTEST = 3
_MATCHES = 4
# A likeness of the first is no evidence, one of the second as good as the word itself; half of
# held-out pairs of names are more alike than 0.75.
_ALIKE, _SAME = 0.55, 0.78


@dataclass(frozen=True, slots=True)
class _Spoken:
    """The words of one script, as they may be spelled as names.

    Attributes:
        words: The library's words, in no order.
        owners: For each row, which word it is a spelling of.
        vectors: Shape (rows, dimensions), float32.
    """

    words: list[str]
    owners: npt.NDArray[np.int64]
    vectors: npt.NDArray[np.float32]


class NameMatcher:
    """Finds the words of a library that are names of a question, in the other script.

    The vectors of the library's words are kept; after a change only those of new words are made.

    Args:
        library: The library.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._updating = threading.Lock()
        self._state = ""
        self._scripts: dict[bool, _Spoken] = {}

    def match(self, words: Sequence[str]) -> dict[str, dict[str, float]]:
        """Return by stem of each word the stems of like words in the other script.

        Args:
            words: Folded words of one script.

        Returns:
            How far each is the same name, above 0 and at most 1; up to four a word.
        """
        chosen = [word for word in map(bare, words) if len(word) >= _SHORTEST and word.isalpha()]
        if not chosen:
            return {}
        held = self._current()[not is_arabic(chosen[0])]
        spelled = [(word, spelling) for word in chosen for spelling in spellings(word)]
        alike = name_vectors([spelling for _, spelling in spelled]) @ held.vectors.T
        matches: dict[str, dict[str, float]] = {}
        for (word, _), row in zip(spelled, alike, strict=True):
            found = matches.setdefault(stem(word), {})
            for place in _nearest(row):
                other = stem(held.words[held.owners[place]])
                likeness = min(1.0, (float(row[place]) - _ALIKE) / (_SAME - _ALIKE))
                found[other] = max(found.get(other, 0.0), likeness)
        return {name: _highest(found) for name, found in matches.items() if found}

    def _current(self) -> Mapping[bool, _Spoken]:
        """Return the library's words by whether they are Arabic."""
        with self._updating:
            state = self._library.terms.state
            if state != self._state:
                counted = self._library.terms.words()
                for script in (False, True):
                    mine = [item for item in counted if is_arabic(item[0]) is script]
                    mine.sort(key=lambda item: (-item[1], item[0]))
                    words = [word for word, _ in mine[:_MOST_WORDS]]
                    self._scripts[script] = _spoken(words, self._scripts.get(script))
                self._state = state
            return self._scripts


def _spoken(words: Sequence[str], before: _Spoken | None) -> _Spoken:
    """Return the vectors of words, those that are known already taken over."""
    known = dict.fromkeys(before.words) if before else {}
    if before is not None and known.keys() == set(words):
        return before
    kept = set(words) & known.keys()
    new = [word for word in words if word not in kept]
    spelled = [(number, s) for number, word in enumerate(new) for s in spellings(word)]
    owners = np.array([number for number, _ in spelled], dtype=np.int64)
    vectors = name_vectors([spelling for _, spelling in spelled])
    if before is None or not kept:
        return _Spoken(new, owners, vectors)
    places = {word: number for number, word in enumerate(w for w in before.words if w in kept)}
    old = [places.get(word, -1) for word in before.words]
    moved = np.array(old, dtype=np.int64)[before.owners]
    stays = moved >= 0
    return _Spoken(
        [*places, *new],
        np.concatenate([moved[stays], owners + len(places)]),
        np.concatenate([before.vectors[stays], vectors]),
    )


def _nearest(row: npt.NDArray[np.float32]) -> npt.NDArray[np.int64]:
    # A threshold first: sorting all words would take most of the time.
    near = np.flatnonzero(row > _ALIKE)
    return near[np.argsort(-row[near], kind="stable")][: 3 * _MATCHES]


def _highest(found: Mapping[str, float]) -> dict[str, float]:
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0]))[:_MATCHES])
