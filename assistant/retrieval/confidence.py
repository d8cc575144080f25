"""How likely the documents answer a question at all."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from assistant.language import is_arabic, main_language
from assistant.lexicon import is_place, knows, translations
from assistant.retrieval.findings import Findings
from assistant.retrieval.meanings import Understood
from assistant.retrieval.passages import ScoredPassage, covered_share
from assistant.retrieval.ranking import linear_scores
from assistant.retrieval.sentences import FEATURES, Candidate

# Learned by training/confidence_weights.py: where the best passage is in the question's language,
# and where it is in the other one.
WEIGHTS: Mapping[str, tuple[float, float]] = {
    "lexical": (2.89, 3.24),
    "score": (0.00, 4.01),
    "gap_by_size": (1.93, 0.72),
    "first_coverage": (0.63, 0.00),
    "passage_coverage": (0.43, 0.00),
    "coverage_by_stems": (2.30, 1.88),
    "gram_coverage": (0.27, 2.01),
    "best_soft_coverage": (0.00, 1.20),
    "cosine": (2.96, 1.93),
    "lead": (0.19, 0.17),
    "best_window": (0.00, 1.51),
    "title": (0.00, 0.68),
    "unmatched_name": (-0.81, -0.58),
    "unmatched_number": (-1.22, -0.79),
    "unmatched_sure": (0.00, -0.72),
    "missing_of_two": (-1.78, -3.59),
    "unfit": (-0.80, -1.14),
    "stems": (0.10, 1.02),
    "size": (-1.30, -0.72),
}
BIAS = (-4.13, -6.42)

# Passages with this share of words in common say the same: the second is no rival of the first.
_COPY = 0.9
# Signals mean something else among many passages; what was learned on ends at this many.
_MOST_PASSAGES = 240
_SIZE_UNIT = 5.0  # nats
# A short question about a place that is nowhere in what was read is about something else, whatever
# its other words find. (Of other names the spelling may differ.)
_SHORT, _ABSENT, _ELSEWHERE = 4, 0.6, 0.3
_TWO = 2
_ACROSS = FEATURES.index("across")
_OF_EVENTS = ("where", "when")
_CHECKED = ("when", "how_many", "who")
_FITTING = [FEATURES.index(name) for name in ("time", "number", "name")]


def confidence(findings: Findings) -> float:
    """Return the estimated probability that the documents answer a question.

    Args:
        findings: What was found.

    Returns:
        A probability, 0 where nothing was found.
    """
    if not findings.passages or not findings.candidates:
        return 0.0
    seen = signals(findings)
    column = int(is_across(findings))
    total = BIAS[column] + sum(row[column] * seen[name] for name, row in WEIGHTS.items())
    likely = 1 / (1 + math.exp(-total))
    is_short = len(findings.asked.alternatives) <= _SHORT
    is_elsewhere = _lacking(findings, lambda stem, _: is_place(stem)) >= _ABSENT
    return min(likely, _ELSEWHERE) if is_short and is_elsewhere else likely


def is_across(findings: Findings) -> bool:
    """Return whether the best passage is in the other language."""
    language = main_language(findings.passages[0].passage.text)
    return language != findings.asked.query.language


def signals(findings: Findings) -> dict[str, float]:
    """Return what speaks for an answer and against it, a number for each of `WEIGHTS`.

    Args:
        findings: What was found; at least one sentence.
    """
    asked, found = findings.asked, findings.passages
    # Of the best passage's language only: the columns were learned where there is but one.
    across = is_across(findings)
    own = [c for c in findings.candidates if bool(c.features[_ACROSS]) is across]
    read = own or findings.candidates
    rows = np.array([candidate.features for candidate in read])
    sums = linear_scores(rows)
    best = read[int(np.argmax(sums))]
    highest = {name: float(rows[:, FEATURES.index(name)].max()) for name in _HIGHEST}
    covered = _covered_by_first(findings)
    stems = math.log(1 + len(asked.alternatives))
    size = math.log(min(max(findings.searched, 1), _MOST_PASSAGES)) / _SIZE_UNIT
    # "What is the population of Algeria?": what it is about says nothing by itself. Asked where or
    # when, the other word may be no more than "held" or "happened".
    is_of_two = len(asked.alternatives) <= _TWO and asked.query.kind not in _OF_EVENTS
    return {
        "lexical": found[0].lexical,
        "score": found[0].score,
        "gap_by_size": (found[0].score - _rival(found)) * size,
        "first_coverage": covered_share(covered, asked.weights),
        "passage_coverage": highest["passage_coverage"],
        "coverage_by_stems": highest["coverage"] * stems,
        "gram_coverage": highest["gram_coverage"],
        "best_soft_coverage": float(best.features[FEATURES.index("soft_coverage")]),
        "cosine": highest["cosine"],
        "lead": _lead(sums, [candidate.passage.id for candidate in read]),
        "best_window": float(best.features[FEATURES.index("window")]),
        "title": highest["title"],
        "unmatched_name": _lacking(findings, _is_name),
        "unmatched_number": _lacking(findings, lambda stem, _: stem[0].isdigit()),
        "unmatched_sure": _lacking(findings, _is_surely_translated),
        "missing_of_two": is_of_two * _lacking(findings, _is_common),
        "unfit": float(asked.query.kind in _CHECKED and not _fits(best)),
        "stems": stems,
        "size": size,
    }


# A word with a translation at least as likely is missed where that is not found either.
_SURE = 0.4
_HIGHEST = ("coverage", "passage_coverage", "gram_coverage", "cosine", "title")


def _lead(sums: npt.NDArray[np.float64], passages: Sequence[int]) -> float:
    """Return how far the best sentence is above the best one of another passage."""
    first = int(np.argmax(sums))
    rivals = [x for x, owner in zip(sums, passages, strict=True) if owner != passages[first]]
    return float(sums[first] - max(rivals)) if rivals else 0.0


def _covered_by_first(findings: Findings) -> dict[str, float]:
    """Return how far the best passage has each stem of the question."""
    first, names = findings.passages[0].passage.id, findings.asked.alternatives
    mine = [c.covered for c in findings.candidates if c.passage.id == first]
    has = np.max(mine, axis=0) if mine else np.zeros(len(names))
    return dict(zip(names, has.tolist(), strict=True))


def _lacking(findings: Findings, is_meant: Callable[[str, Understood], bool]) -> float:
    """Return how far some stem of a kind is in none of the sentences, 0 to 1."""
    asked = findings.asked
    has = np.max([c.covered for c in findings.candidates], axis=0)
    meant = (is_meant(stem, asked) for stem in asked.alternatives)
    return max((1 - float(h) for h, counts in zip(has, meant, strict=True) if counts), default=0.0)


def _is_name(stem: str, asked: Understood) -> bool:
    """Return whether a stem surely is a name: a place, or capitalised."""
    return is_place(stem) or (stem in asked.query.names and not is_arabic(stem))


def _is_common(stem: str, asked: Understood) -> bool:
    """Return whether a stem is a word that the tables know, and no name."""
    return knows(stem) and stem not in asked.query.names and not is_place(stem)


def _is_surely_translated(stem: str, _: Understood) -> bool:
    return max(translations(stem).values(), default=0.0) >= _SURE


def _fits(candidate: Candidate) -> bool:
    return any(candidate.features[i] > 0 for i in _FITTING)


def _rival(found: Sequence[ScoredPassage]) -> float:
    """Return the score of the best passage that says something else than the first.

    A near-copy says the same, and so does a translation: passages of the first one's language are
    compared only.
    """
    first = found[0].passage.text
    rivals = (f.score for f in found[1:] if not _says_the_same(f.passage.text, first))
    return next(rivals, 0.0)


def _says_the_same(text: str, first: str) -> bool:
    if main_language(text) != main_language(first):
        return True
    words, others = set(text.split()), set(first.split())
    return len(words & others) > _COPY * len(words | others)
