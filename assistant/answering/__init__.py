"""From evidence to an answer, by quotation or by a model."""

from assistant.answering.answerer import Answerer, finished
from assistant.answering.extractive import ExtractiveAnswerer

__all__ = ["Answerer", "ExtractiveAnswerer", "finished"]
