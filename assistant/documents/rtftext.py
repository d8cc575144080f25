"""What RTF's control words make of its words: paragraphs, notes, tables, looks."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace

from assistant.documents.limits import beyond
from assistant.documents.options import ReadingOptions
from assistant.documents.pageparts import Piece
from assistant.documents.rtfblocks import RtfBlocks
from assistant.documents.rtfcodes import (
    BOILERPLATE,
    CAPTION,
    CHARSETS,
    DEFAULT_CODEC,
    HEADING,
    KNOWN,
    LEFT_OUT,
    SIGNS,
    codec_of,
)
from assistant.schema import BlockKind

_TOKEN = re.compile(
    "\\\\([A-Za-z]{1,32})(-?[0-9]{1,10})? ?|\\\\'([0-9A-Fa-f]{2})|\\\\([^A-Za-z])|([{}])"
    "|([^\\\\{}\r\n]+)|[\r\n]+|\\\\"
)
_FACTS = frozenset(("title", "author", "creatim", "revtim"))
_LAST_LEVEL = 8


@dataclass(slots=True)
class _Group:
    """What is true inside a pair of braces."""

    part: str = ""
    codec: str = DEFAULT_CODEC
    fallback: int = 1
    is_hidden: bool = False
    style: int = 0
    level: int = -1
    in_table: bool = False
    is_ignorable: bool = False
    note: int = 0
    is_box: bool = False


@dataclass(slots=True)
class RtfText:
    """Reads one document, token by token.

    Attributes:
        name: The file, for errors.
        options: How files are read.
        blocks: Its blocks.
        notes: The texts of its notes.
        facts: What it says of itself.
    """

    name: str
    options: ReadingOptions
    blocks: RtfBlocks = field(default_factory=RtfBlocks)
    notes: list[str] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    _groups: list[_Group] = field(default_factory=lambda: [_Group()])
    _words: list[str] = field(default_factory=list)
    _outer: list[list[str]] = field(default_factory=list)
    _bytes: bytearray = field(default_factory=bytearray)
    _lead: str = ""
    _skip: int = 0
    _codec: str = DEFAULT_CODEC
    _codecs: dict[int, str] = field(default_factory=dict)
    _font: int = 0
    _styles: dict[int, str] = field(default_factory=dict)
    _moment: list[int] = field(default_factory=list)
    _boxes: list[str] = field(default_factory=list)

    def read(self, text: str) -> None:
        """Read a document whose bytes are given as characters of Latin-1."""
        position = 0
        while match := _TOKEN.match(text, position):
            position = match.end()
            word, number, byte, sign, brace, plain = match.groups()
            if word == "bin":
                position += max(0, int(number or 0))
            elif brace:
                self._skip = 0
                self._open() if brace == "{" else self._close()
            elif plain:
                self._take_bytes(plain.encode("latin-1"))
            elif byte:
                self._take_bytes(bytes.fromhex(byte))
            elif word or sign:
                self._control(word or sign, None if number is None else int(number))
        while len(self._groups) > 1:
            self._close()
        self._end_paragraph(self._groups[0], None)
        self.blocks.end_table()

    # Groups

    def _open(self) -> None:
        self._flush_bytes()
        if len(self._groups) > self.options.max_nesting:
            what = f"has groups nested {len(self._groups):,} deep"
            raise beyond(self.name, what, self.options.max_nesting, "max_nesting")
        self._groups.append(replace(self._groups[-1], is_ignorable=False, note=0, is_box=False))

    def _close(self) -> None:
        self._flush_bytes()
        if len(self._groups) < 2:  # noqa: PLR2004  # one brace too many
            return
        if len(self._groups) == 2 and not self._outer:  # noqa: PLR2004  # the document itself
            self._end_paragraph(self._groups[-1], None)
        group = self._groups.pop()
        if group.note:
            self.notes[group.note - 1] = _joined(self._words)
        if group.is_box:
            self._boxes += _joined(self._words).split("\n")
        if group.note or group.is_box:
            self._words = self._outer.pop()
        if group.part in ("creatim", "revtim") and self._groups[-1].part != group.part:
            self._end_moment(group.part)

    def _end_moment(self, part: str) -> None:
        with suppress(ValueError, TypeError):
            self.facts[part] = dt.date(*self._moment[:3]).isoformat()
        self._moment = []

    # Text

    def _take_bytes(self, data: bytes) -> None:
        """Take bytes in the code page at hand, unless they only stand in for a character."""
        left = data[self._skip :]
        self._skip -= len(data) - len(left)
        self._bytes += left

    def _flush_bytes(self) -> None:
        if self._bytes:
            words = bytes(self._bytes).decode(self._groups[-1].codec, "replace")
            self._bytes.clear()
            self._take(words)

    def _take(self, words: str) -> None:
        group = self._groups[-1]
        if group.part == "" and not group.is_hidden:
            self._words.append(words)
        elif group.part == "lead":
            self._lead += words
        elif group.part == "stylesheet":
            name = self._styles.get(group.style, "") + words
            self._styles[group.style] = name
        elif group.part in ("title", "author"):
            self.facts[group.part] = self.facts.get(group.part, "") + words

    def _control(self, word: str, number: int | None) -> None:
        """Obey a control word or sign."""
        self._skip = 0
        self._flush_bytes()
        group = self._groups[-1]
        group.is_ignorable = group.is_ignorable and word not in KNOWN
        if word == "*":
            group.is_ignorable = True
        elif word in LEFT_OUT or group.is_ignorable:
            group.part, group.is_ignorable = "left out", False
        elif word in SIGNS:
            self._take(SIGNS[word])
        elif word in _WORDS:
            _WORDS[word](self, group, number)
        elif word in _TO_PARTS and group.part != "left out":
            group.part = _TO_PARTS[word]
            self.facts.pop(word, None)  # given again, in Unicode

    def _character(self, group: _Group, number: int | None) -> None:
        """Take a character by its number; bytes that stand in for it follow."""
        self._skip = group.fallback
        self._take(chr((number or 0) % 65_536))

    def _mark_note(self, group: _Group, _: int | None) -> None:
        if group.part == "" and not group.note:
            self.notes.append("")
            self._words.append(f"[{len(self.notes)}]")
            self._outer.append(self._words)
            self._words = []
            group.note = len(self.notes)

    def _mark_box(self, group: _Group, _: int | None) -> None:
        if group.part == "" and not group.is_box:
            self._outer.append(self._words)
            self._words = []
            group.is_box = True

    # Looks

    def _plain(self, group: _Group, _: int | None) -> None:
        group.is_hidden, group.codec = False, self._codec

    def _hide(self, group: _Group, number: int | None) -> None:
        group.is_hidden = number != 0

    def _set_page(self, group: _Group, number: int | None) -> None:
        self._codec = group.codec = codec_of(number or 0)

    def _set_fallback(self, group: _Group, number: int | None) -> None:
        group.fallback = min(max(0, number or 0), 255)

    def _set_font(self, group: _Group, number: int | None) -> None:
        if group.part == "fonttbl":
            self._font = number or 0
        else:
            group.codec = self._codecs.get(number or 0, self._codec)

    def _set_charset(self, group: _Group, number: int | None) -> None:
        if group.part == "fonttbl":
            self._codecs[self._font] = CHARSETS.get(number or 0, self._codec)

    def _set_style(self, group: _Group, number: int | None) -> None:
        group.style = number or 0

    def _set_level(self, group: _Group, number: int | None) -> None:
        group.level = number or 0

    def _reset(self, group: _Group, _: int | None) -> None:
        group.style, group.level, group.in_table = 0, -1, False

    def _in_table(self, group: _Group, _: int | None) -> None:
        group.in_table = True

    def _time_part(self, group: _Group, number: int | None) -> None:
        if group.part in ("creatim", "revtim"):
            self._moment.append(number or 0)

    # Blocks

    def _end_paragraph(self, group: _Group, _: int | None) -> None:
        """End the paragraph at hand; in a note or text box it is only a line."""
        self._flush_bytes()
        if self._outer:
            self._words.append("\n")
            return
        words, self._words = _joined(self._words), []
        lead, self._lead = self._lead.strip(), ""
        if words.strip():
            kind = self._kind(group)
            kind = "item" if lead and kind == "paragraph" else kind
            piece = Piece(words, kind, f"{lead} " if lead else "")
            self.blocks.add(piece, in_table=group.in_table)
        for box in filter(str.strip, self._boxes):
            self.blocks.add(Piece(box, "paragraph"), in_table=group.in_table)
        self._boxes.clear()

    def _kind(self, group: _Group) -> BlockKind:
        """Return what a paragraph is by its outline level or style."""
        style = self._styles.get(group.style, "").strip(" ;")
        if 0 <= group.level <= _LAST_LEVEL or HEADING.match(style):
            return "heading"
        if BOILERPLATE.match(style):
            return "boilerplate"
        return "caption" if CAPTION.match(style) else "paragraph"

    def _end_cell(self, group: _Group, _: int | None) -> None:
        group.in_table = True
        self._end_paragraph(group, None)
        self.blocks.end_cell()

    def _begin_row(self, _: _Group, __: int | None) -> None:
        self.blocks.is_header = False

    def _head_row(self, _: _Group, __: int | None) -> None:
        self.blocks.is_header = True

    def _end_row(self, _: _Group, __: int | None) -> None:
        self.blocks.end_row()


def _joined(words: list[str]) -> str:
    """Return words as one text, with the halves of characters that need two put together."""
    text = "".join(words)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


_Act = Callable[[RtfText, _Group, int | None], None]
_TO_PARTS: Mapping[str, str] = {
    **{name: name for name in ("fonttbl", "stylesheet", "info", *_FACTS)},
    "listtext": "lead",
    "pntext": "lead",
}
_WORDS: Mapping[str, _Act] = {
    "u": RtfText._character,
    "uc": RtfText._set_fallback,
    "ansicpg": RtfText._set_page,
    "plain": RtfText._plain,
    "v": RtfText._hide,
    "deleted": RtfText._hide,
    "f": RtfText._set_font,
    "fcharset": RtfText._set_charset,
    "s": RtfText._set_style,
    "outlinelevel": RtfText._set_level,
    "pard": RtfText._reset,
    "intbl": RtfText._in_table,
    "yr": RtfText._time_part,
    "mo": RtfText._time_part,
    "dy": RtfText._time_part,
    "par": RtfText._end_paragraph,
    "sect": RtfText._end_paragraph,
    "cell": RtfText._end_cell,
    "trowd": RtfText._begin_row,
    "trhdr": RtfText._head_row,
    "row": RtfText._end_row,
    "footnote": RtfText._mark_note,
    "shptxt": RtfText._mark_box,
}
