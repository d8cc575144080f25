"""Passages for a question: a lexical and a dense leg and the documents' titles, on one scale."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from assistant.language import content_words, is_in_language, stem
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
# How many times more they give where too few of these hold a sentence in the language asked for.
_MORE = 8
_LANGUAGES = ("ar", "en")


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
        self.names = NameMatcher(library)
        self._beside = ThreadPoolExecutor(thread_name_prefix="searching")

    def find(
        self,
        query: Query,
        count: int,
        documents: Collection[str] | None = None,
        language: str | None = None,
    ) -> tuple[Understood, list[ScoredPassage]]:
        """Return the passages that fit a question best, best first.

        Args:
            query: The question.
            count: How many at most.
            documents: Only passages of these documents; None for all.
            language: ``ar`` or ``en`` to have only sentences in it out of documents in both
                languages; anything else for all.

        Returns:
            The question with what its words may be, and passages with scores from 0 to 1.
        """
        wanted = language if language in _LANGUAGES else None
        limit = max(CANDIDATES, count)
        while True:
            asked, legs = self._legs(query, limit, documents)
            scores = fuse(legs, asked.query.language, self._weights)
            best = sorted(scores, key=lambda i: (-scores[i], i))
            passages = self._passages(best, 2 * count, legs.mixed, wanted)
            found = [
                ScoredPassage(passage, scores[passage.id], min(1.0, legs.lexical(passage.id)))
                for passage in islice(passages, count)
            ]
            if wanted is None or len(found) == count or len(scores) < limit:
                return asked, found
            limit *= _MORE

    def _passages(
        self, numbers: Sequence[int], size: int, mixed: Collection[int], language: str | None
    ) -> Iterator[Passage]:
        """Yield passages in this order, fetched so many at once.

        Some may have been removed since the indexes were asked; these are passed over, as are those
        of documents in both languages without a sentence in the language, if there is one.
        """
        for start in range(0, len(numbers), size):
            part = numbers[start : start + size]
            passages = self._library.catalogue.passages(part)
            for passage in (passages[number] for number in part if number in passages):
                if language is None or passage.id not in mixed:
                    yield passage
                elif (within := _within(passage, language)).sentences:
                    yield within

    def _legs(
        self, query: Query, limit: int, documents: Collection[str] | None
    ) -> tuple[Understood, Legs]:
        library = self._library
        vector = np.asarray(self._embeddings.embed_query(query.text), dtype=np.float32)
        # What needs no translations is looked for beside what does: the indexes and the
        # comparing of names work outside Python.
        beside = self._beside.submit(self._untranslated, query, vector, limit, documents)
        try:
            asked = understand(query, library, self.names)
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
            mixed=frozenset(i for i, (_, language) in facts.items() if language == "mixed"),
        )
        return asked, legs

    def _untranslated(
        self, query: Query, vector: Vectors, limit: int, documents: Collection[str] | None
    ) -> tuple[Hits, Hits]:
        """Return what a question's own words and its vector find."""
        own = self._library.terms.search(own_terms(query, self._library), limit, documents)
        near = self._library.near(vector, limit, documents) if vector.any() else []
        return own, near


def _within(passage: Passage, language: str) -> Passage:
    """Return a passage with those of its sentences that are not in the other language."""
    own = (s for s in passage.sentences if is_in_language(passage.sentence_text(s), language))
    return replace(passage, sentences=tuple(own))


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
