"""A model's draft, taken apart into sentences while it is being written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Protocol

from assistant.answering.markup import without_label, without_markup
from assistant.citations import parse_markers
from assistant.language.visible import visible
from assistant.sentences import sentence_spans

SENTINEL = "NOT_IN_DOCUMENTS"
# Weak models write it with blanks, dashes or emphasis, behind a number or a marker.
_SENTINEL = re.compile(r"[\W\d]*NOT[\W_]{1,3}IN[\W_]{1,3}DOCUMENTS?\b", re.IGNORECASE)
_WORD_OF_MARKER = r"(?:(?:[Ss]ources?|[Rr]efs?|المصادر|المصدر)[:. ]{0,3})?"
_IDS = r"\d\s,;^#sS\u060c\u061b\u2010-\u2014\u2020-"
_MARKER = rf"[\[\u3010\uff3b]{{1,2}}{_WORD_OF_MARKER}[{_IDS}]{{1,60}}[\]\u3011\uff3d]{{1,2}}"
_END = "[.!?\u061f\u06d4\u2026]"
_CLOSERS = "[\"'\u201d\u2019\u00bb)*_]"
# A marker and an end mark in either order: nothing of the sentence can follow.
_ENDED = re.compile(
    rf"(?:{_MARKER}\s?{_CLOSERS}*{_END}+|(?P<mark>{_END}){_CLOSERS}*\s?{_MARKER}){_CLOSERS}*"
)
# What may still come of a sentence that was taken for complete.
_LATE = re.compile(rf"(?:{_END}|{_CLOSERS})*")
_MARKERS_FIRST = re.compile(rf"\s*(?:{_MARKER}\s*)+{_END}?")
_MAY_BE_MARKER = re.compile(r"\s*[\[\u3010\uff3b][^\]\u3011\uff3d]{0,60}")
_BULLET = re.compile(r"^\s*(?:[-*+\u2022\u2013\u25cf]|[0-9\u0660-\u0669]{1,2}[.)-])\s+")
_HEADING = re.compile(r"^\s*#{1,6}\s")
_LIST_OF_SOURCES = re.compile(
    r"\W*(?:(?:source|reference)s?(?: list)?|citations|bibliography|footnotes|notes"
    r"|(?:ال)?(?:مصادر|مراجع|هوامش))\W*",
    re.IGNORECASE,
)
_LED_BY_MARKER = re.compile(rf"\s*{_MARKER}")
_BEGINNING = " :;,.-\u2013\u2014\u060c"
_WORD = re.compile(r"\w")
_NEXT = " 5"  # begins a sentence behind a full stop, and none behind an abbreviation
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
    the next one has begun. A list of sources at the end is no part of the answer. Closing this
    generator closes the pieces.

    Args:
        pieces: What the model writes, piece by piece.

    Yields:
        The sentences; headings and lines without a word are left out.
    """
    reader = _Reader()
    with closing(pieces):
        for piece in pieces:
            yield from reader.feed(visible(piece))
            if reader.is_over:
                return
    yield from reader.end()


class _Reader:
    """Holds what has come and is no whole sentence yet.

    Attributes:
        is_over: Whether a list of sources has begun.
    """

    def __init__(self) -> None:
        self.is_over = False
        self._rest = ""
        self._begins_line = True
        self._has_begun = False
        self._is_behind_marker = False

    def feed(self, piece: str) -> Iterator[Draft]:
        self._rest += piece
        self._drop_late()
        while not self.is_over and (end := self._complete()) is not None:
            words, self._rest = self._rest[:end], self._rest[end:]
            self._is_behind_marker = not words.endswith("\n")
            self._drop_late()
            yield from self._drafted(words)

    def _drop_late(self) -> None:
        """Drop what still belongs to a sentence that was yielded."""
        if self._is_behind_marker and self._rest:
            late = _LATE.match(self._rest)
            self._rest = self._rest[late.end() if late else 0 :]
            self._is_behind_marker = not self._rest

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
        if found := next(filter(_is_end, _ENDED.finditer(line)), None):
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
        line = without_label(words) if begins else words
        if _SENTINEL.match(line):
            yield Draft(SENTINEL, (), is_refusal=True)
            return
        if begins and self._has_begun and _LIST_OF_SOURCES.fullmatch(line):
            self.is_over = True
            return
        item = _BULLET.match(line) if begins else None
        heading = _HEADING.match(line)
        start = max(found.end() if found else 0 for found in (item, heading))
        marked = parse_markers(without_markup(line[start:]))
        text = " ".join(marked.text.split())
        if _LED_BY_MARKER.match(line[start:]):
            text = text.lstrip(_BEGINNING)
        if _WORD.search(text) and not (heading and not marked.numbers):
            self._has_begun = True
            yield Draft(text, marked.numbers, is_item=item is not None, begins_line=begins)


def _is_end(found: re.Match[str]) -> bool:
    """Return whether a sentence ends here: a full stop before a marker may be an abbreviation's."""
    if found["mark"] != ".":
        return True
    return len(sentence_spans(found.string[: found.end("mark")] + _NEXT)) > len(
        sentence_spans(found.string[: found.start("mark")] + _NEXT)
    )


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
