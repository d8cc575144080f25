"""A letter and its place on a page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Glyph:
    """What was drawn at one place: a letter with its marks, a ligature, a space.

    Attributes:
        text: Its characters in logical order; brackets as they look.
        left: Where it starts on its baseline, in points.
        right: Where it ends.
        baseline: The height of its baseline.
        size: The size of its letters.
        order: Its place in the order of drawing.
        kind: Its bidi class.
        font: The name of its font, where it is a bracket whose look follows from the font alone.
        is_given: Whether the file says the text itself (``/ActualText``).
        is_reversed: Whether the file marks it as drawn from right to left.
        is_blank: Whether nothing was drawn for it.
        bottom: How far down what is drawn for it reaches; 0, as the top, where that is not known.
        top: How far up it reaches.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    order: float
    kind: str
    font: str = ""
    is_given: bool = False
    is_reversed: bool = False
    is_blank: bool = False
    bottom: float = 0.0
    top: float = 0.0

    def reach(self, bottom: float, top: float) -> None:
        """Let it reach as far down and up as something that is drawn with it."""
        if bottom < top:
            is_known = self.bottom < self.top
            self.bottom = min(self.bottom, bottom) if is_known else bottom
            self.top = max(self.top, top) if is_known else top
