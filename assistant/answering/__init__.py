"""From evidence to an answer, by quotation or by a model."""

from assistant.answering.answerer import Answerer, answering, finished
from assistant.answering.building import build_answerer
from assistant.answering.extractive import ExtractiveAnswerer
from assistant.answering.starters import chosen_starters

__all__ = [
    "Answerer",
    "ExtractiveAnswerer",
    "answering",
    "build_answerer",
    "chosen_starters",
    "finished",
]
