"""The reading road: files and folders into the library."""

from assistant.ingestion.comparing import ComparedFiles, compare_files
from assistant.ingestion.correcting import correct_document
from assistant.ingestion.embedding import VectorKeeper
from assistant.ingestion.intake import Intake
from assistant.ingestion.originals import source_state
from assistant.ingestion.pictures import Pictures
from assistant.ingestion.removal import remove_document, restore_document
from assistant.ingestion.states import with_states
from assistant.ingestion.watching import Watcher

__all__ = [
    "ComparedFiles",
    "Intake",
    "Pictures",
    "VectorKeeper",
    "Watcher",
    "compare_files",
    "correct_document",
    "remove_document",
    "restore_document",
    "source_state",
    "with_states",
]
