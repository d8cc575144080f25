"""The built-in bilingual tables, memory-mapped and loaded when first needed."""

from assistant.lexicon.frequencies import passage_rate

__all__ = ["passage_rate"]
