"""What leaves the page names an upload by its name alone, never by the folder that it lies in.

Where several people have brought the same file it is one document, and its source may lie in the
folder of any of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TypeVar

from assistant.schema import Answer, Citation, Hit
from assistant.web.uploads import owner_of

_Found = TypeVar("_Found", Citation, Hit)


def shown_name(library: Path, source: str) -> str:
    """Return a source as it is shown: the path of a shared file, the name of an upload.

    Args:
        library: The library's folder.
        source: The source.
    """
    return source if owner_of(library, source) is None else PurePath(source).name


def masked(answer: Answer, name: Callable[[str], str]) -> Answer:
    """Return an answer whose citations and hits name their sources as they are shown.

    Args:
        answer: The answer.
        name: Gives a source as it is shown.
    """

    def of(found: _Found) -> _Found:
        return replace(found, source=name(found.source))

    sources = [c.source for c in answer.citations] + [h.source for h in answer.hits]
    if all(name(source) == source for source in sources):
        return answer
    segments = tuple(replace(s, citations=tuple(map(of, s.citations))) for s in answer.segments)
    return replace(
        answer,
        segments=segments,
        citations=tuple(map(of, answer.citations)),
        hits=tuple(map(of, answer.hits)),
    )
