"""How well the text of a PDF could be read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.documents.pdf.ocr import ScannedPage
from assistant.documents.pdf.pages import Pages
from assistant.documents.pdf.wording import Worded
from assistant.language import fold, stem
from assistant.lexicon.frequencies import passage_rate

_ARABIC_WORD = re.compile("[\u0621-\u064a]{3,}")
_WORD = re.compile("\\w+")
_ARABIC = re.compile("[\u0621-\u064a]")
# A word may begin in Arabic and go on in Latin letters, as "and" does; the reverse is a font that
# says of some glyphs that they are Latin letters. A few such words come of spaces left out.
_TURN = re.compile("[A-Za-z][\u0621-\u064a]")
_USUAL_MIXED = 0.02
_WORDS = 2000
_LEAST_WORDS = 20
# Of good text about 78 of a hundred words are known, of text set backwards 6.
_USUAL_KNOWN = 0.6
_LEAST_KNOWN = 0.15


def quality_of(pages: Pages, paragraphs: Sequence[Worded], scans: Sequence[ScannedPage]) -> float:
    """Return how well a PDF's text could be read, 0 to 1.

    It falls with pages that have no text, with glyphs that stand for no known character, with lines
    that do not look as they were found when they are laid out forward, and with Arabic words that
    are no words.

    Args:
        pages: What was found.
        paragraphs: Its paragraphs.
        scans: What was read off pages that are pictures; counts as much as Tesseract is sure of it.
    """
    lines = sum(paragraph.lines for paragraph in paragraphs)
    unproven = sum(paragraph.unproven for paragraph in paragraphs)
    unread = len(pages.scanned) - sum(scan.confidence for scan in scans) + len(pages.broken)
    score = 1 - unread / len(pages.lines)
    score *= 1 - unproven / max(1, lines)
    score *= max(0.0, 1 - 2 * pages.unknown / max(1, pages.letters))
    texts = [paragraph.text for paragraph in paragraphs]
    texts += [text for scan in scans for text in scan.paragraphs]
    whole = "\n".join(texts)
    return score * known_words(whole) * unmixed_words(whole)


def known_words(text: str) -> float:
    """Return how far a text's Arabic words are words, 0 to 1; 1 where there are too few to say."""
    words = _ARABIC_WORD.findall(fold(text))
    if len(words) < _LEAST_WORDS:
        return 1.0
    words = words[:: max(1, len(words) // _WORDS)]
    unknown = passage_rate("\x00")
    known = sum(passage_rate(stem(word)) > unknown for word in words) / len(words)
    return min(1.0, max(0.0, (known - _LEAST_KNOWN) / (_USUAL_KNOWN - _LEAST_KNOWN)))


def unmixed_words(text: str) -> float:
    """Return how far a text's Arabic words are free of Latin letters, 0 to 1."""
    words = [word for word in _WORD.findall(text) if _ARABIC.search(word)]
    if len(words) < _LEAST_WORDS:
        return 1.0
    mixed = sum(_TURN.search(word) is not None for word in words) / len(words)
    return 1 - 2 * min(0.5, mixed) if mixed > _USUAL_MIXED else 1.0
