"""Styles of OpenDocument texts: what a paragraph is, what is hidden, how lists count."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element  # the type only

from assistant.documents.xmltree import attribute, child, every, local
from assistant.schema import BlockKind

_MOST_STEPS = 20  # styles that rest on one another
_KINDS: dict[str, BlockKind] = {"Title": "heading", "Heading": "heading", "Caption": "caption"}


@dataclass(frozen=True, slots=True)
class _Style:
    parent: str
    is_hidden: bool
    is_heading: bool


class OpenStyles:
    """The styles of a document.

    Args:
        roots: The parts that hold styles.
    """

    def __init__(self, *roots: Element) -> None:
        self._styles: dict[str, _Style] = {}
        self._lists: dict[str, dict[int, int | None]] = {}
        for root in roots:
            for style in every(root, "style"):
                look = child(style, "text-properties")
                self._styles[attribute(style, "name")] = _Style(
                    attribute(style, "parent-style-name"),
                    look is not None and attribute(look, "display") == "none",
                    attribute(style, "default-outline-level").isdigit(),
                )
            for listed in every(root, "list-style"):
                self._lists[attribute(listed, "name")] = dict(map(_level, listed))

    def kind(self, name: str) -> BlockKind:
        """Return what a paragraph of a style is."""
        for _ in range(_MOST_STEPS):
            if name in _KINDS:
                return _KINDS[name]
            style = self._styles.get(name)
            if style is None:
                break
            if style.is_heading:
                return "heading"
            name = style.parent
        return "paragraph"

    def is_hidden(self, name: str) -> bool:
        """Return whether what has a style is hidden."""
        style = self._styles.get(name)
        return style is not None and style.is_hidden

    def first_number(self, name: str, level: int) -> int | None:
        """Return the first number of a list; None for one with bullets.

        Args:
            name: The list's style.
            level: Its level, from 1.
        """
        return self._lists.get(name, {}).get(level)


def _level(element: Element) -> tuple[int, int | None]:
    """Return the level that an element describes, and its first number if it has numbers."""
    level, start = attribute(element, "level"), attribute(element, "start-value") or "1"
    is_numbered = local(element) == "list-level-style-number" and attribute(element, "num-format")
    first = int(start) if start.isascii() and start.isdigit() and len(start) < 9 else 1  # noqa: PLR2004  # no list is longer
    return (
        int(level) if level.isascii() and level.isdigit() else 0
    ), first if is_numbered else None
