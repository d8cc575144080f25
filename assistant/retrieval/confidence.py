"""How likely the documents answer a question at all."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from assistant.retrieval.meanings import Understood
from assistant.retrieval.passages import ScoredPassage
from assistant.retrieval.sentences import ALL_FEATURES as FEATURES
from assistant.retrieval.sentences import Candidate

# Learned by training/confidence_weights.py.
WEIGHTS: Mapping[str, float] = {
    "gap": 7.15,
    "passage_coverage": 4.80,
    "sentence_coverage": 1.66,
}
BIAS = -3.62


def confidence(asked: Understood, found: Sequence[ScoredPassage], read: Sequence[Candidate]) -> float:
    """Return the estimated probability that the documents answer a question.

    Args:
        found: The best passages, best first.
        read: Their sentences.

    Returns:
        A probability, 0 where nothing was found.
    """
    if not found or not read:
        return 0.0
    seen = signals(found, read)
    return 1 / (1 + math.exp(-(BIAS + sum(WEIGHTS[name] * seen[name] for name in WEIGHTS))))


def signals(found: Sequence[ScoredPassage], read: Sequence[Candidate]) -> dict[str, float]:
    """Return what speaks for an answer.

    Args:
        found: The best passages, best first.
        read: Their sentences; at least one.

    Returns:
        ``gap``: how far the best passage is ahead of the next; ``passage_coverage`` and
        ``sentence_coverage``: the best share of the question's information in one passage and in
        one sentence. All from 0 to 1.
    """
    passage, sentence = FEATURES.index("passage_coverage"), FEATURES.index("coverage")
    second = found[1].score if len(found) > 1 else 0.0
    return {
        "gap": found[0].score - second,
        "passage_coverage": max(candidate.features[passage] for candidate in read),
        "sentence_coverage": max(candidate.features[sentence] for candidate in read),
    }
