"""Outcomes to scores: a set at a time, and all of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from assistant.evaluation.judging import Outcome
from assistant.evaluation.questions import Question
from assistant.evaluation.statistics import RESAMPLES, Resampling, Sample, Score
from assistant.schema import Failure

MEASURES = (
    *("ndcg_10", "recall_1", "recall_5", "hit_1", "hit_3", "ask_1", "answered"),
    *("false_answers", "auroc", "false_answers_without", "auroc_without", "exact"),
)
_FIRST_FEW = 5
_MEDIAN, _SLOWEST = 50, 95  # percentiles
_INTERVAL = 0.95


@dataclass(frozen=True, slots=True)
class Scores:
    """The measures of one set; shares and areas from 0 to 1.

    Attributes:
        set: The label; empty for all sets together.
        questions: How many questions were asked.
        answerable: How many of them the documents answer.
        unanswerable: How many they do not.
        left_out: How many were asked again with their documents left out.
        documents: How many documents the questions are about.
        ndcg_10: Mean nDCG@10 of passages over answerable questions, one right passage counted.
        recall_1: Share of them with a right passage first.
        recall_5: Share with one among the first five.
        hit_1: Share with a right sentence first.
        hit_3: Share with one among the first three.
        ask_1: Share whose answer's first citation is right; a refusal counts as a miss.
        answered: Share answered.
        false_answers: Share of unanswerable questions answered.
        auroc: Area under the ROC curve of the confidence, answerable against unanswerable.
        false_answers_without: Share of questions answered with their documents left out.
        auroc_without: Area under the curve, answerable questions with their documents against
            the same without.
        exact: Share of citations that equal the stored text.
        seconds_p50: Median seconds for an answer; None where none was asked for.
        seconds_p95: 95th percentile.
    """

    set: str
    questions: int
    answerable: int
    unanswerable: int
    left_out: int
    documents: int
    ndcg_10: Score
    recall_1: Score
    recall_5: Score
    hit_1: Score
    hit_3: Score
    ask_1: Score
    answered: Score
    false_answers: Score
    auroc: Score
    false_answers_without: Score
    auroc_without: Score
    exact: Score
    seconds_p50: float | None
    seconds_p95: float | None

    def to_dict(self) -> dict[str, Any]:
        """Return the scores as plain JSON values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Report:
    """What an evaluation found.

    Attributes:
        sets: The scores of each set, in order of first appearance.
        overall: The scores of all questions together.
        documents: How many documents the library holds.
        missing: Documents that questions name and the library does not hold.
        failed: Documents that could not be read.
        recipe: What the numbers depend on, in one line.
    """

    sets: tuple[Scores, ...]
    overall: Scores
    documents: int
    missing: tuple[str, ...]
    failed: tuple[Failure, ...]
    recipe: str

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain JSON values; what was not measured is None."""
        return {
            "recipe": self.recipe,
            "interval": {"level": _INTERVAL, "resamples": RESAMPLES, "by": "document"},
            "documents": self.documents,
            "missing_documents": list(self.missing),
            "failed": [asdict(failure) for failure in self.failed],
            "sets": [scores.to_dict() for scores in self.sets],
            "overall": self.overall.to_dict(),
        }


def summarise(
    outcomes: Sequence[Outcome],
    left_out: Sequence[Outcome] = (),
    questions: Sequence[Question] | None = None,
) -> list[Scores]:
    """Return the scores of each set, in order of first appearance.

    Args:
        outcomes: The outcomes of questions of any sets; none gives no scores.
        left_out: The outcomes of the same questions with their documents left out.
        questions: What was to be asked; by default what has an outcome.
    """
    asked = [o.question for o in outcomes] if questions is None else questions
    return [
        score(
            name,
            [q for q in asked if q.set == name],
            [o for o in outcomes if o.question.set == name],
            [o for o in left_out if o.question.set == name],
        )
        for name in dict.fromkeys(question.set for question in asked)
    ]


def score(
    name: str,
    questions: Sequence[Question],
    outcomes: Sequence[Outcome],
    left_out: Sequence[Outcome] = (),
) -> Scores:
    """Return the scores of outcomes taken together.

    Args:
        name: What to call them.
        questions: What was to be asked; the counts are of these.
        outcomes: The outcomes; none where the library holds nothing.
        left_out: Outcomes of the same questions with their documents left out.
    """
    inside = [o for o in outcomes if o.question.is_answerable]
    marked = [o for o in outcomes if not o.question.is_answerable]
    resampling = Resampling([_cluster(o) for o in (*outcomes, *left_out)])
    seconds = [o.seconds for o in outcomes]
    answerable = sum(question.is_answerable for question in questions)
    return Scores(
        set=name,
        questions=len(questions),
        answerable=answerable,
        unanswerable=len(questions) - answerable,
        left_out=len(left_out),
        documents=len({question.document for question in questions} - {""}),
        **_of_finding(resampling, inside),
        false_answers=_mean(resampling, marked, lambda o: o.answered),
        auroc=resampling.area(_sample(inside), _sample(marked)),
        false_answers_without=_mean(resampling, left_out, lambda o: o.answered),
        auroc_without=resampling.area(_sample(inside), _sample(left_out)),
        exact=_exact(resampling, [*outcomes, *left_out]),
        seconds_p50=float(np.percentile(seconds, _MEDIAN)) if seconds else None,
        seconds_p95=float(np.percentile(seconds, _SLOWEST)) if seconds else None,
    )


def _of_finding(resampling: Resampling, inside: Sequence[Outcome]) -> Mapping[str, Score]:
    """Return the measures that only answerable questions have."""
    measures: Mapping[str, Callable[[Outcome], float]] = {
        "ndcg_10": lambda o: 1 / math.log2(o.passage_rank + 1) if o.passage_rank else 0,
        "recall_1": lambda o: o.passage_rank == 1,
        "recall_5": lambda o: 1 <= o.passage_rank <= _FIRST_FEW,
        "hit_1": lambda o: o.sentence_rank == 1,
        "hit_3": lambda o: o.sentence_rank > 0,
        "ask_1": lambda o: o.cites_right,
        "answered": lambda o: o.answered,
    }
    return {name: _mean(resampling, inside, measure) for name, measure in measures.items()}


def _mean(
    resampling: Resampling, outcomes: Sequence[Outcome], measure: Callable[[Outcome], float]
) -> Score:
    return resampling.ratio(
        [_cluster(o) for o in outcomes], [measure(o) for o in outcomes], [1] * len(outcomes)
    )


def _exact(resampling: Resampling, outcomes: Sequence[Outcome]) -> Score:
    return resampling.ratio(
        [_cluster(o) for o in outcomes],
        [o.exact_quotes for o in outcomes],
        [o.quotes for o in outcomes],
    )


def _sample(outcomes: Sequence[Outcome]) -> Sample:
    return [_cluster(o) for o in outcomes], [o.confidence for o in outcomes]


def _cluster(outcome: Outcome) -> str:
    """Return what is drawn as one: the question's document, or the question if it names none."""
    question = outcome.question
    return question.document or f"question {question.id}"
