"""The letters of a page with their places, in the order in which the file draws them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.documents.pdf.characters import SPACE, bidi_class, cleaned
from assistant.documents.pdf.encodings import FontTexts
from assistant.documents.pdf.glyph import Glyph
from assistant.documents.pdf.mapped import MappedReader, Start
from assistant.documents.pdf.native import FORM_OBJECT, IMAGE_OBJECT, TEXT_OBJECT, Native
from assistant.documents.pdf.straight import straighten

_NOTHING = 0.01  # points: narrower is no space that was meant
_LEAST_SPACE = 0.15  # of the letter's size
_DEEPEST_FORM = 8
_FAR = 50_000.0  # points


def _is_near(glyph: Glyph) -> bool:
    """Return whether a glyph stands where a page can be; damaged files say anything."""
    return abs(glyph.baseline) < _FAR and -_FAR < glyph.left < _FAR and abs(glyph.right) < _FAR


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
    parts: list[int] = field(default_factory=list)


_Part = tuple[float, float, float, float, int, float, float]


class PageReader:
    """Reads the letters of one page.

    Args:
        native: PDFium's functions.
        page: Handle of the page.
        text_page: Handle of its text.
        area: The page's size in square points.
        texts: What is known of the document's fonts.
        with_ink: Whether to note how far up and down each letter reaches.
    """

    def __init__(
        self,
        native: Native,
        page: int,
        text_page: int,
        area: float,
        texts: FontTexts,
        *,
        with_ink: bool = False,
    ) -> None:
        self._native = native
        self._with_ink = with_ink
        self._page = page
        self._text_page = text_page
        self._area = max(area, 1.0)
        self._texts = texts
        self._orders: dict[int, int] = {}
        self._in_forms: set[int] = set()
        self._spans: dict[int, _Span] = {}
        self._marks: dict[int, _Span] = {}
        self._reversing: dict[int, bool] = {}
        self._reversed: set[int] = set()
        self._result = PageGlyphs()

    def read(self) -> PageGlyphs:
        """Return what the page holds."""
        self._objects()
        glyphs = self._of_spans()
        mapped = MappedReader(
            *(self._native, self._text_page, self._orders, self._spans, self._reversed),
            self._texts,
        )
        glyphs += mapped.read(with_ink=self._with_ink)
        glyphs += self._spaces(mapped.starts)
        glyphs = [glyph for glyph in glyphs if _is_near(glyph)]
        glyphs.sort(key=lambda glyph: glyph.order)
        straighten(glyphs)
        for glyph in glyphs:
            if glyph.is_given:
                glyph.kind = bidi_class(glyph.text)
        self._result.glyphs = glyphs
        self._result.unknown = mapped.unknown
        return self._result

    def _objects(self) -> None:
        """Note the page's objects; this loop and what it calls take most of the time."""
        native, page = self._native, self._page
        orders, marks, spans = self._orders, self._marks, self._spans
        get, type_of, count_marks, mark_of = (
            *(native.object, native.type),
            *(native.count_marks, native.mark),
        )
        for index in range(native.count_objects(page)):
            handle = get(page, index)
            if not handle:
                continue
            kind = type_of(handle)
            if kind != TEXT_OBJECT:
                self._other(handle, kind, 0)
                continue
            orders[handle] = len(orders)
            count = count_marks(handle)
            if not count:
                continue
            mark = mark_of(handle, count - 1)
            span = marks.get(mark)
            if span is None:
                span = marks[mark] = self._span_of(handle, mark, count)
            if span.text is not None:
                spans[handle] = span
                span.parts.append(handle)
            elif span.is_reversed:
                self._reversed.add(handle)

    def _other(self, handle: int, kind: int, depth: int) -> None:
        """Note a picture, or what a form holds."""
        native = self._native
        if kind == TEXT_OBJECT:
            self._orders[handle] = len(self._orders)
            self._in_forms.add(handle)
        elif kind == IMAGE_OBJECT:
            left, bottom, right, top = native.bounds(handle)
            self._result.images += abs((right - left) * (top - bottom)) / self._area
        elif kind == FORM_OBJECT and depth < _DEEPEST_FORM:
            for index in range(max(0, native.count_in_form(handle))):
                inner = native.object_in_form(handle, index)
                if inner:
                    self._other(inner, native.type(inner), depth + 1)

    def _span_of(self, handle: int, mark: int, count: int) -> _Span:
        """Return what an object's marks say, from the innermost outwards."""
        native = self._native
        span = _Span(native.actual_text(mark))
        if span.text is None:
            span.is_reversed = self._is_reversed(mark)
        for index in range(count - 2, -1, -1):
            outer = native.mark(handle, index)
            if span.text is None:
                span.text = native.actual_text(outer)
            span.is_reversed = span.is_reversed or self._is_reversed(outer)
        return span

    def _is_reversed(self, mark: int) -> bool:
        known = self._reversing.get(mark)
        if known is None:
            known = self._reversing[mark] = self._native.is_reversed(mark)
        return known

    def _of_spans(self) -> list[Glyph]:
        """Return the letters whose text the file gives, base and marks as one."""
        found: list[Glyph] = []
        waiting: list[tuple[_Span, list[_Part]]] = []
        lines: Counter[float] = Counter()
        for span in self._marks.values():
            if span.text is None:
                continue
            parts = [self._part(handle) for handle in span.parts]
            for part in parts:
                lines[round(part[2], 1)] += 1
            if len(parts) == 1:
                found.append(self._given(span, parts[0], parts, parts[0][:2]))
            else:
                waiting.append((span, parts))
        for span, parts in waiting:
            # The base stands on the line that most letters stand on; marks stand above and below.
            base = max(parts, key=lambda p: (lines[round(p[2], 1)], p[1] - p[0]))
            left, right = base[0], base[1]
            for part in parts:
                if abs(part[2] - base[2]) < _NOTHING:
                    left, right = min(left, part[0]), max(right, part[1])
            found.append(self._given(span, base, parts, (left, right)))
        return [glyph for glyph in found if glyph.text]

    def _part(self, handle: int) -> _Part:
        """Return an object's ends, baseline, size, place in the drawing, bottom and top."""
        native = self._native
        x, y, size = native.placed(handle)
        left, bottom, right, top = native.bounds(handle)
        if left < x - _LEAST_SPACE * size:  # it begins with a mark, and its letter stands before
            x = left
        return x, right, y, size, self._orders[handle], bottom, top

    def _given(
        self, span: _Span, base: _Part, parts: Sequence[_Part], ends: tuple[float, float]
    ) -> Glyph:
        """Return the glyph of a span; without text if that is nothing to be seen."""
        given, (left, right) = span.text or "", ends
        text = cleaned(given) or ("" if given.strip() else " ")
        glyph = Glyph(text, left, right, base[2], base[3], base[4], SPACE)
        glyph.is_given, glyph.is_reversed = True, span.is_reversed
        glyph.is_blank = right - left < _NOTHING and len(span.parts) == 1
        for part in parts:
            glyph.reach(*part[5:])
        return glyph

    def _spaces(self, starts: Mapping[int, Start]) -> Iterator[Glyph]:
        """Yield the spaces at the ends of objects, and by themselves, that PDFium leaves out."""
        native = self._native
        for handle, order in self._orders.items():
            if handle in self._spans or handle in self._in_forms:
                continue
            if handle in starts:
                start, (x, y, size) = starts[handle]
                is_space = start - x > _LEAST_SPACE * size
            else:
                x, y, size = native.placed(handle)
                left, bottom, right, top = native.bounds(handle)
                is_space = right - left < _NOTHING or top - bottom < _NOTHING
            if is_space:
                space = Glyph(" ", x, x, y, size, order, SPACE)
                space.is_reversed = handle in self._reversed
                yield space
