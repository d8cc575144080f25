"""Styles and list numbers of Word documents: what a paragraph is, and the mark before it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from xml.etree.ElementTree import Element  # the type only

from assistant.documents.xmltree import attribute, child, every
from assistant.schema import BlockKind

_MOST_STEPS = 20  # styles that rest on one another
_LEVELS = 9
_KINDS: tuple[tuple[re.Pattern[str], BlockKind], ...] = (
    (re.compile("(?:heading \\d|title)$"), "heading"),
    (
        re.compile("(?:toc (?:\\d|heading)|table of (?:figures|authorities)|index \\d)$"),
        "boilerplate",
    ),
    (re.compile("caption$"), "caption"),
)
_ALPHA = (
    "\u0623\u0628\u062a\u062b\u062c\u062d\u062e\u062f\u0630\u0631\u0632\u0633\u0634\u0635"
    "\u0636\u0637\u0638\u0639\u063a\u0641\u0642\u0643\u0644\u0645\u0646\u0647\u0648\u064a"
)
_ABJAD = (
    "\u0623\u0628\u062c\u062f\u0647\u0648\u0632\u062d\u0637\u064a\u0643\u0644\u0645\u0646"
    "\u0633\u0639\u0641\u0635\u0642\u0631\u0634\u062a\u062b\u062e\u0630\u0636\u0638\u063a"
)
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_PART = re.compile("%([1-9])")


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    base: str
    properties: Element | None


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    start: int


class Styles:
    """The paragraph styles of a document.

    Args:
        root: Its part of styles.
    """

    def __init__(self, root: Element) -> None:
        self._styles = {}
        for style in every(root, "style"):
            name, base = child(style, "name"), child(style, "basedOn")
            self._styles[attribute(style, "styleId")] = _Style(
                attribute(name, "val").lower() if name is not None else "",
                attribute(base, "val") if base is not None else "",
                child(style, "pPr"),
            )

    def kind(self, properties: Element | None) -> BlockKind:
        """Return what a paragraph is by its style and outline level; not whether it is an item.

        Args:
            properties: The paragraph's properties.
        """
        level = child(properties, "outlineLvl")
        if level is not None:
            return "heading" if attribute(level, "val") in "012345678" else "paragraph"
        for style in self._chain(properties):
            kind = next((kind for look, kind in _KINDS if look.match(style.name)), None)
            if kind is not None:
                return kind
            level = child(style.properties, "outlineLvl")
            if level is not None and attribute(level, "val") in "012345678":
                return "heading"
        return "paragraph"

    def numbering(self, properties: Element | None) -> tuple[str, int] | None:
        """Return the list that a paragraph belongs to, and its level there from 0.

        Args:
            properties: The paragraph's properties.
        """
        own = [properties] if properties is not None else []
        for source in [*own, *(s.properties for s in self._chain(properties))]:
            found = child(source, "numPr", "numId")
            if found is None:
                continue
            level = child(source, "numPr", "ilvl")
            number = attribute(level, "val") if level is not None else "0"
            depth = int(number) if number.isascii() and number.isdigit() else 0
            listed = attribute(found, "val")
            return (listed, min(depth, _LEVELS - 1)) if listed != "0" else None
        return None

    def _chain(self, properties: Element | None) -> list[_Style]:
        """Return a paragraph's style and those it rests on."""
        named = child(properties, "pStyle")
        name = attribute(named, "val") if named is not None else ""
        found: list[_Style] = []
        while name in self._styles and len(found) < _MOST_STEPS:
            found.append(self._styles[name])
            name = found[-1].base
        return found


class Numbering:
    """The lists of a document, counted as their items come.

    Args:
        root: Its part of lists.
    """

    def __init__(self, root: Element) -> None:
        abstract = {
            attribute(a, "abstractNumId"): [_level(level) for level in every(a, "lvl")]
            for a in every(root, "abstractNum")
        }
        self._of: dict[str, str] = {}
        for listed in every(root, "num"):
            named = child(listed, "abstractNumId")
            if named is not None:
                self._of[attribute(listed, "numId")] = attribute(named, "val")
        self._levels = abstract
        self._counts: defaultdict[str, list[int]] = defaultdict(lambda: [0] * _LEVELS)

    def mark(self, listed: str, depth: int) -> str:
        """Return the mark before the next item of a list, with a space behind it.

        Args:
            listed: The list's id.
            depth: The item's level, from 0.
        """
        kind = self._of.get(listed, "")
        levels = self._levels.get(kind, [])
        if depth >= len(levels) or levels[depth].form == "bullet":
            return "\u2022 "
        counts = self._counts[kind]
        counts[depth] += 1
        counts[depth + 1 :] = [0] * (_LEVELS - depth - 1)

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            if at >= len(levels):
                return ""
            return _written(levels[at].form, max(1, counts[at]) + levels[at].start - 1)

        mark = _PART.sub(number, levels[depth].text).strip()
        return f"{mark} " if mark else ""


def _level(level: Element) -> _Level:
    form, text, start = (child(level, name) for name in ("numFmt", "lvlText", "start"))
    first = attribute(start, "val") if start is not None else "1"
    return _Level(
        attribute(form, "val") if form is not None else "decimal",
        attribute(text, "val") if text is not None else "",
        int(first) if first.isascii() and first.isdigit() and len(first) < _LEVELS else 1,
    )


def _written(form: str, number: int) -> str:
    """Return a number as a list writes it."""
    letters = {"arabicAlpha": _ALPHA, "arabicAbjad": _ABJAD}.get(form, "")
    letters = _LATIN if form in ("lowerLetter", "upperLetter") else letters
    if letters:
        written = letters[(number - 1) % len(letters)] * ((number - 1) // len(letters) + 1)
    elif form in ("lowerRoman", "upperRoman") and 0 < number < 40:  # noqa: PLR2004  # larger are rare
        written = _roman(number)
    else:
        written = "" if form == "none" else str(number)
    return written.upper() if form.startswith("upper") else written


def _roman(number: int) -> str:
    written = ""
    for value, sign in _ROMAN:
        while number >= value:
            written, number = written + sign, number - value
    return written
