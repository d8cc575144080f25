"""The built-in bilingual tables, memory-mapped and loaded when first needed."""

from assistant.lexicon.frequencies import passage_rate
from assistant.lexicon.gloss import gloss

__all__ = ["gloss", "passage_rate"]
