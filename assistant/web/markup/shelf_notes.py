"""What is told of work on the library as HTML: what was removed, read or failed, and the choice."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from assistant.documents import READERS
from assistant.errors import AssistantError
from assistant.schema import Failure, Progress, SyncReport
from assistant.strings import explain, say
from assistant.web.markup.amounts import counted, left, number
from assistant.web.markup.render import interface_direction
from assistant.web.markup.shelf import filled
from assistant.web.markup.text import escape, isolated, path

_KINDS = ("added", "updated", "moved", "removed", "unchanged")
_MOST_LISTED = 500
MOST_NAMED = 3
_FAILURES = ("UnsupportedFormat", "EmptyDocument", "UnreadableDocument")


def told(lines: Sequence[str], language: str) -> str:
    """Return lines of HTML as a notice; nothing where there are none."""
    if not lines:
        return ""
    inner = "".join(f"<p>{line}</p>" for line in lines)
    return f'<div class="shelf-note" dir="{interface_direction(language)}">{inner}</div>'


def removed(title: str, token: str, language: str) -> str:
    """Return the line for a document that was removed, with the way back."""
    name = escape(say("library.undo.named", language, {"title": title}))
    return (
        f"{filled('library.remove.done', language, title=title)} "
        f'<button type="button" class="undo" data-token="{escape(token)}" aria-label="{name}">'
        f"{escape(say('library.undo', language))}</button>"
    )


def trouble(error: AssistantError, language: str) -> str:
    """Return the line for something that could not be done."""
    return filled("library.trouble", language, message=explain(error, language))


def suffixes() -> tuple[str, ...]:
    """Return the suffixes of the files that can be read."""
    return tuple(sorted(READERS))


def failure(one: Failure, language: str) -> str:
    """Return why a file could not be read, and what to do, without saying where it lies."""
    if one.error in _FAILURES:
        kinds = " ".join(suffix.removeprefix(".").upper() for suffix in suffixes())
        name = f"library.failed.{one.error}"
        values = {"kinds": kinds} if one.error == "UnsupportedFormat" else {}
        return f"{filled(name, language, **values)}{_details(one, language)}"
    return filled("library.failed.other", language, message=_without_folder(one))


def _without_folder(one: Failure) -> str:
    return one.message.replace(one.source, PurePath(one.source).name or one.source)


def _details(one: Failure, language: str) -> str:
    summary = escape(say("library.details", language))
    words = isolated(_without_folder(one))
    return f'<details class="why"><summary>{summary}</summary>{words}</details>'


# Reading the folder again


def reading(at: Progress | None, seconds_left: float | None, language: str) -> str:
    """Return how far the folder has been read.

    Args:
        at: The last step; None before the first.
        seconds_left: How long it will take, where that can be told.
        language: Language of the interface.
    """
    words, bar, name = say("library.syncing", language), "<progress></progress>", ""
    if at is not None:
        counts = {"done": number(at.done), "total": number(at.total)}
        words = say("library.syncing.at", language, counts)
        bar = f'<progress max="{at.total}" value="{at.done}"></progress>'
        name = f' <span class="file">{path(at.name)}</span>' if at.name else ""
    rest = f" · {escape(left(seconds_left, language))}" if seconds_left is not None else ""
    stop = escape(say("library.syncing.stop", language))
    return (
        f'<div class="syncing" dir="{interface_direction(language)}"><p>{escape(words)}{rest}{name}'
        f'</p>{bar}<button type="button" class="stop">{stop}</button></div>'
    )


def synced(report: SyncReport, language: str) -> str:
    """Return what reading the folder again did."""
    counts = [
        say(f"library.synced.{kind}", language, {"count": number(len(getattr(report, kind)))})
        for kind in _KINDS
        if getattr(report, kind)
    ]
    items = "".join(f"<li>{escape(words)}</li>" for words in counts)
    parts = [f"<p>{escape(say('library.synced', language))}</p>"]
    parts += [f'<ul class="counts">{items}</ul>'] if items else []
    faults = [
        f'<span class="file">{path(PurePath(one.source).name or one.source)}</span> '
        f"{failure(one, language)}"
        for one in report.failed
    ]
    warnings = [isolated(_shown_warning(words)) for words in report.warnings]
    parts += [_folded("faults", faults, language), _folded("warnings", warnings, language)]
    return _result("".join(parts), language)


def _shown_warning(words: str) -> str:
    """Return a warning with its file's name in place of the path."""
    source, colon, rest = words.partition(": ")
    return f"{PurePath(source).name}{colon}{rest}" if colon else words


def _folded(name: str, items: Sequence[str], language: str) -> str:
    if not items:
        return ""
    head = escape(say(f"library.synced.{name}", language, {"count": number(len(items))}))
    inner = "".join(f"<li>{item}</li>" for item in items[:_MOST_LISTED])
    if len(items) > _MOST_LISTED:
        rest = number(len(items) - _MOST_LISTED)
        inner += f"<li>{escape(say('library.synced.more', language, {'count': rest}))}</li>"
    return f'<details class="{name}"><summary>{head}</summary><ul>{inner}</ul></details>'


def sync_stopped(language: str) -> str:
    """Return what is told after the reading was stopped."""
    return _result(f"<p>{escape(say('library.synced.stopped', language))}</p>", language)


def sync_failed(message: str, language: str) -> str:
    """Return what is told where the folder could not be read at all."""
    words = filled("library.synced.failed", language, message=message)
    return _result(f'<p class="warned">{words}</p>', language)


def _result(inner: str, language: str) -> str:
    close = escape(say("library.incoming.close", language))
    return (
        f'<div class="synced" dir="{interface_direction(language)}">{inner}'
        f'<button type="button" class="close">{close}</button></div>'
    )


# The choice above the question box


def chosen(titles: Sequence[str], count: int, language: str) -> str:
    """Return which documents a question is put to; nothing where it is put to all.

    Args:
        titles: The titles of some of them.
        count: How many they are.
        language: Language of the interface.
    """
    if not count:
        return ""
    named = titles[:MOST_NAMED] if count <= MOST_NAMED else ()
    comma = escape(say("answer.comma", language))
    inner = comma.join(isolated(title) for title in named)
    words = escape(counted("amount.documents", count, language))
    clear = escape(say("library.chosen.clear", language))
    names = f' <span class="names">({inner})</span>' if inner else ""
    return (
        f'<p class="chosen" dir="{interface_direction(language)}" data-count="{count}">'
        f"<span>{escape(say('library.chosen', language))} <b>{words}</b>{names}</span>"
        f'<button type="button" class="clear">{clear}</button></p>'
    )
