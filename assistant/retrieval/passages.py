"""Passages for a question: a lexical and a dense leg, on one scale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.library import SATURATION, Field, Library, Passage, WeightedTerm
from assistant.retrieval.query import Query

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

# Each leg gives its best; what is not among them adds nothing to nDCG@10 (measured).
_CANDIDATES = 100
_STEM_SHARE = 0.5
# The hashed vector sees the same words as the lexical leg, so it weighs little.
_DENSE_WEIGHT = 0.1
# Hashing gives texts without a common word cosines of up to about this.
_LEAST_COSINE = 0.2


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A passage that was found.

    Attributes:
        passage: The passage.
        score: Both legs together, 0 to 1.
        lexical: The lexical leg's share of the highest score the question could reach.
    """

    passage: Passage
    score: float
    lexical: float


def find_passages(
    query: Query,
    library: Library,
    embeddings: Embeddings,
    count: int,
    documents: Collection[str] | None = None,
) -> list[ScoredPassage]:
    """Return the passages that fit a question best, best first.

    Args:
        query: The question.
        library: Where to look.
        embeddings: The embedding that the library's vectors were made with.
        count: How many at most.
        documents: Only passages of these documents; None for all.

    Returns:
        Passages with scores from 0 to 1.
    """
    limit = max(_CANDIDATES, count)
    lexical = dict(library.terms.search(lexical_terms(query, library), limit, documents))
    vector = np.asarray(embeddings.embed_query(query.text), dtype=np.float32)
    near = library.near(vector, limit, documents) if vector.any() else []
    dense = {i: cosine for i, cosine in near if cosine >= _LEAST_COSINE}
    scores = fuse(lexical, dense)
    best = sorted(scores, key=lambda i: (-scores[i], i))
    # Some may have been removed since the indexes were asked: look past them.
    passages = library.catalogue.passages(best[: 2 * count])
    found = [
        ScoredPassage(passages[i], scores[i], min(1.0, lexical.get(i, 0.0)))
        for i in best
        if i in passages
    ]
    return found[:count]


def lexical_terms(query: Query, library: Library) -> list[WeightedTerm]:
    """Return a question's stems and grams, weighted so that the highest possible score is 1.

    BM25 can give a term at most (k1 + 1) * idf. The sum of that over all terms, unknown ones
    included, is known before searching; dividing by it puts all questions on one scale.
    """
    terms: list[WeightedTerm] = []
    legs: tuple[tuple[Field, Counter[str], float], ...] = (
        ("stem", query.stems, _STEM_SHARE),
        ("gram", query.grams, 1 - _STEM_SHARE),
    )
    for field, counts, share in legs:
        names = list(counts)
        idf = library.terms.idf([(field, name) for name in names])
        highest = SATURATION * sum(counts[n] * i for n, i in zip(names, idf, strict=True))
        if highest > 0:
            terms += [WeightedTerm(field, n, share * counts[n] / highest) for n in names]
    return terms


def fuse(lexical: dict[int, float], dense: dict[int, float]) -> dict[int, float]:
    """Return the weighted mean of both legs by passage, 0 to 1.

    A passage that a full list does not hold is given the list's lowest score: it can't have more.

    Args:
        lexical: Shares of the highest possible score.
        dense: Cosines, none below 0.
    """
    lexical_floor = min(lexical.values()) if len(lexical) >= _CANDIDATES else 0.0
    dense_floor = min(dense.values()) if len(dense) >= _CANDIDATES else 0.0
    return {
        i: (lexical.get(i, lexical_floor) + _DENSE_WEIGHT * dense.get(i, dense_floor))
        / (1 + _DENSE_WEIGHT)
        for i in lexical.keys() | dense.keys()
    }
