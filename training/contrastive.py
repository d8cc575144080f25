"""Trains vectors of parts so that the two sides of each pair meet.

A text is the sum of its parts' vectors, of length 1; a pair's own other side has to be nearer
than those of all other pairs of the batch (InfoNCE: van den Oord, Li and Vinyals, "Representation
Learning with Contrastive Predictive Coding", 2018), both ways. Adam (Kingma and Ba, 2015) moves
only the rows that a batch touches. numpy and scipy only, so that a build can be repeated anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

Numbers = npt.NDArray[np.float32]

_MEAN, _SQUARE, _SMALL = 0.9, 0.999, 1e-8


@dataclass(frozen=True)
class Bags:
    """Pairs of texts as weighted parts.

    Attributes:
        left: Shape (pairs, parts), sparse.
        right: The same for the other side.
    """

    left: sp.csr_matrix
    right: sp.csr_matrix


@dataclass(frozen=True)
class Plan:
    """How to train.

    Attributes:
        steps: Batches.
        batch: Pairs in a batch.
        rate: Step size; falls linearly to a tenth.
        scale: What cosines are multiplied by before the softmax.
    """

    steps: int
    batch: int
    rate: float
    scale: float


def bags(texts: Sequence[Mapping[int, float]], parts: int) -> sp.csr_matrix:
    """Return texts, given as weights by part, as a sparse matrix."""
    starts = np.cumsum([0, *(len(text) for text in texts)])
    indices = np.fromiter((i for text in texts for i in text), np.int32, starts[-1])
    weights = np.fromiter((w for text in texts for w in text.values()), np.float32, starts[-1])
    return sp.csr_matrix((weights, indices, starts), shape=(len(texts), parts))


def unit(vectors: Numbers) -> Numbers:
    """Return rows of length 1; a row of zeros stays as it is."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    rows: Numbers = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
    return rows


class _Adam:
    """The moments of all rows."""

    def __init__(self, rows: Numbers) -> None:
        self._rows = rows
        self._mean, self._square = np.zeros_like(rows), np.zeros_like(rows)
        self._step = 0

    def move(self, touched: npt.NDArray[np.int64], slope: Numbers, rate: float) -> None:
        self._step += 1
        mean = _MEAN * self._mean[touched] + (1 - _MEAN) * slope
        square = _SQUARE * self._square[touched] + (1 - _SQUARE) * slope**2
        self._mean[touched], self._square[touched] = mean, square
        bent = np.sqrt(square / (1 - _SQUARE**self._step)) + _SMALL
        self._rows[touched] -= rate * mean / (1 - _MEAN**self._step) / bent


def train(rows: Numbers, sources: Sequence[Bags], plan: Plan, seed: int) -> None:
    """Train the vectors of parts in place.

    Args:
        rows: Shape (parts, dimensions), float32; changed.
        sources: Pairs; the batches are taken from these in turn.
        plan: How to train.
        seed: What the order of the pairs follows from.
    """
    chance = np.random.default_rng(seed)
    adam = _Adam(rows)
    for step in range(plan.steps):
        pairs = sources[step % len(sources)]
        size = min(plan.batch, pairs.left.shape[0])
        chosen = chance.choice(pairs.left.shape[0], size, replace=False)
        left, right = pairs.left[chosen], pairs.right[chosen]
        touched = np.unique(np.concatenate([left.indices, right.indices])).astype(np.int64)
        left, right = _narrowed(left, touched), _narrowed(right, touched)
        slope = _slope(left, right, rows[touched], plan.scale)
        adam.move(touched, slope, plan.rate * (1 - 0.9 * step / plan.steps))


def _narrowed(texts: sp.csr_matrix, columns: npt.NDArray[np.int64]) -> sp.csr_matrix:
    places = np.searchsorted(columns, texts.indices)
    return sp.csr_matrix((texts.data, places, texts.indptr), shape=(texts.shape[0], len(columns)))


def _slope(left: sp.csr_matrix, right: sp.csr_matrix, rows: Numbers, scale: float) -> Numbers:
    """Return the gradient of the loss by the rows."""
    one, other = left @ rows, right @ rows
    x, y = unit(one), unit(other)
    fit = scale * (x @ y.T)
    error = (_softmax(fit) + _softmax(fit.T).T - 2 * np.eye(len(fit), dtype=np.float32)) / (
        2 * len(fit)
    )
    by_x, by_y = scale * (error @ y), scale * (error.T @ x)
    slope: Numbers = left.T @ _through_unit(by_x, one, x) + right.T @ _through_unit(by_y, other, y)
    return slope


def _through_unit(slope: Numbers, vectors: Numbers, units: Numbers) -> Numbers:
    lengths = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    along: Numbers = (slope * units).sum(axis=1, keepdims=True)
    result: Numbers = ((slope - along * units) / lengths).astype(np.float32)
    return result


def _softmax(rows: Numbers) -> Numbers:
    powers = np.exp(rows - rows.max(axis=1, keepdims=True))
    shares: Numbers = powers / powers.sum(axis=1, keepdims=True)
    return shares
