"""Characters of a page that their fonts give no text.

A font names its glyphs, or a table of the file says what they stand for. Where neither says it,
PDFium hands the glyph's code over as if it were a character: often a Latin letter, in a font whose
codes may stand for anything. Such a code is text only where that can be seen.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from assistant.documents.pdf.characters import RIGHT, bidi_class
from assistant.documents.pdf.encodings import FontTexts
from assistant.documents.pdf.native import Native
from assistant.language import fold, stem
from assistant.lexicon.frequencies import passage_rate

_WORD = re.compile("[A-Za-z]{3,}")
# Of the letters of English text about 60 of a hundred are in words that are known; of 4,000 pieces
# of Arabic text written in codes at random none had a quarter in two words or more.
_LEAST_KNOWN = 0.3
_LEAST_WORDS = 2
_END = 0x110000
# Old fonts of TeX draw other things for the rest of ASCII: quotation marks, dashes, accents.
_SURE = re.compile("[A-Za-z0-9 !#%&'()*+,\\-./:;=?@\\[\\]]")


def texts_without_map(native: Native, page: int, texts: FontTexts) -> dict[int, str]:
    """Return what stands for the characters of a page that PDFium has only codes of.

    The name of the glyph says it, or nothing does. In a font that gives text to nothing on the
    page, the codes stay where they read as plain words: old fonts of TeX and simple Latin fonts use
    those of ASCII.

    Args:
        native: PDFium's functions.
        page: Handle of the page's text.
        texts: What is known of the document's fonts.

    Returns:
        Texts by the characters' places on the page, empty where nothing is known; characters that
        are what PDFium says are not among them.
    """
    has_error = native.has_error
    places = range(native.count_characters(page))
    found = {index for index in places if has_error(page, index) > 0}
    if not found:
        return {}
    found.update(index for index in places if not native.unicode(page, index))  # code 0
    result: dict[int, str] = {}
    fonts, mapped = _by_font(native, page, found)
    for font, indexes in fonts.items():
        characters = {native.unicode(page, index) for index in mapped.get(font, ())}
        if characters and texts.is_composite(font) and _are_codes(native, font, characters):
            indexes.extend(mapped.pop(font))
        known = texts.of(font)
        said = {index: known.get(native.unicode(page, index), "") for index in indexes}
        is_named = font in mapped or any(said.values())
        if not is_named and _are_words(_text(native, page, indexes)):
            said = {i: "" for i in indexes if not _SURE.fullmatch(_code(native, page, i))}
        result.update(said)
    return result


def _by_font(
    native: Native, page: int, found: set[int]
) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """Return the characters without text by their fonts, and those that are text."""
    fonts: defaultdict[int, list[int]] = defaultdict(list)
    others: defaultdict[int, list[int]] = defaultdict(list)
    for index in range(native.count_characters(page)):
        handle = native.text_object(page, index)
        if not handle:
            continue
        if index in found:
            fonts[native.font(handle) or 0].append(index)
        elif not _code(native, page, index).isspace():
            others[native.font(handle) or 0].append(index)
    return fonts, others


def _are_codes(native: Native, font: int, characters: set[int]) -> bool:
    """Return whether the only characters that a font gives a text are codes all the same.

    PDFium loses the mark of a character without text when it turns a word around: a font whose
    codes are numbers of glyphs has Arabic letters then. It has no code for any of them.
    """
    if any(bidi_class(chr(character)) != RIGHT for character in characters if character < _END):
        return False
    nothing = native.shape(font, _END - 1)
    return all(native.shape(font, character) == nothing for character in characters)


def _code(native: Native, page: int, index: int) -> str:
    code = native.unicode(page, index)
    return chr(code) if 0 < code < _END else " "


def _text(native: Native, page: int, indexes: Sequence[int]) -> str:
    """Return some characters' codes as text; what does not follow on is another word."""
    pieces: list[str] = []
    for before, index in zip((-1, *indexes), indexes, strict=False):
        pieces += [" "] * (index != before + 1)
        pieces.append(_code(native, page, index))
    return "".join(pieces)


def _are_words(text: str) -> bool:
    words = _WORD.findall(text)
    unknown = passage_rate("\x00")
    known = [word for word in words if passage_rate(stem(fold(word))) > unknown]
    is_mostly = sum(map(len, known)) >= _LEAST_KNOWN * sum(map(len, words))
    return is_mostly and len({word.lower() for word in known}) >= _LEAST_WORDS
