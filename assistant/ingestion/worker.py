"""A process that reads files for another one: ``python -m assistant.ingestion.worker``."""

from __future__ import annotations

from pathlib import Path

from assistant.documents import ReadingOptions
from assistant.ingestion.prepared import Prepared, prepare_file
from assistant.ingestion.serving import serve_on_standard_streams
from assistant.models import BUILTIN, load_embeddings


def main() -> None:
    """Read files; a task is a path, bytes, the file's name, whether to make vectors, and how."""
    embeddings = load_embeddings(BUILTIN)

    def read(task: tuple[Path, bytes, str, bool, ReadingOptions]) -> Prepared:
        path, data, source, with_vectors, options = task
        return prepare_file(path, data, source, embeddings if with_vectors else None, options)

    serve_on_standard_streams(read)


if __name__ == "__main__":
    main()
