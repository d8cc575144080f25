"""What stands around the library's list as HTML: ways to bring documents in, and to sift them."""

from __future__ import annotations

import json

from assistant.strings import say
from assistant.web.markup.amounts import number, size
from assistant.web.markup.render import interface_direction
from assistant.web.markup.text import escape

# What the script says of files that come, with the values that it fills in.
_SAID = {
    "sum": "library.incoming.sum",
    "ended": "library.incoming.ended",
    "cancelled": "library.incoming.cancelled",
    "waiting": "library.incoming.waiting",
    "sending": "library.incoming.sending",
    "reading": "library.incoming.reading",
    "done": "library.incoming.done",
    "leftOut": "library.incoming.left_out",
    "unknown": "library.incoming.unknown",
    "tooLarge": "library.incoming.too_large",
    "broken": "library.incoming.broken",
    "secondsLeft": "amount.left.seconds",
    "kb": "amount.kb",
    "mb": "amount.mb",
    "minutesLeft": "amount.left.minutes",
    "ask": "library.ask",
    "askAll": "library.ask.all",
}
_VALUES = "done total failed share count kinds known size limit".split()
_ORDERS = ("added", "title", "date")
_LANGUAGES = ("ar", "en", "mixed", "und")


def tools(
    suffixes: tuple[str, ...], limit_mb: int, person: str, synced: bool, language: str
) -> str:
    """Return what stands above the list.

    Args:
        suffixes: Of the files that can be read.
        limit_mb: The largest file that is read, in megabytes.
        person: Who is signed in; empty where nobody signs in.
        synced: Whether there is a folder that can be read again.
        language: Language of the interface.
    """
    limit = limit_mb * 1_000_000
    facts = f'data-limit="{limit}" data-limit-said="{escape(size(limit, language))}"'
    kinds = f'data-kinds="{escape(" ".join(suffixes))}"'
    return (
        f'<div class="shelf-tools" dir="{interface_direction(language)}" {facts} {kinds}'
        f' data-said="{escape(json.dumps(_said(language), ensure_ascii=False))}">'
        f"{_adding(suffixes, size(limit, language), bool(person), synced, language)}"
        f"{_incoming(language)}{_sieve(language)}{_choice(language)}"
        f"{_correction(language)}{_question(language)}</div>"
    )


def _said(language: str) -> dict[str, str]:
    marks = {name: "{" + name + "}" for name in _VALUES}
    return {key: say(name, language, marks) for key, name in _SAID.items()}


def _button(kind: str, name: str, language: str, more: str = "") -> str:
    return f'<button type="button" class="{kind}"{more}>{escape(say(name, language))}</button>'


def _adding(
    suffixes: tuple[str, ...], limit: str, is_signed_in: bool, synced: bool, language: str
) -> str:
    kinds = " ".join(suffix.removeprefix(".").upper() for suffix in suffixes)
    known = escape(say("library.known", language, {"limit": limit}))
    why = f' title="{escape(say("library.sync.why", language))}"'
    sync = _button("sync", "library.sync", language, why) if synced else ""
    own = f'<p class="own-note">{escape(say("library.own", language))}</p>' if is_signed_in else ""
    accepted = escape(",".join(suffixes))
    return (
        f'<section class="adding" aria-label="{escape(say("library.add", language))}">'
        f"<p>{escape(say('library.drop', language))}</p>"
        f'<p class="buttons">{_button("files", "library.files", language)}'
        f"{_button('folder', 'library.folder', language)}{sync}</p>"
        f'<details class="known"><summary>{known}</summary><bdi dir="ltr">{escape(kinds)}</bdi>'
        f"</details>{own}"
        f'<input type="file" class="files" multiple hidden accept="{accepted}">'
        '<input type="file" class="folder" webkitdirectory hidden></section>'
    )


def _incoming(language: str) -> str:
    """Return the place where the script tells of files that come."""
    label = escape(say("library.incoming", language))
    return (
        f'<section class="incoming" aria-label="{label}" hidden>'
        '<p class="sum"><span class="told" role="status"></span> <span class="left"></span></p>'
        f'<progress class="whole" aria-label="{label}" max="1" value="0"></progress>'
        f'<p class="buttons">{_button("cancel", "library.incoming.cancel", language)}'
        f"{_button('close', 'library.incoming.close', language)}</p>"
        f'<p class="unknown" hidden></p><ul tabindex="0" aria-label="{label}"></ul></section>'
    )


def _sieve(language: str) -> str:
    label = escape(say("library.sift", language))
    languages = "".join(
        f'<option value="{value}">{escape(say(f"library.language.{name}", language))}</option>'
        for value, name in (("", "all"), ("ar", "ar"), ("en", "en"))
    )
    orders = "".join(
        f'<option value="{order}">{escape(say(f"library.order.{order}", language))}</option>'
        for order in _ORDERS
    )
    fields = {
        "words": '<input type="search" name="words" maxlength="200">',
        "language": f'<select name="language">{languages}</select>',
        "after": '<input type="date" name="after">',
        "before": '<input type="date" name="before">',
        "order": f'<select name="order">{orders}</select>',
    }
    inner = "".join(_field(f"library.{name}", field, language) for name, field in fields.items())
    return (
        f'<form class="sieve" role="search" aria-label="{label}">{inner}'
        f"{_button('clear', 'library.clear', language, ' hidden')}</form>"
    )


def _field(name: str, field: str, language: str) -> str:
    kind = name.rpartition(".")[2]
    return f'<label class="{kind}"><span>{escape(say(name, language))}</span>{field}</label>'


def _choice(language: str) -> str:
    """Return the buttons that ask about what is ticked, or about all that was found."""
    return (
        '<p class="choice"><button type="button" class="ask" disabled>'
        f"{escape(say('library.ask', language, {'count': number(0)}))}</button>"
        '<button type="button" class="ask-all" hidden></button>'
        f"{_button('unpick', 'library.unpick', language, ' hidden')}</p>"
    )


def _correction(language: str) -> str:
    """Return the form that the script puts under a document."""
    languages = "".join(
        f'<option value="{code}">{escape(say(f"library.language.{code}", language))}</option>'
        for code in _LANGUAGES
    )
    fields = {
        "title": '<input type="text" name="title" required maxlength="500">',
        "date": '<input type="date" name="date">',
        "language": f'<select name="language">{languages}</select>',
    }
    inner = "".join(
        _field(f"library.column.{name}", field, language) for name, field in fields.items()
    )
    save = escape(say("library.correct.save", language))
    return (
        f'<template class="correction"><form class="correcting">{inner}<p class="buttons">'
        f'<button type="submit" class="save">{save}</button>'
        f"{_button('cancel', 'library.correct.cancel', language)}"
        f"{_button('back', 'library.correct.back', language, ' hidden')}</p></form></template>"
    )


def _question(language: str) -> str:
    """Return what the script asks before a document of the synced folder is removed."""
    return (
        '<template class="question"><div class="asking" role="group">'
        f"<p>{escape(say('library.remove.folder', language))}</p>"
        f'<p class="buttons">{_button("sure", "library.remove.sure", language)}'
        f"{_button('cancel', 'library.correct.cancel', language)}</p></div></template>"
    )
