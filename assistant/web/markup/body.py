"""The words of an answer as HTML: paragraphs, each in one direction, with numbered markers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.language.scripts import Direction, direction, script_counts
from assistant.schema import Citation, CitationState, Segment, Support, doubt, marker
from assistant.strings import say
from assistant.web.markup.markers import encode
from assistant.web.markup.text import direction_or, escape, flow, hover, last_word

_LINE_BREAK = re.compile(r"(?<!\s)\s*\n\s*")


@dataclass(slots=True)
class _Paragraph:
    """Neighbouring pieces of an answer that run in one direction."""

    direction: Direction
    pieces: list[str] = field(default_factory=list)

    def html(self) -> str:
        language = "ar" if self.direction == "rtl" else "en"
        return f'<p dir="{self.direction}" lang="{language}">{"".join(self.pieces)}</p>'


@dataclass(frozen=True, slots=True)
class _Quote:
    """A source's words, beside the sentence that rests on them."""

    direction: Direction
    words: str

    def html(self) -> str:
        language = "ar" if self.direction == "rtl" else "en"
        words = flow(_LINE_BREAK.sub(" ", self.words))
        attributes = f'class="beside" dir="{self.direction}" lang="{language}"'
        return f"<blockquote {attributes}>{words}</blockquote>"


@dataclass(slots=True)
class _Body:
    """Paragraphs in the making.

    Attributes:
        own: The direction of the answer's own words.
        paragraphs: What is there so far.
        broken: The next piece begins a paragraph.
        spaced: The next piece has white space before it.
    """

    own: Direction
    paragraphs: list[_Paragraph | _Quote] = field(default_factory=list)
    broken: bool = True
    spaced: bool = False

    def gap(self, space: str) -> None:
        """Note the white space before the next piece."""
        self.broken = self.broken or "\n" in space
        self.spaced = self.spaced or bool(space)

    def direction_of(self, words: str, support: Support) -> Direction:
        """Return a piece's direction: that of most of its letters.

        A frame is the answer's own words around a document's title. It keeps the answer's
        direction however long the title is.
        """
        arabic, latin = script_counts(words)
        if support == "frame" and (arabic if self.own == "rtl" else latin):
            return self.own
        current = self.paragraphs[-1].direction if self.paragraphs else self.own
        return direction_or(words, current)

    def add(self, piece: str, runs: Direction) -> None:
        """Add a piece, in a paragraph of its own where the direction changes."""
        last = self.paragraphs[-1] if self.paragraphs else None
        if self.broken or not isinstance(last, _Paragraph) or last.direction != runs:
            last = _Paragraph(runs)
            self.paragraphs.append(last)
        elif self.spaced:
            last.pieces.append(" ")
        last.pieces.append(piece)
        self.broken = self.spaced = False


@dataclass(frozen=True, slots=True)
class _Cited:
    """The citations of an answer, and how their markers look."""

    citations: Sequence[Citation]
    states: Sequence[CitationState]
    language: str

    def marks(self, segment: Segment) -> str:
        return "".join(self._marker(citation) for citation in segment.citations)

    def _marker(self, citation: Citation) -> str:
        """Return a marker. A button is one object to the bidi algorithm, whatever is in it."""
        shown = marker(citation, self.citations)
        state = self._state(citation)
        quote = title = citation.cited_text
        number = shown.strip("[]")
        if state != "current":
            # Before the quote, which may be cut.
            told = say(f"conversation.{state}", self.language)
            number, title = f"{number} ({told})", f"{told}. {quote}"
        label = say("page.marker", self.language, {"number": number, "quote": quote})
        kind = "cite" if state == "current" else f"cite since {state}"
        return (
            f'<button type="button" class="{kind}" dir="{direction(quote)}"'
            f' data-cite="{escape(encode(citation))}"'
            f' title="{hover(title)}" aria-label="{hover(label)}">{shown}</button>'
        )

    def _state(self, citation: Citation) -> CitationState:
        return self.states[self.citations.index(citation)] if self.states else "current"


def body(
    segments: Sequence[Segment],
    citations: Sequence[Citation],
    answer_language: str,
    language: str,
    states: Sequence[CitationState] = (),
) -> str:
    """Return an answer's words.

    Args:
        segments: The answer piece by piece.
        citations: All its citations, in order of first use; they number the markers.
        answer_language: The language of its own words.
        language: Language of the interface.
        states: What the document of each citation is now; empty for an answer of this moment.

    Returns:
        An element with the direction of most of the answer's letters.
    """
    made = _Body("rtl" if answer_language == "ar" else "ltr")
    cited = _Cited(citations, states, language)
    for segment in segments:
        _add_segment(made, segment, cited)
    whole = direction_or("".join(s.text for s in segments), made.own)
    inner = "".join(p.html() for p in made.paragraphs)
    return f'<div class="body" dir="{whole}">{inner}</div>'


def _add_segment(made: _Body, segment: Segment, cited: _Cited) -> None:
    words = segment.text.strip()
    before, _, after = segment.text.partition(words) if words else (segment.text, "", "")
    made.gap(before)
    # A line break inside a quote is the document's own; the quote stays in one piece.
    lines = [words] if segment.support == "verbatim" else _LINE_BREAK.split(words)
    for number, line in enumerate(lines, start=1):
        runs = made.direction_of(line, segment.support)
        marks = cited.marks(segment) if number == len(lines) else ""
        if line or marks:
            made.add(_piece(line, marks, segment.support, runs), runs)
            if number == len(lines) and (words := doubt(segment)):
                made.add(_doubt(words), runs)
        made.broken = made.broken or number < len(lines)
    made.gap(after)
    for citation in segment.beside:
        made.paragraphs.append(_Quote(direction(citation.cited_text), citation.cited_text))
        made.broken = True


def _piece(words: str, marks: str, support: Support, runs: Direction) -> str:
    """Return a piece as an isolate: a Latin end can't then run into the Latin start of the next.

    The markers are tied to the last word, so that none of them begins a line.
    """
    cut = last_word(words) if marks else len(words)
    words_html = flow(words[:cut])
    if marks:
        words_html += f'<span class="kept">{flow(words[cut:])}{marks}</span>'
    return f'<bdi class="said {support}" dir="{runs}">{words_html}</bdi>'


def _doubt(words: str) -> str:
    """Return the words that go with what was not confirmed; they may break as any others."""
    return f' <span class="doubt" dir="{direction(words)}">{escape(words)}</span>'
