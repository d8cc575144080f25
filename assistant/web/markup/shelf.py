"""The list of the library's documents as HTML: a table of them, and what can be done with each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from assistant.schema import ShelfPage, ShelfRow, ShelfWish
from assistant.strings import say
from assistant.web.markup.amounts import counted, day, number, size
from assistant.web.markup.render import interface_direction
from assistant.web.markup.text import escape, hover, isolated, path

Whose = Literal["folder", "uploaded", "added", "own", "shared"]

COLUMNS = ("pick", "title", "language", "date", "pages", "passages", "size", "quality", "state")
_NOTED = ("read_as", "skipped", "attachments", "scanned", "ocr", "broken")
_DOUBTFUL = 0.8
_WHOLE = 0.995
_PLACE = re.compile(r"(?:pages?|slides?) (?:[0-9]+-)?([0-9]+)")


@dataclass(frozen=True, slots=True)
class Shown:
    """A document of the list, and what this person may do with it.

    Attributes:
        row: The document.
        whose: How it came, or whose it is.
        may_correct: Whether its title, date and language may be put right.
        may_remove: Whether it may be removed.
    """

    row: ShelfRow
    whose: Whose
    may_correct: bool
    may_remove: bool


def listed(page: ShelfPage, shown: tuple[Shown, ...], wish: ShelfWish, language: str) -> str:
    """Return the list.

    Args:
        page: What was found.
        shown: Its rows.
        wish: What was wished for.
        language: Language of the interface.
    """
    facts = f'data-held="{page.held}" data-found="{len(page.ids)}" data-start="{wish.start}"'
    runs = interface_direction(language)
    inner = _table(shown, language) if shown else _nothing(page, language)
    return (
        f'<section class="shelf" dir="{runs}" {facts}>'
        f'<p class="found" role="status">{escape(_sum(page, language))}</p>'
        f"{inner}{_pages(page, wish, language)}</section>"
    )


def failed(language: str) -> str:
    """Return what stands in the list's place after an error that nobody foresaw."""
    words = escape(say("page.error.unexpected", language))
    return f'<section class="shelf" dir="{interface_direction(language)}"><p>{words}</p></section>'


def _sum(page: ShelfPage, language: str) -> str:
    found = counted("amount.documents", len(page.ids), language)
    if len(page.ids) == page.held:
        return say("library.held", language, {"held": found})
    return say("library.found", language, {"found": found, "held": number(page.held)})


def _nothing(page: ShelfPage, language: str) -> str:
    name = "library.unfound" if page.held else "library.empty"
    return f'<p class="empty">{escape(say(name, language))}</p>'


def _table(shown: tuple[Shown, ...], language: str) -> str:
    # The roles are said again: where the table is narrow its parts are shown as blocks, and
    # browsers then forget what they are.
    heads = "".join(_head(column, language) for column in (*COLUMNS, "actions"))
    rows = "".join(_row(one, language) for one in shown)
    label = escape(say("library.list", language))
    return (
        f'<table role="table" aria-label="{label}"><thead role="rowgroup"><tr role="row">{heads}'
        f'</tr></thead><tbody role="rowgroup">{rows}</tbody></table>'
    )


def _head(column: str, language: str) -> str:
    if column != "pick":
        name = escape(say(f"library.column.{column}", language))
        return f'<th role="columnheader" scope="col" class="{column}">{name}</th>'
    every = escape(say("library.pick.all", language))
    return (
        f'<th role="columnheader" scope="col" class="pick" data-label="{every}"><input'
        f' type="checkbox" class="every" aria-label="{every}" title="{every}"></th>'
    )


def _row(one: Shown, language: str) -> str:
    row = one.row
    cells = {
        "pick": _pick(row, language),
        "language": escape(say(f"library.language.{_known(row.language)}", language)),
        "date": escape(day(row.date, language)) if row.date else "",
        "pages": _page_count(row),
        "passages": number(row.passages),
        "size": _size(row, language),
        "quality": _quality(row, language),
        "state": _state(one, language),
        "actions": _actions(one, language),
    }
    shown = "".join(
        f'<td role="cell" class="{name}"{_label(name, inner, language)}>{inner}</td>'
        for name, inner in cells.items()
        if name != "pick"
    )
    facts = {
        "id": row.id,
        "title": row.title,
        "date": row.date.isoformat() if row.date else "",
        "language": row.language,
        "corrected": row.metadata.get("corrected", ""),
        "whose": one.whose,
    }
    told = " ".join(f'data-{name}="{escape(value)}"' for name, value in facts.items())
    return (
        f'<tr role="row" {told}><td role="cell" class="pick">{cells["pick"]}</td>'
        f'<th role="rowheader" scope="row" class="title">{_named(row, language)}</th>{shown}</tr>'
    )


def _label(name: str, inner: str, language: str) -> str:
    """Return the column's name for where a narrow page has no heads."""
    if not inner or name == "actions":
        return ""
    return f' data-label="{escape(say(f"library.column.{name}", language))}"'


def _known(language: str) -> str:
    return language if language in ("ar", "en", "mixed") else "und"


def _pick(row: ShelfRow, language: str) -> str:
    label = hover(say("library.pick", language, {"title": row.title}))
    return f'<input type="checkbox" class="one" aria-label="{label}">'


def _named(row: ShelfRow, language: str) -> str:
    """Return a document's title, its file's name, and what is to be known of its text."""
    parts = [f'<span class="name">{isolated(row.title)}</span>']
    if row.sources:
        source = row.sources[0].source
        name = PurePath(source).name or source
        if name != row.title:
            parts.append(f'<span class="file" title="{hover(source)}">{path(name)}</span>')
    what = say("answer.comma", language).join(
        say(f"cli.corrected.{name}", language) for name in row.metadata.get("corrected", "").split()
    )
    if what:
        words = escape(say("library.corrected", language, {"what": what}))
        parts.append(f'<span class="remark">{words}</span>')
    parts += [f'<span class="doubtful">{note}</span>' for note in notes(row, language)]
    return "".join(parts)


def notes(row: ShelfRow, language: str) -> Iterator[str]:
    """Yield what a person should know of how a document could be read, a sentence of HTML each."""
    told = False
    for fact in _NOTED:
        if fact in row.metadata:
            told = True
            yield filled(f"library.note.{fact}", language, what=row.metadata[fact])
    if row.quality < _DOUBTFUL and not told:
        yield escape(say("library.note.doubtful", language))
    elif row.quality < 1 and not told:
        yield escape(say("library.note.characters", language))


def filled(name: str, language: str, **values: str) -> str:
    """Return a string as HTML, with values of whatever script each in a box of its own."""
    # A character that is in no string of ours stands for each value until all else is escaped.
    marks = {chr(0xE000 + n): key for n, key in enumerate(values)}
    words = escape(say(name, language, {key: mark for mark, key in marks.items()}))
    return re.sub("[\\ue000-\\ue00f]", lambda found: isolated(values[marks[found[0]]]), words)


def _page_count(row: ShelfRow) -> str:
    if row.metadata.get("pages", "").isdigit():
        return number(int(row.metadata["pages"]))
    found = _PLACE.fullmatch(row.place)
    return number(int(found[1])) if found else ""


def _size(row: ShelfRow, language: str) -> str:
    if not row.sources or row.sources[0].size < 0:
        return ""
    return escape(size(row.sources[0].size, language))


def _quality(row: ShelfRow, language: str) -> str:
    share = int(100 * row.quality) if row.quality < _WHOLE else 100
    words = escape(say("library.percent", language, {"count": share}))
    kind = "low" if row.quality < _DOUBTFUL else "high"
    return f'<span class="{kind}">{words}</span>'


def _state(one: Shown, language: str) -> str:
    parts = [f'<span class="whose">{escape(say(f"library.whose.{one.whose}", language))}</span>']
    if one.row.state in ("changed", "gone"):
        words = escape(say(f"library.state.{one.row.state}", language))
        parts.append(f'<span class="warned">{words}</span>')
    return "".join(parts)


def _actions(one: Shown, language: str) -> str:
    parts = []
    for name, may in (("correct", one.may_correct), ("remove", one.may_remove)):
        if may:
            label = hover(say(f"library.{name}.named", language, {"title": one.row.title}))
            words = escape(say(f"library.{name}", language))
            parts.append(
                f'<button type="button" class="{name}" aria-label="{label}">{words}</button>'
            )
    return "".join(parts)


def _pages(page: ShelfPage, wish: ShelfWish, language: str) -> str:
    """Return the way to the rows before and after those that are shown."""
    found = len(page.ids)
    if found <= wish.limit:
        return ""
    first, last = wish.start + 1, wish.start + len(page.rows)
    steps = {
        "previous": (max(0, wish.start - wish.limit), wish.start > 0),
        "next": (wish.start + wish.limit, last < found),
    }
    buttons = {
        name: f'<button type="button" class="{name}" data-to="{to}"{_unless(is_there)}>'
        f"{escape(say(f'library.{name}', language))}</button>"
        for name, (to, is_there) in steps.items()
    }
    shown = f"{number(first)}\u2013{number(last)}"
    values = {"first": number(first), "last": number(last), "found": number(found)}
    where = escape(say("library.pages.shown", language, values)).replace(
        shown, f'<bdi dir="ltr">{shown}</bdi>'
    )
    label = escape(say("library.pages", language))
    return (
        f'<nav class="leaves" aria-label="{label}">{buttons["previous"]}'
        f"<span>{where}</span>{buttons['next']}</nav>"
    )


def _unless(is_there: bool) -> str:
    return "" if is_there else " disabled"
