"""Spans of the untouched text: sentences, then passages made of whole sentences."""

from assistant.sentences.passages import PASSAGE_CHARACTERS, passage_spans
from assistant.sentences.splitter import sentence_spans

__all__ = ["PASSAGE_CHARACTERS", "passage_spans", "sentence_spans"]
