"""Word translation by IBM model 1.

Brown, Della Pietra, Della Pietra and Mercer, "The Mathematics of Statistical Machine
Translation", 1993: each word of one side is explained by one word of the other, or by none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

_ITERATIONS = 6
_NONE = ""

Table = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Aligned:
    """A pair of texts as words.

    Attributes:
        weight: How much it counts.
        left: Words of one side.
        right: Words of the other.
    """

    weight: float
    left: Sequence[str]
    right: Sequence[str]

    def turned(self) -> Aligned:
        """Return the pair with its sides exchanged."""
        return Aligned(self.weight, self.right, self.left)


def translate(pairs: Iterable[Aligned], least: float, most: int) -> Table:
    """Return p(right | left), learned by expectation maximisation.

    Args:
        pairs: The texts.
        least: Smaller probabilities are left out.
        most: Translations a word at most.

    Returns:
        For each left word its right words with their probabilities.
    """
    lefts: dict[str, int] = {_NONE: 0}
    rights: dict[str, int] = {}
    left_ids, right_ids, tokens, weights = [], [], [], []
    token = 0
    for pair in pairs:
        sources = [0, *(lefts.setdefault(word, len(lefts)) for word in pair.left)]
        for word in pair.right:
            target = rights.setdefault(word, len(rights))
            left_ids += sources
            right_ids += [target] * len(sources)
            tokens += [token] * len(sources)
            weights += [pair.weight] * len(sources)
            token += 1
    keys = np.array(left_ids, np.int64) * len(rights) + np.array(right_ids, np.int64)
    cells, inverse = np.unique(keys, return_inverse=True)
    probabilities = _learn(
        cells // len(rights), inverse, np.array(tokens), np.array(weights, np.float64)
    )
    return _as_table(
        (list(lefts), list(rights)),
        (cells // len(rights), cells % len(rights), probabilities),
        least,
        most,
    )


def _learn(
    owners: np.ndarray, inverse: np.ndarray, tokens: np.ndarray, weights: np.ndarray
) -> np.ndarray:
    """Return the probability of each cell of the table."""
    probabilities = np.ones(len(owners))
    for _ in range(_ITERATIONS):
        shares = probabilities[inverse]
        totals = np.bincount(tokens, shares)
        counts = np.bincount(inverse, shares / totals[tokens] * weights, minlength=len(owners))
        sums = np.bincount(owners, counts)
        probabilities = counts / np.maximum(sums[owners], 1e-12)
    return probabilities


def _as_table(
    words: tuple[list[str], list[str]],
    cells: tuple[np.ndarray, np.ndarray, np.ndarray],
    least: float,
    most: int,
) -> Table:
    lefts, rights = words
    table: Table = defaultdict(dict)
    kept = cells[2] >= least
    for left, right, probability in zip(*(part[kept] for part in cells), strict=True):
        if left:
            table[lefts[left]][rights[right]] = float(probability)
    return {word: best(row, most) for word, row in table.items()}


def best(row: Mapping[str, float], most: int) -> dict[str, float]:
    """Return the highest entries of a row, highest first; equal ones by name."""
    return dict(sorted(row.items(), key=lambda item: (-item[1], item[0]))[:most])


def confirmed(forward: Table, backward: Table, least: float, most: int) -> Table:
    """Return translations weighted by how well the way back confirms them, sums of 1.

    A translation that does not lead back keeps a share of its probability; the square root of the
    backward probability gives the rest.
    """
    table: Table = {}
    for word, row in forward.items():
        scores = {
            other: p
            * (_UNCONFIRMED + (1 - _UNCONFIRMED) * backward.get(other, {}).get(word, 0.0) ** 0.5)
            for other, p in row.items()
        }
        total = sum(scores.values())
        shares = {other: score / total for other, score in scores.items()}
        table[word] = {o: p for o, p in best(shares, most).items() if p >= least}
    return table


_UNCONFIRMED = 0.3


def turned(table: Table, most: int) -> Table:
    """Return a table of p(left | right) by right word, out of one of p(left | right) by left word.

    The reverse direction's probabilities, looked up from this side.
    """
    columns: Table = defaultdict(dict)
    for word, row in table.items():
        for other, probability in row.items():
            columns[other][word] = probability
    return {word: best(row, most) for word, row in columns.items()}
