"""Names of a question, matched by sound with the words that a library really holds."""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from assistant.language import bare, is_arabic, stem
from assistant.lexicon import name_vectors, spellings
from assistant.library import Library

Vectors = npt.NDArray[np.float32]

# Words beyond this many in a script, the rarest ones, are not compared: a matter of memory.
_MOST_WORDS = 400_000
_SHORTEST = 3
_MATCHES = 4
_MOST_KEPT = 20_000
_MOST_ASKED = 64
# Multiplications of two matrices up to which OpenBLAS uses one thread.
_ONE_THREAD = 65_536 * 4
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
        found: What `match` found for words of the other script so far.
    """

    words: list[str]
    owners: npt.NDArray[np.int64]
    vectors: Vectors
    found: dict[str, Mapping[str, float]] = field(default_factory=dict)


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
        # By whether they are Arabic: what is compared with, and words that wait for the first
        # question in the other script.
        self._scripts: dict[bool, _Spoken] = {}
        self._waiting: dict[bool, list[str]] = {}

    def match(self, words: Sequence[str]) -> dict[str, dict[str, float]]:
        """Return by stem of each word the stems of like words in the other script.

        Args:
            words: Folded words of one script.

        Returns:
            How far each is the same name, above 0 and at most 1; up to four a word.
        """
        chosen = [word for word in map(bare, words) if len(word) >= _SHORTEST and word.isalpha()]
        # A longer question is no list of names, and comparing takes time.
        chosen = chosen[:_MOST_ASKED]
        if not chosen:
            return {}
        held = self._current(arabic=not is_arabic(chosen[0]))
        # Questions repeat each other's words, and comparing with all words takes long.
        known = {word: held.found[word] for word in chosen if word in held.found}
        known |= _alike([word for word in dict.fromkeys(chosen) if word not in known], held)
        if len(held.found) < _MOST_KEPT:
            held.found.update(known)
        matches: dict[str, dict[str, float]] = {}
        for word, others in known.items():
            found = matches.setdefault(stem(word), {})
            for other, likeness in others.items():
                found[other] = max(found.get(other, 0.0), likeness)
        return {name: _highest(found) for name, found in matches.items() if found}

    def _current(self, *, arabic: bool) -> _Spoken:
        """Return the library's words of one script.

        Many questions are all in one language: the words of the other script wait until they are
        asked for.
        """
        with self._updating:
            state = self._library.terms.state
            if state != self._state:
                counted: dict[bool, list[tuple[str, int]]] = {False: [], True: []}
                for item in self._library.terms.words():
                    counted[is_arabic(item[0])].append(item)
                self._waiting = {script: _commonest(mine) for script, mine in counted.items()}
                self._state = state
            if arabic in self._waiting:
                words, before = self._waiting[arabic], self._scripts.get(arabic)
                self._scripts[arabic] = _spoken(words, before)
                del self._waiting[arabic]
            return self._scripts[arabic]


def _commonest(counted: list[tuple[str, int]]) -> list[str]:
    """Return words, the commonest ones where they are too many."""
    if len(counted) > _MOST_WORDS:
        counted.sort(key=lambda item: (-item[1], item[0]))
    return [word for word, _ in counted[:_MOST_WORDS]]


def _alike(words: Sequence[str], held: _Spoken) -> dict[str, dict[str, float]]:
    """Return by word the stems of like words, and how far each is the same name."""
    if not words:
        return {}
    spelled = [(word, spelling) for word in words for spelling in spellings(word)]
    cosines = _cosines(held.vectors, name_vectors([spelling for _, spelling in spelled]))
    # A threshold first: sorting all words would take most of the time.
    places, columns = np.divmod(np.flatnonzero(cosines > _ALIKE), len(spelled))
    matches: dict[str, dict[str, float]] = {}
    for column, (word, _) in enumerate(spelled):
        found = matches.setdefault(word, {})
        near = places[columns == column]
        for place in near[np.argsort(-cosines[near, column], kind="stable")][: 3 * _MATCHES]:
            other = stem(held.words[held.owners[place]])
            likeness = min(1.0, (float(cosines[place, column]) - _ALIKE) / (_SAME - _ALIKE))
            found[other] = max(found.get(other, 0.0), likeness)
    return matches


def _cosines(held: Vectors, asked: Vectors) -> Vectors:
    """Return the products of all rows, shape (held, asked).

    In blocks that the linear algebra leaves to one thread: two of them wait for each other longer
    than they save wherever somebody else is using a core.
    """
    cosines = np.empty((len(held), len(asked)), np.float32)
    columns = np.ascontiguousarray(asked.T)
    block = max(1, _ONE_THREAD // columns.size)
    for start in range(0, len(held), block):
        stop = start + block
        np.matmul(held[start:stop], columns, out=cosines[start:stop])
    return cosines


def _spoken(words: Sequence[str], before: _Spoken | None) -> _Spoken:
    """Return the vectors of words, those that are known already taken over."""
    known = set(before.words) if before else set()
    new = [word for word in words if word not in known]
    if before is not None and len(words) - len(new) < len(known):
        before = _without(before, known.difference(words))
    if before is not None and not new:
        return before
    spelled = [(number, s) for number, word in enumerate(new) for s in spellings(word)]
    owners = np.array([number for number, _ in spelled], dtype=np.int64)
    vectors = name_vectors([spelling for _, spelling in spelled])
    if before is None:
        return _Spoken(new, owners, vectors)
    return _Spoken(
        [*before.words, *new],
        np.concatenate([before.owners, owners + len(before.words)]),
        np.concatenate([before.vectors, vectors]),
    )


def _without(before: _Spoken, gone: Collection[str]) -> _Spoken:
    stays = np.array([word not in gone for word in before.words], dtype=bool)
    rows = stays[before.owners]
    return _Spoken(
        [word for word in before.words if word not in gone],
        (np.cumsum(stays) - 1)[before.owners[rows]],
        before.vectors[rows],
    )


def _highest(found: Mapping[str, float]) -> dict[str, float]:
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0]))[:_MATCHES])
