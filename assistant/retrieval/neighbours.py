"""The sentences beside a range of a document, as they are stored."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.errors import AssistantError
from assistant.library import Library
from assistant.schema import Block, Context, Document, Excerpt, Span
from assistant.sentences import passage_spans

# The furniture of a page: it interrupts the text, but nobody reads it there.
_PASSED_OVER = "boilerplate"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A document's sentences and blocks in reading order.

    Attributes:
        document: The document, with its text.
        sentences: Its sentences, ascending.
        blocks: Its blocks that are read, ascending.
    """

    document: Document
    sentences: Sequence[Span]
    blocks: Sequence[Block]

    def context(self, start: int, end: int, count: int) -> Context:
        """Return what stands around a range.

        Args:
            start: First code point of the range.
            end: One past its last code point.
            count: How many sentences on either side at most.
        """
        first = bisect_right(self.sentences, start, key=lambda s: s.end)
        last = bisect_left(self.sentences, end, lo=first, key=lambda s: s.start)
        inside = self.sentences[first:last] or [Span(start, end)]
        before = self._beside(list(reversed(self.sentences[:first])), inside[0], count)
        after = self._beside(self.sentences[last:], inside[-1], count)
        heading = self._heading(inside[0])
        return Context(
            document_id=self.document.id,
            version=self.document.version,
            heading=self._excerpt(heading) if heading else None,
            before=tuple(self._excerpt(span) for span in reversed(before)),
            after=tuple(self._excerpt(span) for span in after),
        )

    def _beside(self, candidates: Sequence[Span], span: Span, count: int) -> list[Span]:
        """Return the next sentences, up to where a block stands between them."""
        found: list[Span] = []
        at = self._block_of(span)
        for candidate in candidates[:count]:
            there = self._block_of(candidate)
            if abs(there - at) > 1:
                break
            found.append(candidate)
            at = there
        return found

    def _block_of(self, span: Span) -> int:
        return bisect_right(self.blocks, span.start, key=lambda b: b.start) - 1

    def _heading(self, span: Span) -> Span | None:
        for block in reversed(self.blocks[: max(0, self._block_of(span))]):
            if block.kind == "heading":
                return _trimmed(self.document.text, block)
        return None

    def _excerpt(self, span: Span) -> Excerpt:
        return Excerpt(self.document.text[span.start : span.end], *span)


def _trimmed(text: str, block: Block) -> Span | None:
    words = text[block.start : block.end]
    start = block.start + len(words) - len(words.lstrip())
    end = block.start + len(words.rstrip())
    return Span(start, end) if start < end else None


def surroundings(library: Library, document_id: str, version: str | None = None) -> Surroundings:
    """Return a document's sentences in reading order.

    Those that are stored; of a version before the newest, which is kept for citations only, those
    that the splitter finds.

    Args:
        library: The library.
        document_id: The document.
        version: One of its versions; the newest by default.

    Raises:
        LibraryError: This library never held it, or erased it.
    """
    document = library.document(document_id, version)
    stored = library.catalogue.passages(library.catalogue.passages_of(document_id))
    spans = [
        Span(sentence.start, sentence.end)
        for passage in stored.values()
        if passage.version == document.version
        for sentence in passage.sentences
    ]
    if not spans:
        found = passage_spans(document.text, document.blocks)
        spans = [span for passage in found for span in passage.sentences]
    blocks = [b for b in document.blocks if b.kind != _PASSED_OVER and b.start < b.end]
    return Surroundings(document, sorted(spans), blocks)


def context(
    library: Library, document_id: str, where: Span, version: str | None = None, sentences: int = 1
) -> Context:
    """Return the sentences before and after a range of a document.

    Args:
        library: The library.
        document_id: The document.
        where: The range, in code points of the document's text.
        version: The version that the range points into; the newest by default.
        sentences: How many on either side at most.

    Raises:
        AssistantError: The range does not lie in the text, or ``sentences`` has a wrong value.
        LibraryError: This library never held the document, or erased it.
    """
    if not isinstance(sentences, int) or sentences < 0:  # type: ignore[redundant-expr]  # programs that are not type-checked
        raise AssistantError(f"sentences={sentences!r} can't be used: ask for none or more.")
    around = surroundings(library, document_id, version)
    length = len(around.document.text)
    is_whole = isinstance(where.start, int) and isinstance(where.end, int)  # type: ignore[redundant-expr]  # as above
    if not (is_whole and 0 <= where.start < where.end <= length):
        raise AssistantError(
            f"The range {where.start}:{where.end} does not lie in document {document_id!r}, whose "
            f"text has {length} characters. Give the indices of a citation or hit."
        )
    return around.context(where.start, where.end, sentences)
