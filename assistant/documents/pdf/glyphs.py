"""The letters of a page with their places, in the order in which the file draws them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from assistant.documents.pdf.characters import SPACE, bidi_class, cleaned
from assistant.documents.pdf.glyph import Glyph
from assistant.documents.pdf.mapped import MappedReader
from assistant.documents.pdf.native import FORM_OBJECT, IMAGE_OBJECT, TEXT_OBJECT, Native
from assistant.documents.pdf.straight import straighten

_NOTHING = 0.01  # points: narrower is no space that was meant
_LEAST_SPACE = 0.15  # of the letter's size
_DEEPEST_FORM = 8


@dataclass(slots=True)
class PageGlyphs:
    """What a page holds.

    Attributes:
        glyphs: Its letters in the order of drawing.
        images: The share of the page that pictures cover, roughly.
        unknown: How many letters have no character.
    """

    glyphs: list[Glyph] = field(default_factory=list)
    images: float = 0.0
    unknown: int = 0


@dataclass(slots=True)
class _Span:
    """Objects for which one text stands, if they have one; whether they are marked as reversed."""

    text: str | None
    is_reversed: bool = False
    parts: list[tuple[float, float, float, float, int]] = field(default_factory=list)


class PageReader:
    """Reads the letters of one page.

    Args:
        native: PDFium's functions.
        page: Handle of the page.
        text_page: Handle of its text.
        area: The page's size in square points.
    """

    def __init__(self, native: Native, page: int, text_page: int, area: float) -> None:
        self._native = native
        self._page = page
        self._text_page = text_page
        self._area = max(area, 1.0)
        self._orders: dict[int, int] = {}
        self._in_forms: set[int] = set()
        self._spans: dict[int, _Span] = {}
        self._marks: dict[int, _Span] = {}
        self._reversed: set[int] = set()
        self._result = PageGlyphs()

    def read(self) -> PageGlyphs:
        """Return what the page holds."""
        self._objects()
        glyphs = list(self._of_spans())
        mapped = MappedReader(
            self._native, self._text_page, self._orders, self._spans, self._reversed
        )
        glyphs += mapped.read()
        glyphs += self._spaces(mapped.starts)
        glyphs.sort(key=lambda glyph: glyph.order)
        straighten(glyphs)
        for glyph in glyphs:
            if glyph.is_given:
                glyph.kind = bidi_class(glyph.text)
        self._result.glyphs = glyphs
        self._result.unknown = mapped.unknown
        return self._result

    def _objects(self) -> None:
        native, page = self._native, self._page
        for index in range(native.count_objects(page)):
            handle = native.object(page, index)
            if handle:
                self._object(handle, 0)

    def _object(self, handle: int, depth: int) -> None:
        native = self._native
        kind = native.type(handle)
        if kind == TEXT_OBJECT:
            order = len(self._orders)
            self._orders[handle] = order
            if depth:
                self._in_forms.add(handle)
            count = native.count_marks(handle) if not depth else 0
            if count:
                self._note_marks(handle, count, order)
        elif kind == IMAGE_OBJECT:
            left, bottom, right, top = native.bounds(handle)
            self._result.images += abs((right - left) * (top - bottom)) / self._area
        elif kind == FORM_OBJECT and depth < _DEEPEST_FORM:
            for index in range(max(0, native.count_in_form(handle))):
                inner = native.object_in_form(handle, index)
                if inner:
                    self._object(inner, depth + 1)

    def _note_marks(self, handle: int, count: int, order: int) -> None:
        """Note the text that stands for an object and the run it is in, if its marks say so."""
        native = self._native
        mark = native.mark(handle, count - 1)
        span = self._marks.get(mark)
        if span is None:
            span = self._marks[mark] = self._span_of(handle, mark, count)
        if span.text is None:
            if span.is_reversed:
                self._reversed.add(handle)
            return
        self._spans[handle] = span
        x, y, size = native.placed(handle)
        left, _, right, _ = native.bounds(handle)
        if left < x - _LEAST_SPACE * size:  # it begins with a mark, and its letter stands before
            x = left
        span.parts.append((x, right, y, size, order))

    def _span_of(self, handle: int, mark: int, count: int) -> _Span:
        """Return what an object's marks say, from the innermost outwards."""
        span = _Span(None)
        for index in range(count - 1, -1, -1):
            if index < count - 1:
                mark = self._native.mark(handle, index)
            if span.text is None:
                span.text = self._native.actual_text(mark)
            span.is_reversed = span.is_reversed or self._native.is_reversed(mark)
        return span

    def _of_spans(self) -> Iterator[Glyph]:
        """Yield the letters whose text the file gives, base and marks as one."""
        spans = {id(span): span for span in self._spans.values()}.values()
        lines = Counter(round(part[2], 1) for span in spans for part in span.parts)
        for span in spans:
            given = span.text or ""
            text = cleaned(given)
            if not text and given.strip():
                continue
            # The base stands on the line that most letters stand on; marks stand above and below.
            base = max(span.parts, key=lambda p: (lines[round(p[2], 1)], p[1] - p[0]))
            on_line = [part for part in span.parts if abs(part[2] - base[2]) < _NOTHING]
            left = min(part[0] for part in on_line)
            right = max(part[1] for part in on_line)
            glyph = Glyph(text or " ", left, right, base[2], base[3], base[4], SPACE)
            glyph.is_given, glyph.is_reversed = True, span.is_reversed
            glyph.is_blank = right - left < _NOTHING and len(span.parts) == 1
            yield glyph

    def _spaces(self, starts: Mapping[int, float]) -> Iterator[Glyph]:
        """Yield the spaces at the ends of objects, and by themselves, that PDFium leaves out."""
        native = self._native
        for handle, order in self._orders.items():
            if handle in self._spans or handle in self._in_forms:
                continue
            x, y, size = native.placed(handle)
            if handle in starts:
                is_space = starts[handle] - x > _LEAST_SPACE * size
            else:
                left, bottom, right, top = native.bounds(handle)
                is_space = right - left < _NOTHING or top - bottom < _NOTHING
            if is_space:
                space = Glyph(" ", x, x, y, size, order, SPACE)
                space.is_reversed = handle in self._reversed
                yield space
