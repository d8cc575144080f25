"""The letters of a page whose text follows from their fonts, as PDFium hands them over.

PDFium puts the letters of a line in an order of its own, a coarse form of UAX #9. Here that is
undone as far as it matters: which brackets it has turned over, which letter a mark belongs to,
which pieces make up a ligature.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set

from assistant.documents.pdf.characters import (
    LEFT,
    MARK,
    MIRROR,
    RIGHT,
    SPACE,
    TATWEEL,
    UNKNOWN,
    bidi_class,
    cleaned,
    is_mirrored,
)
from assistant.documents.pdf.encodings import FontTexts
from assistant.documents.pdf.glyph import Glyph
from assistant.documents.pdf.native import Native
from assistant.documents.pdf.unmapped import texts_without_map

_NOTHING = 0.01  # points: narrower is no space that was meant
_SAME_ORIGIN = 0.02
_WIDEST_SPACE = 0.3  # of the letter's size
_STEP = 1e-5  # of the order of drawing, for a point further right in one object
_ASCII_END, _END = 0x80, 0x110000
_UNSEEN = (0.0, 0.0, 0.0, 0.0)
_NO_INK = 0.0015  # of the letter's size: as high is what PDFium says of a glyph without a shape
_STROKE = 0.2  # of the letter's size: what is no higher only lengthens a word, or is a hyphen
# Ligatures that PDFium has taken apart itself, in logical order.
_IN_ORDER = ("\u0644\u0627", "\u0644\u0623", "\u0644\u0625", "\u0644\u0622")

Start = tuple[float, tuple[float, float, float]]


class MappedReader:
    """Reads the letters of a page's text objects.

    Args:
        native: PDFium's functions.
        text_page: Handle of the page's text.
        orders: The order in which the objects were drawn.
        given: Objects whose text the file says itself; they are passed over.
        reversed_objects: Objects that are marked as drawn from right to left.
        texts: What is known of the document's fonts.
    """

    def __init__(
        self,
        native: Native,
        text_page: int,
        orders: Mapping[int, int],
        given: Mapping[int, object],
        reversed_objects: Set[int],
        texts: FontTexts,
    ) -> None:
        self._native = native
        self._ink: Callable[[int, int], tuple[float, float, float, float] | None] = _unseen
        self._page = text_page
        self._orders = orders
        self._given = given
        self._reversed = reversed_objects
        self._codes: dict[int, tuple[str, str]] = {}
        self._fonts: dict[int, str] = {}
        self._texts = texts
        self._unmapped: Mapping[int, str] = {}
        # Where each object's first letter stands, and the object itself.
        self.starts: dict[int, Start] = {}
        self.unknown = 0

    def read(self, *, with_ink: bool = False) -> list[Glyph]:
        """Return the letters; they are not in the order of drawing yet.

        Args:
            with_ink: Whether to look at what is drawn for each letter, which takes a tenth longer.
        """
        self._ink = self._native.ink if with_ink else _unseen
        native, page, given = self._native, self._page, self._given
        glyphs: list[Glyph] = []
        self._unmapped = texts_without_map(native, page, self._texts)
        marks = _Marks()
        previous: Glyph | None = None
        letter: Glyph | None = None
        last = -1
        for index in range(native.count_characters(page)):
            handle = native.text_object(page, index)
            if not handle or handle in given:
                continue
            glyph = self._glyph(index, handle, previous)
            if glyph is None:
                continue
            if glyph.kind == MARK:
                marks.add(glyph, handle, previous if handle == last else None, letter)
            else:
                marks.settle(glyph if handle == marks.handle else None)
                if handle == last and previous is not None and _is_one(previous, glyph):
                    _join(previous, glyph)
                    continue
                if is_mirrored(glyph.text):
                    self._look_at(glyph, handle, index)
                previous, last = glyph, handle
                letter = glyph if glyph.kind == RIGHT else letter
            glyphs.append(glyph)
        marks.settle(None)
        return glyphs

    def _glyph(self, index: int, handle: int, previous: Glyph | None) -> Glyph | None:
        """Return a character as a glyph; None for what is no letter."""
        native, page = self._native, self._page
        text, kind = self._text(index, handle, previous)
        if not text:
            return None
        left, baseline = native.origin(page, index)
        start, right = left, native.right(page, index)
        if kind == SPACE and right - left < _NOTHING:
            return None
        begun = self.starts.get(handle)
        if begun is None:
            begun = self.starts[handle] = left, native.placed(handle)
        elif left < begun[0]:
            self.starts[handle] = left, begun[1]
        size = begun[1][2]
        if kind == SPACE:
            right = min(right, left + _WIDEST_SPACE * size)
        elif kind == MARK:
            start = right = native.middle(page, index)
        self.unknown += text == UNKNOWN
        order = self._orders.get(handle, len(self._orders)) + left * _STEP
        glyph = Glyph(text, start, right, baseline, size, order, kind)
        glyph.is_reversed = handle in self._reversed
        _, glyph.bottom, _, glyph.top = self._ink(page, index) or _UNSEEN
        return glyph

    def _text(self, index: int, handle: int, previous: Glyph | None) -> tuple[str, str]:
        """Return a character's text, empty for what is no letter, and its bidi class."""
        code = self._native.unicode(self._page, index)
        if index in self._unmapped:
            text = cleaned(self._unmapped[index]) or self._flagged(index, handle, previous)
        elif code < _ASCII_END and (code < ord(" ") or self._is_stroke(index, handle, previous)):
            text = self._unnamed(index, handle, previous.kind if previous else "")
        else:
            return self._codes.get(code) or self._noted(code)
        return text, bidi_class(text)

    def _is_stroke(self, index: int, handle: int, previous: Glyph | None) -> bool:
        """Return whether a glyph behind an Arabic letter is too flat for what it is named.

        Strokes that lengthen a word have no name in some files; PDFium takes their number for one.
        """
        if not self._may_lengthen(handle, previous):
            return False
        if not chr(self._native.unicode(self._page, index)).isalnum():
            return False
        height = self._native.ink_height(self._page, index)
        return 0 < height < _STROKE * self._native.placed(handle)[2]

    def _may_lengthen(self, handle: int, previous: Glyph | None) -> bool:
        """Return whether a glyph stands where a stroke does that lengthens the word before it."""
        if previous is None or previous.kind != RIGHT:
            return False
        return handle not in self.starts or previous.text == TATWEEL

    def _flagged(self, index: int, handle: int, previous: Glyph | None) -> str:
        """Return what stands for a glyph whose code is no text: nothing if it can't be seen."""
        native = self._native
        size = native.placed(handle)[2]
        height = native.ink_height(self._page, index)
        if height < _NO_INK * size:  # a space, or a shape that this machine does not have
            return "" if native.is_embedded(native.font(handle)) > 0 else UNKNOWN
        is_stroke = height < _STROKE * size and self._may_lengthen(handle, previous)
        return TATWEEL if is_stroke else UNKNOWN

    def _unnamed(self, index: int, handle: int, before: str) -> str:
        """Return what stands for a glyph that its font gives no character."""
        if self._native.unicode(self._page, index) in b"\t\n\r":
            return ""
        size = self._native.placed(handle)[2]
        height = self._native.ink_height(self._page, index)
        if not height:
            return ""
        if height > _STROKE * size:
            return UNKNOWN
        return {RIGHT: TATWEEL, LEFT: "-"}.get(before, "")

    def _look_at(self, glyph: Glyph, handle: int, index: int) -> None:
        """Give a bracket the form that its font says it has, and note the font."""
        if self._was_turned(index):
            glyph.text = glyph.text.translate(MIRROR)
            glyph.kind = bidi_class(glyph.text)
        font = self._native.font(handle) or 0
        if font not in self._fonts:
            self._fonts[font] = self._native.font_name(font) if font else ""
        glyph.font = self._fonts[font]

    def _was_turned(self, index: int) -> bool:
        """Return whether PDFium has turned a bracket over.

        It does behind a right-to-left word, or at the start of a line that mostly runs so.
        """
        for before in range(index - 1, -1, -1):
            kind = self._kind(before)
            if kind in (RIGHT, LEFT):
                return kind == RIGHT
            if not kind:
                break
        words = {RIGHT: 0, LEFT: 0}
        last = ""
        for after in range(index + 1, self._native.count_characters(self._page)):
            kind = self._kind(after)
            if not kind:
                break
            if kind in words and kind != last:
                words[kind] += 1
            last = kind
        return words[RIGHT] > 0 and words[RIGHT] >= words[LEFT]

    def _kind(self, index: int) -> str:
        """Return the bidi class of a character; empty for a line's end."""
        code = self._native.unicode(self._page, index)
        if code in (ord("\r"), ord("\n")):
            return ""
        return (self._codes.get(code) or self._noted(code))[1] or SPACE

    def _noted(self, code: int) -> tuple[str, str]:
        """Return a character's text, cleaned, and its bidi class; note them."""
        text = UNKNOWN
        if code < _END:
            text = cleaned(chr(code)) if code >= ord(" ") else ""
        self._codes[code] = text, bidi_class(text) if text else ""
        return self._codes[code]


class _Marks:
    """Marks that wait for the letter that comes next.

    PDFium hands the letters of a right-to-left word over in reverse, a mark behind its letter; it
    was drawn before it. Elsewhere the order is that of drawing.
    """

    def __init__(self) -> None:
        self.handle = -1
        self._before: Glyph | None = None
        self._letter: Glyph | None = None
        self._waiting: list[Glyph] = []

    def add(self, mark: Glyph, handle: int, before: Glyph | None, letter: Glyph | None) -> None:
        """Take a mark, what comes before it in the same object, and the last letter at all."""
        if handle != self.handle:
            self.settle(None)
        if not self._waiting:
            self.handle, self._before, self._letter = handle, before, letter
        self._waiting.append(mark)

    def settle(self, after: Glyph | None) -> None:
        """Give the marks their places in the order of drawing.

        Args:
            after: The letter behind them if it is of the same object.
        """
        marks, before = self._waiting, self._before
        self._waiting, self._before, self.handle = [], None, -1
        if not marks:
            return
        if before is None and after is not None and after.left < marks[0].left:
            # Drawn behind the letter whose text comes next, for one of another object. Its origin
            # may be further left all the same: fonts move marks away from letters that are narrow.
            for number, mark in enumerate(reversed(marks), start=1):
                mark.order = after.order + number * _STEP / 1000
            return
        is_reversed = before is not None and (after is None or after.left < before.left)
        base = before if is_reversed else after
        if base is not None and base.kind != RIGHT:
            base = self._beneath(marks)  # a point was put between the letter and its mark
        if base is not None and base.kind == RIGHT:
            for number, mark in enumerate(reversed(marks) if is_reversed else marks):
                mark.order = base.order - (len(marks) - number) * _STEP / 1000

    def _beneath(self, marks: list[Glyph]) -> Glyph | None:
        """Return the last letter if the marks stand over it."""
        letter = self._letter
        is_over = letter is not None and letter.left <= marks[0].left <= letter.right
        return letter if is_over else None


def _unseen(_page: int, _index: int) -> None:
    """Stand in for `Native.ink` where that is not asked for."""


def _is_one(glyph: Glyph, piece: Glyph) -> bool:
    """Return whether two characters are pieces of one ligature: they stand on one origin."""
    return abs(glyph.left - piece.left) < _SAME_ORIGIN and glyph.baseline == piece.baseline


def _join(glyph: Glyph, piece: Glyph) -> None:
    """Put a further character of one ligature to those before; PDFium has some in reverse."""
    together = glyph.text + piece.text
    if glyph.kind == RIGHT and together not in _IN_ORDER:
        together = piece.text + glyph.text
    glyph.text = together
    glyph.right = max(glyph.right, piece.right)
    glyph.reach(piece.bottom, piece.top)
