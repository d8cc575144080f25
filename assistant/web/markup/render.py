"""The conversation as HTML: pure functions over the schema's types.

The page does not use Gradio's Markdown: a document's ``$``, ``*`` or ``<`` would mean something
there. Here everything that a document or a person wrote is escaped, so nothing of it means
anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from assistant.language import question_language
from assistant.language.scripts import Direction, direction, script_counts
from assistant.schema import Answer, CitationState, Hit, Segment, checked
from assistant.schema import Turn as KeptTurn
from assistant.sentences import sentence_spans
from assistant.strings import place_name, say
from assistant.web.markup.acts import of_answer, of_question
from assistant.web.markup.body import body
from assistant.web.markup.markers import encode
from assistant.web.markup.text import direction_or, escape, flow, isolated

_EXTRACTIVE = "extractive"
_CLOSEST = 3
_WAITING = "waiting"
_LINE = re.compile(r"[^\r\n]+")


def interface_direction(language: str) -> Direction:
    """Return the direction of the interface in a language."""
    return "rtl" if language == "ar" else "ltr"


def messages(items: Iterable[str], language: str, conversation: str = "", turns: int = 0) -> str:
    """Return messages of a conversation.

    Args:
        items: The messages as HTML, in order.
        language: Language of the interface.
        conversation: The id of the kept conversation; the page puts it into its address.
        turns: How many turns the conversation has; the page sees by it that a question is new.

    Returns:
        The messages; nothing where there are none.
    """
    inner = "".join(items)
    if not inner:
        return ""
    named = f' data-conversation="{escape(conversation)}"' if conversation else ""
    counted = f' data-turns="{turns}"' if turns else ""
    runs = interface_direction(language)
    # Said aloud as it grows; the name tells where one is.
    spoken = f'role="log" aria-label="{escape(say("page.conversation", language))}"'
    return f'<div class="messages" {spoken} dir="{runs}"{named}{counted}>{inner}</div>'


def empty(language: str) -> str:
    """Return what a person sees before the first question."""
    words = escape(say("page.chat.empty", language))
    return messages([f'<p class="empty">{words}</p>'], language)


def starters(questions: Sequence[str], language: str) -> str:
    """Return questions that can be asked by a click; nothing where there are none."""
    if not questions:
        return ""
    items = "".join(
        f'<li><button type="button" class="starter" dir="{_asked_direction(asked)}"'
        f' data-question="{escape(asked)}">{flow(asked)}</button></li>'
        for asked in questions
    )
    label = escape(say("page.starters", language))
    runs = interface_direction(language)
    return f'<div class="starters" dir="{runs}"><p>{label}</p><ul>{items}</ul></div>'


def question(text: str, language: str) -> str:
    """Return a person's message, every line in its own direction, and what can be done with it."""
    message = _message("user", say("page.you", language), _lines(text, _asked_direction))
    return message + of_question(text, language)


def earlier(count: int, language: str) -> str:
    """Return the button that shows turns that stand before the first one on the page."""
    words = escape(say("page.earlier", language, {"count": count}))
    return f'<button type="button" class="earlier">{words}</button>' if count else ""


def waiting(name: str, language: str) -> str:
    """Return what stands for an answer before anything of it has come.

    Args:
        name: The name of the words that say what is going on.
        language: Language of the interface.
    """
    words = escape(say(name, language))
    return _message(_WAITING, say("page.title", language), f'<p class="note">{words}</p>')


def is_waiting(reply: str) -> bool:
    """Return whether a reply only stands for one that is to come."""
    return reply.startswith(f'<article class="message {_WAITING}"')


def partial(segments: Sequence[Segment], asked: str, language: str) -> str:
    """Return the part of an answer that has come so far.

    Args:
        segments: What has come.
        asked: The question; the answer's own words will be in its language.
        language: Language of the interface.

    Returns:
        A message, still without the line that says who wrote it.
    """
    citations = tuple(dict.fromkeys(c for s in segments for c in s.citations))
    words = body(segments, citations, question_language(asked), language)
    return _message("assistant", say("page.title", language), words)


def answer(whole: Answer, language: str, kept: KeptTurn | None = None) -> str:
    """Return a finished answer, or a refusal with the closest passages below it.

    Args:
        whole: The answer.
        language: Language of the interface.
        kept: The turn as the library keeps it, with what became of its documents since; None
            where it is not kept.
    """
    states = kept.states if kept else ()
    words = body(whole.segments, whole.citations, whole.language, language, states)
    name = say("page.title", language)
    words = _understood(whole, language) + words
    number, rating = (kept.number, kept.rating) if kept else (0, None)
    acts = of_answer(whole, number, rating, language)
    if not whole.answered:
        return _message("assistant refusal", name, words + _closest(whole.hits, language) + acts)
    since = _since(states, language)
    below = _engine(whole.engine, language) + _checks(whole, language)
    return _message("assistant", name, words + since + below + acts)


def ended(before: str, note: str, language: str) -> str:
    """Return a reply that ended early: what had come, then why there is no more.

    Args:
        before: The message as it was, or nothing.
        note: Why it ended, as text.
        language: Language of the interface.

    Returns:
        One message, or two.
    """

    def runs(line: str) -> Direction:
        # The sentence is the interface's, however many names and addresses stand in it.
        return "rtl" if language == "ar" and script_counts(line)[0] else direction(line)

    shown = f'<div role="alert">{_lines(note, runs)}</div>'
    return before + _message("assistant failure", say("page.title", language), shown)


def notice(text: str) -> str:
    """Return a line at the question box, such as that the question is empty."""
    if not text:
        return ""
    return f'<p class="notice" role="alert" dir="{direction(text)}">{escape(text)}</p>'


def _message(kind: str, name: str, inner: str) -> str:
    return f'<article class="message {kind}" aria-label="{escape(name)}">{inner}</article>'


def _asked_direction(text: str) -> Direction:
    return interface_direction(question_language(text))


def _lines(text: str, runs: Callable[[str], Direction] = direction) -> str:
    whole = runs(text)
    lines = "".join(
        f'<p dir="{runs(line) if any(script_counts(line)) else whole}">{flow(line)}</p>'
        for line in text.splitlines()
        if line.strip()
    )
    return f'<div class="body" dir="{whole}">{lines}</div>'


def _engine(engine: str, language: str) -> str:
    """Return the line that says who wrote the answer."""
    if engine == _EXTRACTIVE:
        words = escape(say("page.engine.extractive", language))
    else:
        # Filled in after escaping: the name comes as an element of its own.
        line = escape(say("page.engine", language, {"engine": "\0"}))
        words = line.replace("\0", isolated(engine))
    return f'<p class="engine">{words}</p>'


def _since(states: Sequence[CitationState], language: str) -> str:
    """Return what became of documents since the answer, for those who can't hover a marker."""
    lines: dict[str, list[str]] = {}
    for number, state in enumerate(states, start=1):
        if state != "current":
            lines.setdefault(state, []).append(f"[{number}]")
    return "".join(
        f'<p class="since"><bdi>{" ".join(numbers)}</bdi>'
        f" {escape(say(f'conversation.{state}', language))}</p>"
        for state, numbers in lines.items()
    )


def _understood(whole: Answer, language: str) -> str:
    """Return how a follow-up was understood, and a button that puts it into the question box."""
    searched = whole.standalone_question.strip()
    if searched == whole.question.strip():
        return ""
    # Filled in after escaping: the question comes as an element of its own.
    line = escape(say("page.understood", language, {"question": "\0"}))
    edit = escape(say("page.understood.edit", language))
    words = line.replace("\0", isolated(searched))
    return (
        f'<p class="understood">{words} <button type="button" class="revise"'
        f' data-question="{escape(searched)}">{edit}</button></p>'
    )


def _checks(whole: Answer, language: str) -> str:
    """Return what the marks of a model's sentences mean: what was checked, and no more."""
    if whole.engine == _EXTRACTIVE:
        return ""
    items = "".join(f"<li>{escape(line)}</li>" for line in checked(whole.segments, language))
    label = escape(say("page.checks", language))
    return f'<details class="checks"><summary>{label}</summary><ul>{items}</ul></details>'


def _closest(hits: Sequence[Hit], language: str) -> str:
    """Return the passages that came closest to the question, as buttons like the markers."""
    if not hits:
        return ""
    items = "".join(f"<li>{_hit(h, language)}</li>" for h in hits[:_CLOSEST])
    label = escape(say("answer.closest", language))
    return f'<section class="closest"><h2>{label}</h2><ul>{items}</ul></section>'


def _hit(hit: Hit, language: str) -> str:
    named = isolated(place_name(hit.place, language))
    place = f' <span class="place">{named}</span>' if hit.place else ""
    runs = direction(hit.text)
    words = "".join(_sentences(hit.text, runs))
    return (
        f'<button type="button" class="cite passage" data-cite="{escape(encode(hit))}">'
        f'<span class="from">{isolated(hit.document_title)}{place}</span>'
        f'<span class="words" dir="{runs}">{words}</span></button>'
    )


def _sentences(text: str, otherwise: Direction) -> Iterator[str]:
    """Yield a text with each sentence isolated, so that its full stop stands at its own end."""
    position = 0
    for line in _LINE.finditer(text):
        for start, end in sentence_spans(text, *line.span()):
            words, runs = text[start:end], direction_or(text[start:end], otherwise)
            yield escape(text[position:start])
            yield f'<bdi class="sentence" dir="{runs}">{flow(words)}</bdi>'
            position = end
    yield escape(text[position:])
