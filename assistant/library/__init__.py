"""What is stored, and nothing else: the catalogue, and two indexes over it."""

from assistant.library.archive import write_archive
from assistant.library.brought import BROUGHT, MARK, REMOVED, brought_folder, erase_brought
from assistant.library.comparing import IndexState, compare_indexes
from assistant.library.conversations import Conversations
from assistant.library.dense import EMBEDDING
from assistant.library.examining import LibraryState, chroma_version, library_state
from assistant.library.inspecting import Finding, inspect_catalogue
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
from assistant.library.remains import copies_holding
from assistant.library.restoring import Restored, import_library, restore_library
from assistant.library.store import Library
from assistant.library.stored import stored_embedding, stored_text
from assistant.library.term_queries import SATURATION, AnyOf, Field, WeightedTerm

__all__ = [
    "BROUGHT",
    "EMBEDDING",
    "MARK",
    "REMOVED",
    "SATURATION",
    "AnyOf",
    "Changes",
    "Conversations",
    "Correction",
    "DocumentWrite",
    "Field",
    "Finding",
    "IndexState",
    "Library",
    "LibraryState",
    "MovedSource",
    "Part",
    "Passage",
    "PassageTerms",
    "Restored",
    "SourceRecord",
    "StoredSentence",
    "WeightedTerm",
    "brought_folder",
    "chroma_version",
    "compare_indexes",
    "copies_holding",
    "erase_brought",
    "import_library",
    "inspect_catalogue",
    "library_state",
    "passage_terms",
    "restore_library",
    "stored_embedding",
    "stored_text",
    "write_archive",
]
