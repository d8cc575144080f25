"""Heads, feet and page numbers: what stands at one height at the edge of many pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.documents.pdf.line import Line

_DIGITS = re.compile("\\d+")
_EDGE_LINES = 3  # at the top and at the bottom
_LEAST_PAGES = 2
_SHARE = 0.3
_HEIGHT_STEP = 4.0


def split_running(pages: Sequence[Sequence[Line]]) -> tuple[list[list[Line]], list[Line]]:
    """Part the text of pages from what runs through them.

    Args:
        pages: The lines of each page, in reading order.

    Returns:
        The lines of each page without heads, feet and page numbers, and these, each once (the same
        text with another number is the same).
    """
    counts: Counter[tuple[str, int]] = Counter()
    for page in pages:
        counts.update({key for line in _edges(page) for key in _keys(line)})
    least = max(_LEAST_PAGES, _SHARE * len(pages))
    kept: list[list[Line]] = []
    running: dict[str, Line] = {}
    for page in pages:
        edges = {id(line) for line in _edges(page)}
        text = []
        for line in page:
            keys = _keys(line)
            if id(line) in edges and max(counts[key] for key in keys) >= least:
                running.setdefault(keys[0][0], line)
            else:
                text.append(line)
        kept.append(text)
    return kept, list(running.values())


def _edges(page: Sequence[Line]) -> list[Line]:
    by_height = sorted(page, key=lambda line: line.baseline)
    return [*by_height[:_EDGE_LINES], *by_height[-_EDGE_LINES:]]


def _keys(line: Line) -> list[tuple[str, int]]:
    """Return what a line is known by: its text without numbers, and its height in two grids."""
    text = _DIGITS.sub("#", "".join(line.texts))
    step = line.baseline / _HEIGHT_STEP
    return [(text, int(step) * 2), (text, int(step + 0.5) * 2 + 1)]
