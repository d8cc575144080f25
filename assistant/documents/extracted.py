"""What a reader gets out of a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.schema import Block


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file and what the file says of itself.

    Attributes:
        text: The text to store.
        blocks: Its blocks, in order, not overlapping.
        title: The file's own title, empty if it has none.
        date: The file's own date.
        quality: How well the text could be read, 0 to 1.
        metadata: Further facts.
    """

    text: str
    blocks: tuple[Block, ...]
    title: str = ""
    date: dt.date | None = None
    quality: float = 1.0
    metadata: Mapping[str, str] = field(default_factory=dict)
