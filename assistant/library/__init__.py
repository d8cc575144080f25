"""What is stored, and nothing else: the catalogue, and two indexes over it."""

from assistant.library.records import (
    Changes,
    DocumentWrite,
    Passage,
    SourceRecord,
    StoredSentence,
)
from assistant.library.store import EMBEDDING, Library
from assistant.library.terms import SATURATION, AnyOf, Field, WeightedTerm

__all__ = [
    "EMBEDDING",
    "SATURATION",
    "AnyOf",
    "Changes",
    "DocumentWrite",
    "Field",
    "Library",
    "Passage",
    "SourceRecord",
    "StoredSentence",
    "WeightedTerm",
]
