"""Text of documents and people as HTML: escaped, nothing lost, and in the right order.

The browser's bidirectional algorithm orders most mixed text well. It fails for numbers joined
by a dash inside Arabic (``2024-06-30`` would show as ``30-06-2024``), for signs, addresses and
names like ``C++``; these are isolated. The isolation is an element, so that the characters that
can be selected and copied stay exactly the document's.
"""

from __future__ import annotations

import html
import re

from assistant.language.scripts import Direction, direction, script_counts

_DASH = "[-\u2010-\u2015\u2212]"
_NUMBER = r"[0-9]+(?:[.,:/][0-9]+)*"
_ISOLATED = re.compile(
    rf"""
    (?P<address> \b(?:https?://|www\.)[!-~]*[A-Za-z0-9/=\#] )
  | (?P<range>   (?<![\w.,/:+-]) {_NUMBER} (?:{_DASH}{_NUMBER})+ (?!\w) )
  | (?P<phone>   (?<!\w) \+[0-9][0-9\ ()-]{{5,}}[0-9] )
  | (?P<signed>  (?<![\w.,/:%)\]+-]) [+\u2212-]{_NUMBER} )
  | (?P<name>    (?<!\w) [A-Za-z][A-Za-z0-9]*(?:\+\+|\#) )
    """,
    re.VERBOSE,
)
_LAST_WORD = re.compile(r"(?<!\S)\S+\Z")
_LONGEST_TIED = 30
_PATH_MARKS = re.compile(r"([/\\]|\.(?=[A-Za-z0-9]+\Z))")
_SPACES = re.compile(r"\s+")
_TITLE_LENGTH = 300


def escape(text: str) -> str:
    """Return text as HTML that shows exactly these characters, in element or attribute.

    A carriage return is written as a reference: parsers turn a raw one into a line feed.
    """
    return html.escape(text).replace("\r", "&#13;")


def flow(text: str) -> str:
    """Return text as HTML with everything isolated that would come out in the wrong order."""
    parts: list[str] = []
    position = 0
    for found in _ISOLATED.finditer(text):
        parts.append(escape(text[position : found.start()]))
        kept = "" if found.group("address") else ' class="number"'
        parts.append(f'<bdi dir="ltr"{kept}>{escape(found.group())}</bdi>')
        position = found.end()
    parts.append(escape(text[position:]))
    return "".join(parts)


def last_word(text: str) -> int:
    """Return where the last word begins that must not be parted from what follows it.

    What is isolated counts as one word. Of an endless word nothing is tied.
    """
    word = _LAST_WORD.search(text)
    start = word.start() if word else len(text)
    for found in _ISOLATED.finditer(text):
        if found.start() < start < found.end():
            start = found.start()
    return start if len(text) - start <= _LONGEST_TIED else len(text)


def direction_or(text: str, otherwise: Direction) -> Direction:
    """Return the direction of most letters, or the given one where neither script has more."""
    arabic, latin = script_counts(text)
    return direction(text) if arabic != latin else otherwise


def own_direction(text: str) -> Direction:
    """Return the direction of most letters; at a tie that of the first one."""
    arabic, latin = script_counts(text)
    if arabic != latin or not arabic:
        return direction(text)
    return next(direction(c) for c in text if any(script_counts(c)))


def hover(text: str) -> str:
    """Return text for a ``title`` attribute: escaped, on one line, not endless."""
    line = _SPACES.sub(" ", text).strip()
    if len(line) > _TITLE_LENGTH:
        line = line[:_TITLE_LENGTH].rstrip() + "…"
    return escape(line)


def isolated(text: str) -> str:
    """Return text as an isolated inline element with its own direction."""
    return f'<bdi dir="{own_direction(text)}">{flow(text)}</bdi>'


def path(source: str) -> str:
    """Return a path or name as HTML: its parts in the order of the path, whatever their script."""
    parts = (part for part in _PATH_MARKS.split(source) if part)
    shown = (p if p in "/\\." else f"<wbr><bdi>{escape(p)}</bdi>" for p in parts)
    return f'<bdi dir="ltr" class="path">{"".join(shown)}</bdi>'
