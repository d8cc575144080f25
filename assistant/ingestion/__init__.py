"""The reading road: files and folders into the library."""

from assistant.ingestion.embedding import embed_passages, reembed
from assistant.ingestion.intake import Intake

__all__ = ["Intake", "embed_passages", "reembed"]
