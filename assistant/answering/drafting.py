"""A model's draft, taken apart into sentences while it is being written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Protocol

from assistant.citations import parse_markers
from assistant.sentences import sentence_spans

SENTINEL = "NOT_IN_DOCUMENTS"
# Weak models write it with blanks, dashes or emphasis.
_SENTINEL = re.compile(r"\W*NOT[ _-]IN[ _-]DOCUMENTS?\b", re.IGNORECASE)
_MARKER = r"[\[\u3010\uff3b][\d\s,;^#sS\u060c\u061b\u2010-\u2014\u2020-]{1,60}[\]\u3011\uff3d]"
_END = "[.!?\u061f\u06d4\u2026]"
_CLOSERS = "[\"'\u201d\u2019\u00bb)*_]"
# A marker and an end mark in either order: nothing of the sentence can follow.
_ENDED = re.compile(rf"(?:{_MARKER}\s?{_CLOSERS}*{_END}+|{_END}{_CLOSERS}*\s?{_MARKER}){_CLOSERS}*")
_MARKERS_FIRST = re.compile(rf"\s*(?:{_MARKER}\s*)+{_END}?")
_MAY_BE_MARKER = re.compile(r"\s*[\[\u3010\uff3b][^\]\u3011\uff3d]{0,60}")
_BULLET = re.compile(r"^\s*(?:[-*+\u2022\u2013\u25cf]|[0-9\u0660-\u0669]{1,2}[.)-])\s+")
_HEADING = re.compile(r"^\s*#{1,6}\s")
_EMPHASIS = re.compile(r"\*{1,3}|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|`+")
_WORD = re.compile(r"\w")
_LONGEST = 4000  # characters without any end; what writes on is no answer


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence as a model wrote it.

    Attributes:
        text: Its words, without markers and emphasis.
        numbers: The ids of sources that it named, in order; they need not exist.
        is_item: Whether it begins an item of a list.
        begins_line: Whether it begins a line.
        is_refusal: Whether it is the one sign for "the documents do not say".
    """

    text: str
    numbers: tuple[int, ...]
    is_item: bool = False
    begins_line: bool = False
    is_refusal: bool = False


class _Pieces(Protocol):
    def __iter__(self) -> Iterator[str]: ...
    def close(self) -> None: ...


def drafts(pieces: _Pieces) -> Iterator[Draft]:
    """Yield the sentences of a draft, each as soon as it is complete.

    A sentence is complete when its marker and its end mark are there, at a line's end, or when
    the next one has begun. Closing this generator closes the pieces.

    Args:
        pieces: What the model writes, piece by piece.

    Yields:
        The sentences; headings and lines without a word are left out.
    """
    reader = _Reader()
    with closing(pieces):
        for piece in pieces:
            yield from reader.feed(piece)
    yield from reader.end()


class _Reader:
    """Holds what has come and is no whole sentence yet."""

    def __init__(self) -> None:
        self._rest = ""
        self._begins_line = True

    def feed(self, piece: str) -> Iterator[Draft]:
        self._rest += piece
        while (end := self._complete()) is not None:
            words, self._rest = self._rest[:end], self._rest[end:]
            yield from self._drafted(words)

    def end(self) -> Iterator[Draft]:
        for line in self._rest.splitlines() or [self._rest]:
            spans = sentence_spans(line)
            for start, stop in _joined(line, spans):
                yield from self._drafted(line[start:stop])
            self._begins_line = True
        self._rest = ""

    def _complete(self) -> int | None:
        """Return where the first complete sentence ends, with the line's end behind it."""
        line, mark, _ = self._rest.partition("\n")
        if found := _ENDED.search(line):
            # Further markers may follow in the same breath, but they have to be there already.
            more = _MARKERS_FIRST.match(line, found.end())
            return more.end() if more else found.end()
        spans = _joined(line, sentence_spans(line))
        # Behind the next sentence there may still be this one's marker.
        if len(spans) > 1 and (mark or not _MAY_BE_MARKER.fullmatch(line, spans[1][0])):
            return spans[0][1]
        if mark:
            return len(line) + 1
        return len(line) if len(line) > _LONGEST else None

    def _drafted(self, words: str) -> Iterator[Draft]:
        ends_line = words.endswith("\n")
        begins, self._begins_line = (
            self._begins_line,
            ends_line or (self._begins_line and not _WORD.search(words)),
        )
        if _SENTINEL.match(words):
            yield Draft(SENTINEL, (), is_refusal=True)
            return
        if _HEADING.match(words):
            return
        item = _BULLET.match(words) if begins else None
        marked = parse_markers(_EMPHASIS.sub("", words[item.end() :] if item else words))
        text = " ".join(marked.text.split())
        if _WORD.search(text):
            yield Draft(text, marked.numbers, is_item=item is not None, begins_line=begins)


def _joined(line: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return sentences with the markers that follow each; a bullet alone is no sentence."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        words = line[start:end]
        more = _MARKERS_FIRST.match(words)
        if joined and more:
            joined[-1] = joined[-1][0], start + more.end()
            start += more.end()  # noqa: PLW2901  # what is left of the span
            if not line[start:end].strip():
                continue
        if joined and _BULLET.fullmatch(line[joined[-1][0] : joined[-1][1]] + " "):
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    return joined
