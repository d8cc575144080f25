"""Passages for a question: a lexical and a dense leg and the documents' titles, on one scale."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from assistant.language import content_words, stem
from assistant.library import Library, Passage
from assistant.retrieval.fusion import DenseWeights, Legs, fuse
from assistant.retrieval.lexical import other_terms, own_terms
from assistant.retrieval.meanings import Understood, understand
from assistant.retrieval.names import NameMatcher
from assistant.retrieval.query import Query

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

Vectors = npt.NDArray[np.float32]
Hits = list[tuple[int, float]]

# Each leg gives its best; what is not among them adds nothing to nDCG@10 (measured).
CANDIDATES = 100


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A passage that was found.

    Attributes:
        passage: The passage.
        score: All that speaks for it, 0 to 1.
        lexical: The lexical leg's share of the highest score the question could reach, 0 to 1.
    """

    passage: Passage
    score: float
    lexical: float


class PassageFinder:
    """Finds passages in a library.

    Args:
        library: The library.
        embeddings: The embedding that its vectors were made with.
        weights: How much the cosines of that embedding count.
    """

    def __init__(self, library: Library, embeddings: Embeddings, weights: DenseWeights) -> None:
        self._library = library
        self._embeddings = embeddings
        self._weights = weights
        self._names = NameMatcher(library)
        self._beside = ThreadPoolExecutor(thread_name_prefix="searching")

    def find(
        self, query: Query, count: int, documents: Collection[str] | None = None
    ) -> tuple[Understood, list[ScoredPassage]]:
        """Return the passages that fit a question best, best first.

        Args:
            query: The question.
            count: How many at most.
            documents: Only passages of these documents; None for all.

        Returns:
            The question with what its words may be, and passages with scores from 0 to 1.
        """
        asked, legs = self._legs(query, max(CANDIDATES, count), documents)
        scores = fuse(legs, asked.query.language, self._weights)
        best = sorted(scores, key=lambda i: (-scores[i], i))
        # Some may have been removed since the indexes were asked: look past them.
        passages = self._library.catalogue.passages(best[: 2 * count])
        found = [
            ScoredPassage(passages[i], scores[i], min(1.0, legs.lexical(i)))
            for i in best
            if i in passages
        ]
        return asked, found[:count]

    def _legs(
        self, query: Query, limit: int, documents: Collection[str] | None
    ) -> tuple[Understood, Legs]:
        library = self._library
        vector = np.asarray(self._embeddings.embed_query(query.text), dtype=np.float32)
        # What needs no translations is looked for beside what does: the indexes and the
        # comparing of names work outside Python.
        beside = self._beside.submit(self._untranslated, query, vector, limit, documents)
        try:
            asked = understand(query, library, self._names)
            other = library.terms.search(
                other_terms(query, asked.meanings, library),
                limit,
                documents,
                languages=(asked.other_language, "mixed"),
            )
        finally:
            wait([beside])
        own, near = beside.result()
        found = {i for hits in (own, other, near) for i, _ in hits}
        facts = library.catalogue.facts(sorted(found))
        titles = {title for title, _ in facts.values()}
        sought = frozenset(other for others in asked.alternatives.values() for other in others)
        coverage = {title: _title_coverage(title, asked, sought) for title in titles}
        legs = Legs(
            own=dict(own),
            other=dict(other),
            dense=dict(near),
            title={i: coverage[title] for i, (title, _) in facts.items()},
            foreign=frozenset(
                i for i, (_, language) in facts.items() if language == asked.other_language
            ),
            limit=limit,
        )
        return asked, legs

    def _untranslated(
        self, query: Query, vector: Vectors, limit: int, documents: Collection[str] | None
    ) -> tuple[Hits, Hits]:
        """Return what a question's own words and its vector find."""
        own = self._library.terms.search(own_terms(query, self._library), limit, documents)
        near = self._library.near(vector, limit, documents) if vector.any() else []
        return own, near


def _title_coverage(title: str, asked: Understood, sought: frozenset[str]) -> float:
    """Return the share of a question's information that a title has, 0 to 1."""
    held = title_stems(title)
    if held.isdisjoint(sought):  # nearly all titles
        return 0.0
    return covered_share(
        {name: not held.isdisjoint(others) for name, others in asked.alternatives.items()},
        asked.weights,
    )


@lru_cache(maxsize=1 << 14)
def title_stems(title: str) -> frozenset[str]:
    """Return the stems of a title's content words."""
    return frozenset(map(stem, content_words(title)))


def covered_share(covered: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the covered share of all weights, 0 to 1."""
    total = sum(weights.values())
    return sum(weights[name] * share for name, share in covered.items()) / total if total else 0.0
