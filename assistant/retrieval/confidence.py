"""How likely the documents answer a question at all."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from assistant.language import main_language
from assistant.retrieval.meanings import Understood
from assistant.retrieval.passages import ScoredPassage, covered_share
from assistant.retrieval.ranking import linear_scores
from assistant.retrieval.sentences import FEATURES, Candidate

# Learned by training/confidence_weights.py: where the best passage is in the question's language,
# and where it is in the other one.
WEIGHTS: Mapping[str, tuple[float, float]] = {}
BIAS = (0.0, 0.0)

# Passages alike to this cosine say the same: the second is no rival of the first.
_COPY = 0.9


def confidence(
    asked: Understood, found: Sequence[ScoredPassage], read: Sequence[Candidate]
) -> float:
    """Return the estimated probability that the documents answer a question.

    Args:
        asked: The question.
        found: The best passages, best first.
        read: Their sentences.

    Returns:
        A probability, 0 where nothing was found.
    """
    if not found or not read:
        return 0.0
    seen = signals(asked, found, read)
    column = int(is_across(asked, found))
    total = BIAS[column] + sum(row[column] * seen[name] for name, row in WEIGHTS.items())
    return 1 / (1 + math.exp(-total))


def is_across(asked: Understood, found: Sequence[ScoredPassage]) -> bool:
    """Return whether the best passage is in the other language."""
    return main_language(found[0].passage.text) != asked.query.language


def signals(
    asked: Understood, found: Sequence[ScoredPassage], read: Sequence[Candidate]
) -> dict[str, float]:
    """Return what speaks for an answer, and what against.

    Args:
        asked: The question.
        found: The best passages, best first.
        read: Their sentences; at least one.
    """
    rows = np.array([candidate.features for candidate in read])
    column = {name: rows[:, number] for number, name in enumerate(FEATURES)}
    sums = linear_scores(rows)
    best = read[int(np.argmax(sums))]
    first = [c for c in read if c.passage.id == found[0].passage.id] or [best]
    whole = np.max([c.covered for c in first], axis=0)
    return {
        "lexical": found[0].lexical,
        "score": found[0].score,
        "gap": found[0].score - _rival(found),
        "passage_coverage": float(column["passage_coverage"].max()),
        "first_coverage": covered_share(
            dict(zip(asked.alternatives, whole, strict=True)), asked.weights
        ),
        "sentence_coverage": float(column["coverage"].max()),
        "soft_coverage": float(column["soft_coverage"].max()),
        "best_coverage": float(best.features[FEATURES.index("coverage")]),
        "best_soft": float(best.features[FEATURES.index("soft_coverage")]),
        "neighbours": float(column["neighbours"].max()),
        "grams": float(column["gram_coverage"].max()),
        "cosine": float(column["cosine"].max()),
        "title": float(column["title"].max()),
        "best_sum": float(sums.max()),
        "unmatched": _unmatched(asked, whole),
        "unmatched_name": _unmatched_name(asked, whole),
        "unfit": float(asked.query.kind in _CHECKED and not _fits(best)),
        "stems": math.log(1 + len(asked.alternatives)),
        "coverage_by_stems": float(column["coverage"].max())
        * math.log(1 + len(asked.alternatives)),
    }


_CHECKED = ("when", "how_many", "who")
_FITTING = [FEATURES.index(name) for name in ("time", "number", "name")]


def _fits(candidate: Candidate) -> bool:
    return any(candidate.features[i] > 0 for i in _FITTING)


def _rival(found: Sequence[ScoredPassage]) -> float:
    """Return the score of the best passage that says something else than the first."""
    return next((f.score for f in found[1:] if not _is_copy(f, found[0])), 0.0)


def _is_copy(one: ScoredPassage, other: ScoredPassage) -> bool:
    a, b = set(one.passage.text.split()), set(other.passage.text.split())
    return len(a & b) > _COPY * len(a | b) or main_language(one.passage.text) != main_language(
        other.passage.text
    )


def _unmatched(asked: Understood, has: np.ndarray) -> float:
    """Return the information of the rarest stem that the best passage lacks, over 8 nats."""
    lacking = [w * (1 - h) for w, h in zip(asked.weights.values(), has, strict=True)]
    return max(lacking, default=0.0) / 8


def _unmatched_name(asked: Understood, has: np.ndarray) -> float:
    """Return the share of the question's names and numbers that the best passage lacks."""
    named = [
        1 - h
        for stem, h in zip(asked.alternatives, has, strict=True)
        if stem[0].isdigit() or stem in asked.query.names
    ]
    return max(named, default=0.0)
