"""From a question to the passages and sentences that may answer it."""

from assistant.retrieval.fusion import dense_weights
from assistant.retrieval.highlighting import highlights
from assistant.retrieval.neighbours import context
from assistant.retrieval.query import Query, analyse
from assistant.retrieval.ranking import RankedSentence
from assistant.retrieval.retriever import Evidence, Retriever, passage_hit, sentence_hit

__all__ = [
    "Evidence",
    "Query",
    "RankedSentence",
    "Retriever",
    "analyse",
    "context",
    "dense_weights",
    "highlights",
    "passage_hit",
    "sentence_hit",
]
