"""Texts that a program has given to the wrong glyphs of a run.

Chromium says for each glyph which characters it stands for. In some runs from right to left its
count is off, and the texts are turned around in a circle: the end of the run stands at its start.
It is seen by the spaces: where nothing is drawn there must be a space, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from assistant.documents.pdf.characters import RIGHT, bidi_class
from assistant.documents.pdf.glyph import Glyph


def straighten(glyphs: Sequence[Glyph]) -> None:
    """Give the glyphs of runs whose texts are turned around their own texts.

    Args:
        glyphs: Of a page, in the order of drawing; changed in place. Runs that were marked as
            reversed are sound: a run that is turned around is no longer known as reversed.
    """
    for (marked, _), group in groupby(glyphs, key=lambda g: (g.is_reversed, g.baseline)):
        if marked:
            continue
        run = list(group)
        if _fits([glyph.text for glyph in run], run):
            continue
        rights = sum(bidi_class(glyph.text) == RIGHT for glyph in run)
        logical = run[::-1] if 2 * rights > len(run) else run
        given = [index for index, glyph in enumerate(logical) if glyph.is_given]
        if not _turned_back(logical[given[0] : given[-1] + 1]):
            _turned_back(logical)


def _fits(texts: Sequence[str], glyphs: Sequence[Glyph]) -> bool:
    """Return whether spaces stand where nothing is drawn, and only there."""
    for text, glyph in zip(texts, glyphs, strict=True):
        is_space = text == " "
        if glyph.is_given and is_space != glyph.is_blank:
            return False
        if not glyph.is_given and is_space != (glyph.text == " "):
            return False
    return True


def _turned_back(glyphs: Sequence[Glyph]) -> bool:
    """Turn the texts of a run until they fit; return whether they do then."""
    whole = "".join(glyph.text for glyph in glyphs)
    for start in range(1, len(whole)):
        texts = list(_split(whole[start:] + whole[:start], glyphs))
        if _fits(texts, glyphs):
            for text, glyph in zip(texts, glyphs, strict=True):
                glyph.text, glyph.is_given = text, True
            return True
    return False


def _split(whole: str, glyphs: Sequence[Glyph]) -> Iterator[str]:
    """Yield a text in pieces as long as those of the glyphs."""
    start = 0
    for glyph in glyphs:
        yield whole[start : start + len(glyph.text)]
        start += len(glyph.text)
