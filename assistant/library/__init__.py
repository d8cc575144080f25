"""What is stored, and nothing else: the catalogue, and two indexes over it."""

from assistant.library.conversations import Conversations
from assistant.library.dense import EMBEDDING
from assistant.library.examining import LibraryState, chroma_version, library_state
from assistant.library.parts import Part
from assistant.library.passage_terms import PassageTerms, passage_terms
from assistant.library.records import (
    Changes,
    Correction,
    DocumentWrite,
    MovedSource,
    Passage,
    SourceRecord,
    StoredSentence,
)
from assistant.library.store import Library
from assistant.library.stored import stored_embedding, stored_text
from assistant.library.term_queries import SATURATION, AnyOf, Field, WeightedTerm

__all__ = [
    "EMBEDDING",
    "SATURATION",
    "AnyOf",
    "Changes",
    "Conversations",
    "Correction",
    "DocumentWrite",
    "Field",
    "Library",
    "LibraryState",
    "MovedSource",
    "Part",
    "Passage",
    "PassageTerms",
    "SourceRecord",
    "StoredSentence",
    "WeightedTerm",
    "chroma_version",
    "library_state",
    "passage_terms",
    "stored_embedding",
    "stored_text",
]
