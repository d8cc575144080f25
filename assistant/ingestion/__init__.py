"""The reading road: files and folders into the library."""

from assistant.ingestion.embedding import match_embeddings
from assistant.ingestion.intake import Intake
from assistant.ingestion.removal import remove_document

__all__ = ["Intake", "match_embeddings", "remove_document"]
