"""From the lines of pages to the pieces of a document's text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.documents.pdf.blocks import Piece
from assistant.documents.pdf.brackets import set_right
from assistant.documents.pdf.kashidas import drop_kashidas
from assistant.documents.pdf.pages import Pages
from assistant.documents.pdf.paragraphs import Paragraph, paragraphs_of
from assistant.documents.pdf.running import split_running
from assistant.documents.pdf.wording import Worded, worded

# Programs that put each word of a line in order by itself.
_BY_WORD = ("xdvipdfmx", "xetex")


@dataclass(frozen=True, slots=True)
class Found:
    """A piece of the text with the lines that it was made of.

    Attributes:
        paragraph: Its lines.
        worded: Its text.
        is_running: Whether it runs through the pages: a head, a foot, a page number.
    """

    paragraph: Paragraph
    worded: Worded
    is_running: bool = False

    @property
    def piece(self) -> Piece:
        """The piece without its lines."""
        lines, size = self.paragraph.lines, 0.0 if self.is_running else self.paragraph.size
        return Piece(self.worded.text, lines[0].page, lines[-1].page, size, self.is_running)


def pieces_of(pages: Pages, facts: Mapping[str, str], *, parts_running: bool = True) -> list[Found]:
    """Return the pieces of a document: its paragraphs, then what runs through its pages.

    Args:
        pages: Its pages; their lines are changed in place.
        facts: What its properties say.
        parts_running: Whether heads, feet and page numbers are looked for.
    """
    maker = f"{facts.get('Producer', '')} {facts.get('Creator', '')}".lower()
    by_word = any(mark in maker for mark in _BY_WORD)
    lines = [line for page in pages.lines for line in page]
    set_right(lines, rtl=pages.rtl)
    drop_kashidas(lines)
    kept, running = split_running(pages.lines) if parts_running else (pages.lines, [])
    found = [Found(p, worded(p, by_word=by_word)) for p in paragraphs_of(kept)]
    for line in running:
        paragraph = Paragraph((line,), pages.rtl)
        found.append(Found(paragraph, worded(paragraph, by_word=by_word), is_running=True))
    return found
