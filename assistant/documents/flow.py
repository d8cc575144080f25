"""The text of an HTML page in pieces: which elements are open, and what that makes of words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.documents.markup import VOID, Tag, pieces
from assistant.documents.pageparts import Cell, Piece, Table, blocks_of, span_of
from assistant.schema import BlockKind

_BLOCKS = frozenset(
    """
    address article aside blockquote body center dd details dialog dir div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav
    ol p pre search section summary table tbody td tfoot th thead tr ul caption
    """.split()
)
_LEFT_OUT = frozenset(
    """
    script style template noscript iframe object embed svg canvas audio video map select option
    button input textarea form datalist dialog nav search menu rp rt head frameset xmp noembed
    """.split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_KINDS: Mapping[str, BlockKind] = {
    **dict.fromkeys(_HEADINGS, "heading"),
    "caption": "caption",
    "figcaption": "caption",
}
_CELLS = frozenset(("td", "th", "table"))
_ROLES = frozenset("navigation search menu menubar dialog alert banner contentinfo".split())
_AROUND = frozenset("header footer aside".split())
_CLOSED_BY: Mapping[str, frozenset[str]] = {
    "li": frozenset(("li",)),
    "dt": frozenset(("dt", "dd")),
    "dd": frozenset(("dt", "dd")),
    "tr": frozenset(("tr", "td", "th")),
    "td": frozenset(("td", "th")),
    "th": frozenset(("td", "th")),
}
# An end tag or an implied end reaches no further than these.
_BOUNDS: Mapping[str, frozenset[str]] = {
    "li": frozenset(("ul", "ol", "menu", "dir", "table")),
    "dt": frozenset(("dl", "table")),
    "dd": frozenset(("dl", "table")),
    "tr": frozenset(("table",)),
    "td": frozenset(("table", "tr")),
    "th": frozenset(("table", "tr")),
}
_HIDING = re.compile("display\\s*:\\s*none|visibility\\s*:\\s*hidden", re.IGNORECASE)
# What a book keeps beside its text and is text all the same.
_NOTE = re.compile("footnote|endnote|rearnote")
_DOUBLE_SPACE = re.compile(" {2,}")
_AROUND_BREAK = re.compile(" ?\n ?")
_SPACES = re.compile("[ \t\n\r\f]+")


@dataclass(slots=True, eq=False)
class _Open:
    """An element that is open; what is true of the one around it is true of it."""

    name: str
    is_hidden: bool = False
    is_around: bool = False
    is_main: bool = False
    is_code: bool = False
    is_linked: bool = False
    is_table: bool = False
    keeps_space: bool = False
    article: int = 0
    count: int = 0


class Flow:
    """Reads a page tag by tag.

    Args:
        deepest: How many elements may be open; those beyond are not told apart.

    Attributes:
        pieces: The page's blocks, once it is read.
        facts: Its ``meta`` elements and the times it gives itself, by name in lower case.
        title: The words of its ``title``.
        language: Its ``lang``.
        direction: Its ``dir``.
    """

    def __init__(self, deepest: int) -> None:
        self.pieces: list[Piece] = []
        self.facts: dict[str, str] = {}
        self.title = ""
        self.language = ""
        self.direction = ""
        self._deepest = deepest
        self._open = [_Open("")]
        self._tables: list[Table] = []
        self._words: list[str] = []
        self._linked = self._code = self._all = 0
        self._deeper = 0
        self._articles = 0
        self._term = ""
        self._in_title = False

    def read(self, markup: str, is_xhtml: bool) -> None:
        """Read a page.

        Args:
            markup: HTML or XHTML.
            is_xhtml: Whether any tag may end itself.
        """
        for piece in pieces(markup, is_xhtml):
            if isinstance(piece, str):
                self._take(piece)
            elif piece.is_end:
                self._end(piece.name)
            else:
                self._start(piece)
        self._flush()
        self._flush_term()
        while self._tables:
            self._end_table()

    def _take(self, text: str) -> None:
        if self._in_title:
            self.title = self.title or text.strip()
        elif not self._open[-1].is_hidden:
            self._words.append(text if self._open[-1].keeps_space else _SPACES.sub(" ", text))
            visible = len(text.strip())
            self._all += visible
            self._linked += visible if self._open[-1].is_linked else 0
            self._code += visible if self._open[-1].is_code else 0

    def _start(self, tag: Tag) -> None:
        name = tag.name
        if name == "title":
            self._in_title = not self._open[-1].is_hidden or self._open[-1].name == "head"
        if name in ("meta", "time", "html", "body"):
            self._note(tag)
        if name == "br" and not self._open[-1].is_hidden:
            self._words.append("\n")
        if name in _BLOCKS:
            self._flush()
            self._close_implied(name)
        if name in VOID:
            return
        if self._deeper or len(self._open) > self._deepest:
            self._deeper += 1
            return
        self._open.append(self._opened(tag))
        self._begin_table_part(tag)

    def _note(self, tag: Tag) -> None:
        """Keep what a page says of itself."""
        of = tag.attributes
        if tag.name in ("html", "body"):
            self.language = self.language or of.get("lang", "") or of.get("xml:lang", "")
            self.direction = self.direction or of.get("dir", "").lower()
        elif tag.name == "meta":
            key = of.get("name") or of.get("property") or of.get("itemprop") or ""
            if key and of.get("content"):
                self.facts.setdefault(key.lower(), of["content"].strip())
        elif "pubdate" in of or of.get("itemprop") == "datePublished":
            self.facts.setdefault("datepublished", of.get("datetime", ""))

    def _opened(self, tag: Tag) -> _Open:
        outer, of, name = self._open[-1], tag.attributes, tag.name
        role, kind = of.get("role", "").lower(), of.get("epub:type", "")
        is_own_part = outer.is_main or outer.article > 0
        is_article = name == "article" and not outer.article
        self._articles += is_article
        return _Open(
            name,
            is_hidden=outer.is_hidden
            or (name in _LEFT_OUT and not (name == "form" and outer.name in ("body", "")))
            or (role in _ROLES and not (is_own_part and role in ("banner", "contentinfo")))
            or "hidden" in of
            or of.get("aria-hidden", "").lower() == "true"
            or bool(_HIDING.search(of.get("style", ""))),
            is_around=outer.is_around
            or (name in _AROUND and not is_own_part and not _NOTE.search(f"{role} {kind}")),
            is_main=outer.is_main or name == "main" or role == "main",
            is_code=outer.is_code or (name == "code" and outer.name == "pre"),
            is_linked=outer.is_linked or name == "a",
            keeps_space=outer.keeps_space or name == "pre",
            article=self._articles if is_article else outer.article,
        )

    def _close_implied(self, name: str) -> None:
        """Close what a start tag ends without saying so."""
        self._close_paragraph()
        if name in _CLOSED_BY:
            self._close(_CLOSED_BY[name], _BOUNDS[name])

    def _close_paragraph(self) -> None:
        self._close(frozenset(("p",)), _BLOCKS - {"p"})

    def _close(self, names: frozenset[str], bounds: frozenset[str]) -> None:
        """Close the innermost open element of some names, unless a bound lies inside it."""
        for depth in range(len(self._open) - 1, 0, -1):
            name = self._open[depth].name
            if name in names:
                del self._open[depth:]
                return
            if name in bounds:
                return

    def _end(self, name: str) -> None:
        if name == "title":
            self._in_title = False
        if name in _BLOCKS:
            self._flush()
        if self._deeper:
            self._deeper -= 1
            return
        if name == "dl":
            self._flush_term()
        if name == "p":
            self._close_paragraph()
        else:
            cells = frozenset(("td", "th", "table")) - {name}
            self._close(frozenset((name,)), _BOUNDS.get(name, cells))
        while len(self._tables) > sum(element.is_table for element in self._open):
            self._end_table()

    # Blocks

    def _flush(self) -> None:
        """End the block at hand."""
        words = "".join(self._words)
        if not self._open[-1].keeps_space:
            words = _AROUND_BREAK.sub("\n", _DOUBLE_SPACE.sub(" ", words)).strip()
        if words.strip():
            piece = self._piece(words)
            if piece is not None:
                self._emit(piece)
        self._words, self._linked, self._code, self._all = [], 0, 0, 0

    def _piece(self, words: str) -> Piece | None:
        """Return what words are, by the elements that are open."""
        top = self._open[-1]
        kind: BlockKind = "paragraph"
        lead = ""
        for element in reversed(self._open):
            if element.name in _KINDS:
                kind = _KINDS[element.name]
            elif element.name == "li":
                kind, lead = "item", self._bullet(element)
            elif element.name == "dt":
                self._define(words)
                return None
            elif element.name == "dd":
                kind, words, self._term = self._defined(words)
            elif element.name not in _CELLS:
                continue
            break
        if 2 * self._code > self._all or (top.is_around and kind != "heading"):
            kind = "boilerplate"
        is_linked = self._linked == self._all
        level = _HEADINGS.get(element.name, 0)
        return Piece(words, kind, lead, level, top.article, top.is_main, is_linked)

    def _bullet(self, item: _Open) -> str:
        """Return the mark before the first block of a list item."""
        item.count += 1
        if item.count > 1:
            return ""
        outer = self._open[: self._open.index(item)]
        holder = next((e for e in reversed(outer) if e.name in ("ul", "ol", "li")), item)
        holder.count += holder.name == "ol"
        return f"{holder.count}. " if holder.name == "ol" else "\u2022 "

    def _define(self, term: str) -> None:
        """Keep a term for the definition behind it."""
        self._flush_term()
        self._term = term

    def _defined(self, words: str) -> tuple[BlockKind, str, str]:
        return ("row", f"{self._term}: {words}", "") if self._term else ("paragraph", words, "")

    def _flush_term(self) -> None:
        if self._term:
            top, term = self._open[-1], self._term
            self._term = ""
            self._emit(Piece(term, "paragraph", article=top.article, is_main=top.is_main))

    def _emit(self, piece: Piece) -> None:
        table = self._tables[-1] if self._tables else None
        if table is None or table.cell is None:
            self.pieces.append(piece)
        else:
            table.cell.pieces.append(piece)

    # Tables

    def _begin_table_part(self, tag: Tag) -> None:
        if self._open[-1].is_hidden:
            return
        if tag.name == "table":
            if self._tables:
                self._tables[-1].is_layout = True
            self._open[-1].is_table = True
            is_layout = tag.attributes.get("role") in ("presentation", "none")
            self._tables.append(Table(is_layout=is_layout))
        elif self._tables and tag.name == "tr":
            self._tables[-1].rows.append([])
        elif self._tables and tag.name in ("td", "th"):
            table = self._tables[-1]
            columns, rows = (span_of(tag.attributes.get(n, "")) for n in ("colspan", "rowspan"))
            table.cell = Cell(is_header=tag.name == "th", columns=columns, rows=rows)
            if not table.rows:
                table.rows.append([])
            table.rows[-1].append(table.cell)

    def _end_table(self) -> None:
        for piece in blocks_of(self._tables.pop()):
            self._emit(piece)
