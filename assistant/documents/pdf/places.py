"""Where the glyphs of a line are drawn."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from assistant.documents.pdf.glyph import Glyph
from assistant.documents.pdf.turned import turned_box

# What a line takes up whatever is written in it, of the letters' size.
_ASCENT, _DESCENT = 0.8, 0.25
_FURTHEST = 1.5  # damaged fonts say of a letter that it is as large as the page

NUMBERS_A_PLACE = 4


def places_of(glyphs: Sequence[Glyph], turns: int) -> array[float]:
    """Return where glyphs are drawn on the page as it is: left, bottom, right and top of each.

    Args:
        glyphs: The glyphs of a line, on the page as it was turned for its text to run right.
        turns: How it was turned, as `turns_of` says.
    """
    places: array[float] = array("f")
    for glyph in glyphs:
        bottom, top = -_DESCENT * glyph.size, _ASCENT * glyph.size
        if glyph.bottom < glyph.top:
            furthest = _FURTHEST * glyph.size
            bottom = max(-furthest, min(bottom, glyph.bottom - glyph.baseline))
            top = min(furthest, max(top, glyph.top - glyph.baseline))
        box = glyph.left, glyph.baseline + bottom, glyph.right, glyph.baseline + top
        places.extend(turned_box(box, -turns % 4))
    return places
