"""What a person can do with a message, as HTML: buttons whose names are labels, not words."""

from __future__ import annotations

from assistant.schema import Answer, Rating
from assistant.strings import say
from assistant.web.markup.copied import cited_html, cited_text
from assistant.web.markup.text import escape

REASONS = {
    "good": ("right", "clear", "sources"),
    "bad": ("wrong", "incomplete", "beside", "sources"),
}


def of_question(text: str, language: str) -> str:
    """Return what can be done with a question: ask it again, or change it first.

    Args:
        text: The question as asked.
        language: Language of the interface.
    """
    buttons = _button("edit", language) + _button("again", language)
    label = escape(say("act.question", language))
    return (
        f'<div class="acts of-question" role="group" aria-label="{label}"'
        f' data-question="{escape(text)}">{buttons}</div>'
    )


def of_answer(whole: Answer, number: int, rating: Rating | None, language: str) -> str:
    """Return what can be done with an answer: copy it, and say what one thinks of it.

    Args:
        whole: The answer.
        number: Its number in the kept conversation; 0 where it is not kept, and can't be rated.
        rating: What the person thinks of it.
        language: Language of the interface.
    """
    buttons = _button("copy", language, {"data-text": whole.text})
    if whole.citations:
        copied = {
            "data-text": cited_text(whole, language),
            "data-html": cited_html(whole, language),
        }
        buttons += _button("copy-cited", language, copied)
    if number:
        reason = rating.reason if rating else ""
        for name in ("good", "bad"):
            is_said = rating is not None and rating.good == (name == "good")
            buttons += _button(name, language, {"aria-pressed": str(is_said).lower()})
        hidden = {} if rating else {"hidden": ""}
        buttons += _button("why", language, {"data-reason": reason, **hidden})
    label = escape(say("act.answer", language))
    return (
        f'<div class="acts of-answer" role="group" aria-label="{label}"'
        f' data-number="{number}">{buttons}</div>'
    )


def reasons(language: str) -> str:
    """Return the question why an answer was good or bad: a short list, and words of one's own."""
    lists = "".join(
        f'<fieldset class="{kind}"><legend>{escape(say(f"rate.{kind}", language))}</legend>'
        + "".join(
            f'<label><input type="checkbox" value="{words}"><span>{words}</span></label>'
            for words in (escape(say(f"rate.{kind}.{name}", language)) for name in names)
        )
        + "</fieldset>"
        for kind, names in REASONS.items()
    )
    own, send, leave = (escape(say(f"rate.{name}", language)) for name in ("own", "send", "leave"))
    runs = "rtl" if language == "ar" else "ltr"
    return (
        f'<dialog class="reasons" dir="{runs}" aria-label="{escape(say("act.why", language))}"'
        f' data-separator="{escape(say("answer.semicolon", language))}">'
        f'<form method="dialog">{lists}<label class="own">{own}'
        '<textarea rows="2" maxlength="1500" dir="auto"></textarea></label>'
        f'<div class="ends"><button type="submit" value="send" class="send">{send}</button>'
        f'<button type="submit" value="" formnovalidate>{leave}</button></div></form></dialog>'
        f'<p class="told" role="status" dir="{runs}" data-copied="{_told("copied", language)}"'
        f' data-failed="{_told("not_copied", language)}"></p>'
    )


def _told(name: str, language: str) -> str:
    return escape(say(f"act.{name}", language))


def _button(name: str, language: str, attributes: dict[str, str] | None = None) -> str:
    """Return a button with a picture; its name is its label and shows when it is hovered."""
    label = escape(say(f"act.{name.replace('-', '_')}", language))
    more = "".join(f' {key}="{escape(value)}"' for key, value in (attributes or {}).items())
    return (
        f'<button type="button" class="act {name}" aria-label="{label}" title="{label}"'
        f"{more}></button>"
    )
