"""The built-in bilingual tables, memory-mapped and loaded when first needed."""

from assistant.lexicon.frequencies import passage_rate
from assistant.lexicon.gloss import gloss
from assistant.lexicon.places import is_place
from assistant.lexicon.tables import knows
from assistant.lexicon.translation import related, translated_by, translations
from assistant.lexicon.transliteration import name_vectors, spellings
from assistant.lexicon.vectors import (
    checksum,
    dimensions,
    normalised,
    stem_vectors,
    text_vector,
    text_vectors,
)

__all__ = [
    "checksum",
    "dimensions",
    "gloss",
    "is_place",
    "knows",
    "name_vectors",
    "normalised",
    "passage_rate",
    "related",
    "spellings",
    "stem_vectors",
    "text_vector",
    "text_vectors",
    "translated_by",
    "translations",
]
