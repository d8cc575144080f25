"""How much of a question the candidate sentences have, alone and in their context."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from assistant.language import stem
from assistant.retrieval.meanings import Understood
from assistant.retrieval.passages import title_stems
from assistant.retrieval.reading import Reading, rarity, unit_vectors

Numbers = npt.NDArray[np.float64]

_NEAR = 2
_WINDOW = 6
# An information in nats that few words have.
_MUCH = 8.0


class Coverage:
    """Which candidates have which stems of the question.

    Args:
        asked: The question.
        readings: The candidates, in order of their passages and places.
        has: Shape (candidates, stems): how far each has each stem, 0 to 1.
        owners: For each candidate the number of its passage.
        titles: Shape (candidates, stems): 1 where the title of its document has the stem.
    """

    def __init__(
        self,
        asked: Understood,
        readings: Sequence[Reading],
        has: Numbers,
        owners: npt.NDArray[np.int64],
        titles: Numbers,
    ) -> None:
        self._asked = asked
        self._readings = readings
        self._has = has
        self._owners = owners
        self._titles = titles
        self._weights = np.array([asked.weights[name] for name in asked.alternatives])
        self._local = rarity(has.sum(axis=0), len(has))
        numbers: dict[str, list[int]] = {}
        for number, others in enumerate(asked.alternatives.values()):
            for other in others:
                numbers.setdefault(other, []).append(number)
        self._stands = [_places(reading, numbers) for reading in readings]

    def features(self) -> dict[str, Numbers]:
        """Return the features of this kind by name, a number for each candidate."""
        return {**self._alone(), **self._within_passages(), **self._in_context(), **self._soft()}

    def _alone(self) -> dict[str, Numbers]:
        has, weights = self._has, self._weights
        return {
            "coverage": share(has, weights),
            "local_coverage": share(has, self._local),
            "gram_coverage": self._gram_coverage(),
            "matched": has.mean(axis=1),
            "unmatched": (weights * (1 - has)).max(axis=1) / _MUCH,
            "neighbours": self._neighbours(),
            "window": np.array([self._window(stands) for stands in self._stands]),
        }

    def _within_passages(self) -> dict[str, Numbers]:
        within, whole = np.zeros(len(self._has)), np.zeros(len(self._has))
        for owner in np.unique(self._owners):
            mine = self._owners == owner
            has = self._has[mine]
            within[mine] = share(has, rarity(has.sum(axis=0), len(has)))
            whole[mine] = share(has.max(axis=0, keepdims=True), self._weights)
        return {"passage_local_coverage": within, "passage_coverage": whole}

    def _in_context(self) -> dict[str, Numbers]:
        """Return coverages together with what a reader has just read: it need not be said again."""
        before = self._shifted(self._has)
        with_before, with_title = np.maximum(self._has, before), np.maximum(self._has, self._titles)
        alone = share(self._has, self._weights)
        same = self._owners[1:] == self._owners[:-1]
        return {
            "before": share(before, self._weights),
            "after": np.concatenate([alone[1:] * same, [0.0]]),
            "title": share(self._titles, self._weights),
            "coverage_with_before": share(with_before, self._weights),
            "local_coverage_with_before": share(with_before, self._local),
            "coverage_with_title": share(with_title, self._weights),
            "local_coverage_with_title": share(with_title, self._local),
            "local_coverage_with_both": share(np.maximum(with_before, with_title), self._local),
        }

    def _soft(self) -> dict[str, Numbers]:
        """Return coverages where a word counts by its cosine with the nearest one."""
        asked = unit_vectors(list(self._asked.alternatives))
        near = [
            (asked @ reading.vectors.T).max(axis=1) if len(reading.vectors) else 0 * asked[:, 0]
            for reading in self._readings
        ]
        soft: Numbers = np.maximum(np.array(near), self._has)
        local = rarity(soft.sum(axis=0), len(soft))
        with_before = np.maximum(soft, self._shifted(soft))
        return {
            "soft_coverage": share(soft, self._weights),
            "soft_local_coverage": share(soft, local),
            "soft_coverage_with_before": share(with_before, self._weights),
            "soft_local_coverage_with_before": share(with_before, local),
        }

    def _shifted(self, rows: Numbers) -> Numbers:
        """Return for each candidate the row of the sentence before it in its passage, or zeros."""
        same = (self._owners[1:] == self._owners[:-1])[:, np.newaxis]
        shifted: Numbers = np.concatenate([np.zeros_like(rows[:1]), rows[:-1] * same])
        return shifted

    def _gram_coverage(self) -> Numbers:
        grams = list(self._asked.query.grams)
        has = np.array([[gram in reading.grams for gram in grams] for reading in self._readings])
        return share(has.astype(float), rarity(has.sum(axis=0), len(has)))

    def _neighbours(self) -> Numbers:
        """Return the shares of neighbouring stems of the question that are neighbours in each."""
        numbers = {name: number for number, name in enumerate(self._asked.alternatives)}
        order = [numbers.get(stem(word), -1) for word in self._asked.query.words]
        if len(order) < _NEAR:
            return np.zeros(len(self._readings))
        pairs = list(pairwise(order))
        return np.array([_near(stands, pairs) for stands in self._stands]) / len(pairs)

    def _window(self, stands: Sequence[tuple[int, int]]) -> float:
        """Return the greatest local coverage of a few words in a row."""
        covered = (
            self._local[list({n for place, n in stands if start <= place < start + _WINDOW})].sum()
            for start in {place for place, _ in stands}
        )
        return float(max(covered, default=0.0) / self._local.sum())


def _places(reading: Reading, numbers: Mapping[str, Sequence[int]]) -> list[tuple[int, int]]:
    """Return where a sentence has which stem of the question: (place, number of the stem)."""
    return [
        (place, number)
        for place, held in enumerate(reading.stems)
        for number in numbers.get(held, ())
    ]


def _near(stands: Sequence[tuple[int, int]], pairs: Sequence[tuple[int, int]]) -> int:
    """Return how many pairs of stems stand near each other."""
    places: dict[int, list[int]] = {}
    for place, number in stands:
        places.setdefault(number, []).append(place)
    return sum(
        any(abs(a - b) <= _NEAR for a in places.get(left, ()) for b in places.get(right, ()))
        for left, right in pairs
    )


def title_rows(asked: Understood, titles: Sequence[str]) -> Numbers:
    """Return shape (titles, stems): 1 where a title has a stem of the question."""
    held = [title_stems(title) for title in titles]
    return np.array(
        [
            [float(not stems.isdisjoint(others)) for others in asked.alternatives.values()]
            for stems in held
        ]
    )


def share(has: Numbers, weights: Numbers) -> Numbers:
    """Return the covered share of all weights by row, 0 to 1."""
    total = weights.sum()
    shares: Numbers = has @ weights / total if total else np.zeros(len(has))
    return shares
