"""How likely the documents answer a question at all."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from assistant.retrieval.passages import ScoredPassage
from assistant.retrieval.sentences import FEATURES, Candidate

# Learned by training/confidence_weights.py.
WEIGHTS: Mapping[str, float] = {
    "lexical": 2.0,
    "gap": 3.0,
    "passage_coverage": 5.0,
    "sentence_coverage": 3.0,
    "uncovered": -0.3,
}
BIAS = -4.5


def confidence(
    found: Sequence[ScoredPassage], read: Sequence[Candidate], weights: Mapping[str, float]
) -> float:
    """Return the estimated probability that the documents answer a question.

    Args:
        found: The best passages, best first.
        read: Their sentences.
        weights: How telling each stem of the question is, in nats.

    Returns:
        A probability, 0 where nothing was found.
    """
    if not found or not read:
        return 0.0
    sums = signals(found, read, weights)
    return 1 / (1 + math.exp(-(BIAS + sum(WEIGHTS[name] * sums[name] for name in WEIGHTS))))


def signals(
    found: Sequence[ScoredPassage], read: Sequence[Candidate], weights: Mapping[str, float]
) -> dict[str, float]:
    """Return what speaks for an answer, and against it.

    Args:
        found: The best passages, best first.
        read: Their sentences; at least one.
        weights: How telling each stem of the question is, in nats.

    Returns:
        ``lexical``: the best passage's share of the highest possible score; ``gap``: how far it
        is ahead of the next; ``passage_coverage`` and ``sentence_coverage``: the best share of
        the question's information in one passage and in one sentence; ``uncovered``: the
        information of the most telling word that no found passage has.
    """
    passage, sentence = FEATURES.index("passage_coverage"), FEATURES.index("coverage")
    covered = {name for candidate in read for name in candidate.covered}
    second = found[1].score if len(found) > 1 else 0.0
    return {
        "lexical": found[0].lexical,
        "gap": found[0].score - second,
        "passage_coverage": max(candidate.features[passage] for candidate in read),
        "sentence_coverage": max(candidate.features[sentence] for candidate in read),
        "uncovered": max((w for name, w in weights.items() if name not in covered), default=0.0),
    }
