"""Passages for a question: a lexical and a dense leg and the documents' titles, on one scale."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from assistant.language import content_words, is_in_language, stem
from assistant.library import Library, Passage
from assistant.retrieval.fusion import DenseWeights, Legs, fuse
from assistant.retrieval.lexical import other_terms, own_terms
from assistant.retrieval.meanings import Understood

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

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

    def find(
        self,
        asked: Understood,
        count: int,
        documents: Collection[str] | None = None,
        language: str | None = None,
    ) -> list[ScoredPassage]:
        """Return the passages that fit a question best, best first.

        Args:
            asked: The question.
            count: How many at most.
            documents: Only passages of these documents; None for all.
            language: ``ar`` or ``en`` to have only sentences in it out of documents in both
                languages; anything else for all.

        Returns:
            Passages with scores from 0 to 1.
        """
        wanted = language if language in _LANGUAGES else None
        limit = max(CANDIDATES, count)
        while True:
            legs = self._legs(asked, limit, documents)
            scores = fuse(legs, asked.query.language, self._weights)
            best = sorted(scores, key=lambda i: (-scores[i], i))
            passages = self._passages(best, 2 * count, legs.mixed, wanted)
            found = [
                ScoredPassage(passage, scores[passage.id], min(1.0, legs.lexical(passage.id)))
                for passage in islice(passages, count)
            ]
            if wanted is None or len(found) == count or len(scores) < limit:
                return found
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

    def _legs(self, asked: Understood, limit: int, documents: Collection[str] | None) -> Legs:
        library = self._library
        own = library.terms.search(own_terms(asked.query, library), limit, documents)
        other = library.terms.search(
            other_terms(asked.query, asked.meanings, library),
            limit,
            documents,
            languages=(asked.other_language, "mixed"),
        )
        vector = np.asarray(self._embeddings.embed_query(asked.query.text), dtype=np.float32)
        near = library.near(vector, limit, documents) if vector.any() else []
        found = {i for hits in (own, other, near) for i, _ in hits}
        facts = library.catalogue.facts(sorted(found))
        titles = {title for title, _ in facts.values()}
        sought = frozenset(other for others in asked.alternatives.values() for other in others)
        coverage = {title: _title_coverage(title, asked, sought) for title in titles}
        return Legs(
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
