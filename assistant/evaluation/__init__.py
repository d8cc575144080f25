"""Scores a library on questions whose answers are known; `evaluate` does all of it."""

from assistant.evaluation.judging import Judge, Outcome
from assistant.evaluation.questions import Place, Question, count_copies, load_questions
from assistant.evaluation.recipe import recipe
from assistant.evaluation.running import ask_all, ask_without, evaluate, temporary_library
from assistant.evaluation.scoring import MEASURES, Report, Scores, summarise
from assistant.evaluation.statistics import (
    RESAMPLES,
    Resampling,
    Score,
    area_under_curve,
)

__all__ = [
    "MEASURES",
    "RESAMPLES",
    "Judge",
    "Outcome",
    "Place",
    "Question",
    "Report",
    "Resampling",
    "Score",
    "Scores",
    "area_under_curve",
    "ask_all",
    "ask_without",
    "count_copies",
    "evaluate",
    "load_questions",
    "recipe",
    "summarise",
    "temporary_library",
]
