"""A process that draws pages for another one: ``python -m assistant.ingestion.picture_worker``."""

from __future__ import annotations

from assistant.ingestion.drawing import draw
from assistant.ingestion.serving import serve_on_standard_streams

if __name__ == "__main__":
    serve_on_standard_streams(draw)
