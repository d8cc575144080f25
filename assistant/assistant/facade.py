"""The facade: one class for everything that a program or a page asks of Sanad."""

from __future__ import annotations

from assistant.assistant.asking import Asking
from assistant.assistant.reading import Reading


class Assistant(Reading, Asking):
    """Answers questions about the documents of a library, with exact citations.

    Any number of threads may use one assistant; one process at a time may write a library.

    Args:
        library: The library's folder; made if it is not there.
        settings: All other settings; read from the environment and ``.env`` by default.
        read_only: Never write. Works beside a process that does.
        to_rebuild: Open it even if another embedding indexed it, and nothing works but `rebuild`.

    Raises:
        LibraryError: Another process is writing to the library (LibraryLocked), it can't be read
            (LibraryDamaged), or the folder can't be used.
        EmbeddingMismatch: The library was indexed with another embedding.
        ModelError: A model that the settings name can't be used.
        PromptError, SettingsError: A prompt is missing or wrong, or a setting can't be used.
    """
