"""Shares and areas with intervals: a percentile bootstrap that draws documents.

Questions about one document stand or fall together, so documents are drawn, not questions; drawing
questions would make the intervals too narrow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

RESAMPLES = 1000
SEED = 1
_TAILS = (2.5, 97.5)  # percent: what lies between is 95 %
_FEWEST = 2

Numbers = npt.NDArray[np.float64]
Sample = tuple[Sequence[str], Sequence[float]]


@dataclass(frozen=True, slots=True)
class Score:
    """A measured share, mean or area with its 95 % interval.

    Attributes:
        value: The measure; None where there was nothing to measure.
        low: Lower end of the interval; None where fewer than two documents bear on it.
        high: Upper end.
    """

    value: float | None
    low: float | None
    high: float | None


class Resampling:
    """Draws documents with replacement, the same draws for every measure.

    Args:
        documents: The document of each question; repetitions do no harm.
    """

    def __init__(self, documents: Sequence[str]) -> None:
        self._places = {name: n for n, name in enumerate(sorted(set(documents)))}
        self._size = size = max(1, len(self._places))
        chances = np.full(size, 1 / size)
        # How often each document was drawn, a row a resample.
        draws = np.random.default_rng(SEED).multinomial(size, chances, RESAMPLES)
        self._draws: Numbers = draws.astype(np.float64)

    def ratio(
        self,
        documents: Sequence[str],
        numerators: Sequence[float],
        denominators: Sequence[float],
    ) -> Score:
        """Return a sum divided by another one: a share, or a mean over a count.

        Args:
            documents: The document of each question.
            numerators: What each question adds to the sum.
            denominators: What it adds to the sum that is divided by; 0 leaves it out.
        """
        above, below = self._sums(documents, numerators), self._sums(documents, denominators)
        if not below.sum():
            return Score(None, None, None)
        value = float(above.sum() / below.sum())
        if np.count_nonzero(below) < _FEWEST:
            return Score(value, None, None)
        drawn = self._draws @ below
        usable = drawn > 0
        return _score(value, (self._draws @ above)[usable] / drawn[usable])

    def _sums(self, documents: Sequence[str], numbers: Sequence[float]) -> Numbers:
        weights = np.asarray(numbers, np.float64)
        return np.bincount(self._indices(documents), weights, self._size).astype(np.float64)

    def _indices(self, documents: Sequence[str]) -> npt.NDArray[np.intp]:
        return np.array([self._places[name] for name in documents], np.intp)

    def area(self, answerable: Sample, unanswerable: Sample) -> Score:
        """Return the area under the ROC curve.

        Args:
            answerable: Documents and confidences of questions that the library answers.
            unanswerable: The same of questions that it does not.
        """
        value = area_under_curve(answerable[1], unanswerable[1])
        if value is None or min(len({*side[0]}) for side in (answerable, unanswerable)) < _FEWEST:
            return Score(value, None, None)
        ranks, split = _ranks(answerable[1], unanswerable[1])
        clusters = self._indices([*answerable[0], *unanswerable[0]])
        areas = [
            _area(ranks, split, draw[clusters])
            for draw in self._draws
            if draw[clusters[:split]].any() and draw[clusters[split:]].any()
        ]
        return _score(value, np.array(areas))


def _score(value: float, resampled: Numbers) -> Score:
    low, high = np.percentile(resampled, _TAILS)
    return Score(value, float(low), float(high))


def area_under_curve(answerable: Sequence[float], unanswerable: Sequence[float]) -> float | None:
    """Return the probability that an answerable question has the higher confidence.

    Takes the time of one sorting.

    Args:
        answerable: Confidences of questions that the documents answer.
        unanswerable: Confidences of questions that they do not.

    Returns:
        The area under the ROC curve, ties counted half; None where one side is empty.
    """
    if not len(answerable) or not len(unanswerable):
        return None
    ranks, split = _ranks(answerable, unanswerable)
    return _area(ranks, split, np.ones(len(ranks)))


def _ranks(
    answerable: Sequence[float], unanswerable: Sequence[float]
) -> tuple[npt.NDArray[np.intp], int]:
    """Return the ranks of all confidences, equal for ties, and where the second side begins."""
    both = np.array([*answerable, *unanswerable], np.float64)
    return np.unique(both, return_inverse=True)[1], len(answerable)


def _area(ranks: npt.NDArray[np.intp], split: int, weights: Numbers) -> float:
    size = int(ranks.max()) + 1
    inside = np.bincount(ranks[:split], weights[:split], size)
    outside = np.bincount(ranks[split:], weights[split:], size)
    below = np.cumsum(outside) - outside
    return float((inside * (below + outside / 2)).sum() / (inside.sum() * outside.sum()))
