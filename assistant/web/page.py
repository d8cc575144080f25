"""The page: its parts, and which event leads to which function. All else is in pure modules."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from importlib.resources import files

import gradio as gr
from gradio.events import Dependency

from assistant.schema import Interrupt
from assistant.settings import InterfaceLanguage
from assistant.strings import LANGUAGES, say
from assistant.web import panel, render, turns
from assistant.web.contract import Answers
from assistant.web.head import language_for
from assistant.web.steps import in_threads
from assistant.web.turns import Turns

_LOG = logging.getLogger(__name__)

# Answers at a time; Gradio's own default is one, which would make everybody wait for everybody.
_ANSWERS_AT_A_TIME = 4
_WAITING_ANSWERS = 64

_TRANSLATED = ("page.ask", "page.send", "page.stop", "page.new")


def static(name: str) -> str:
    """Return the text of a file in ``static``."""
    return files("assistant.web").joinpath("static", name).read_text(encoding="utf-8")


def translations() -> gr.I18n:
    """Return the words of Gradio's own components, which the browser chooses from."""
    return gr.I18n(**{code: {name: say(name, code) for name in _TRANSLATED} for code in LANGUAGES})


class Page:
    """The events of the page. It keeps the assistant and nothing of any person.

    Args:
        assistant: Who answers.
        setting: The interface's language.
    """

    def __init__(self, assistant: Answers, setting: InterfaceLanguage) -> None:
        self._assistant = assistant
        self._setting = setting

    def opened(self, request: gr.Request) -> tuple[str, str, str]:
        """Return the head, the conversation and the panel of a fresh page."""
        language = self._language(request)
        return self._header(language), turns.page((), language), panel.empty(language)

    def asked(self, question: str, said: Turns, request: gr.Request) -> tuple[object, ...]:
        """Take a question: show it at once, or say why it can't be asked.

        The last value says whether an answer is due; without it, a question that was sent while
        an answer is being written would start that answer a second time.
        """
        language = self._language(request)
        limit = self._assistant.settings.max_question_characters
        objection = turns.objection(said, question, limit, language)
        if objection:
            unchanged = gr.skip()
            return (unchanged, render.notice(objection), *[unchanged] * 4, False)
        said = (*said, turns.Turn(question.strip()))
        return ("", "", turns.page(said, language), said, *_buttons(busy=True), True)

    async def answered(
        self, said: Turns, due: bool, request: gr.Request
    ) -> AsyncIterator[tuple[object, ...]]:
        """Stream the answer to the question that waits, if one is due."""
        language = self._language(request)
        unchanged = gr.skip()
        if not due:
            yield (unchanged,) * 5
            return
        stop = Interrupt()
        going = turns.answered(self._assistant, said, language, stop)
        async for further in in_threads(going, stop.set):
            said = further
            yield (turns.page(said, language), said, *[unchanged] * 3)
        yield (turns.page(said, language), said, "", *_buttons(busy=False))

    def stopped(self, said: Turns, request: gr.Request) -> tuple[object, ...]:
        """Say that the answer that was being written has been broken off."""
        language = self._language(request)
        said = turns.stopped(said, language)
        return (turns.page(said, language), said, "", *_buttons(busy=False))

    def cleared(self, request: gr.Request) -> tuple[object, ...]:
        """Begin a new conversation."""
        language = self._language(request)
        fresh = (self._header(language), turns.page((), language), panel.empty(language), "", ())
        return (*fresh, *_buttons(busy=False))

    def opened_source(self, event: gr.EventData, request: gr.Request) -> str:
        """Show the document behind a marker."""
        sent = event._data if isinstance(event._data, dict) else {}
        language = self._language(request)
        return turns.source(self._assistant, sent.get("marker"), sent.get("others"), language)

    def _language(self, request: gr.Request) -> str:
        return language_for(self._setting, request.headers.get("accept-language"))

    def _header(self, language: str) -> str:
        try:
            count = len(self._assistant.documents())
        except Exception as error:  # noqa: BLE001  # the page must open all the same
            _LOG.error("The documents could not be counted: %s", type(error).__name__)
            count = None
        return render.header(count, language)


def _buttons(*, busy: bool) -> tuple[object, object]:
    """Return the send and the stop button: always one of the two is there."""
    return gr.update(visible=not busy), gr.update(visible=busy)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The components that events read or change."""

    said: gr.State
    due: gr.State
    header: gr.HTML
    new: gr.Button
    conversation: gr.HTML
    notice: gr.HTML
    question: gr.Textbox
    send: gr.Button
    stop: gr.Button
    source: gr.HTML


def build_page(assistant: Answers, setting: InterfaceLanguage) -> gr.Blocks:
    """Return the page.

    Args:
        assistant: Who answers.
        setting: The interface's language.

    Returns:
        Gradio's blocks, with all events bound.
    """
    word = translations()
    # Gradio writes the title into the page as it is, so it can't follow the browser's language.
    title = " · ".join(say("page.title", code) for code in LANGUAGES)
    blocks = gr.Blocks(title=title, analytics_enabled=False, fill_width=True)
    with blocks:
        parts = _layout(word)
        page = Page(assistant, setting)
        blocks.load(
            page.opened,
            outputs=[parts.header, parts.conversation, parts.source],
            queue=False,
            show_progress="hidden",
            api_visibility="private",
        )
        answering = _bind_question(page, parts)
        _bind_buttons(page, parts, answering)
    blocks.queue(max_size=_WAITING_ANSWERS, default_concurrency_limit=_ANSWERS_AT_A_TIME)
    return blocks


def _layout(word: gr.I18n) -> _Parts:
    said, due = gr.State(()), gr.State(False)
    with gr.Row(elem_id="sanad-header"):
        header = _html("sanad-masthead")
        new = gr.Button(word("page.new"), elem_id="sanad-new", size="sm", scale=0)
    with gr.Row(elem_id="sanad-main"):
        with gr.Column(elem_id="sanad-chat"):
            conversation = _html("sanad-conversation")
            notice = _html("sanad-notice")
            with gr.Row(elem_id="sanad-composer"):
                question = gr.Textbox(
                    placeholder=word("page.ask"),
                    label=word("page.ask"),
                    show_label=False,
                    container=False,
                    lines=1,
                    max_lines=6,
                    autofocus=True,
                    elem_id="sanad-question",
                )
                send = gr.Button(word("page.send"), elem_id="sanad-send", variant="primary")
                stop = gr.Button(word("page.stop"), elem_id="sanad-stop", visible=False)
        with gr.Column(elem_id="sanad-side"):
            source = _html("sanad-source", static("page.js"))
    return _Parts(said, due, header, new, conversation, notice, question, send, stop, source)


def _html(elem_id: str, script: str | None = None) -> gr.HTML:
    return gr.HTML("", elem_id=elem_id, js_on_load=script, apply_default_css=False, padding=False)


def _bind_question(page: Page, parts: _Parts) -> Dependency:
    """Bind asking, and return the event that streams the answer."""
    # Two steps: the first does not queue, so that the question is seen at once.
    asking = gr.on(
        [parts.question.submit, parts.send.click],
        page.asked,
        inputs=[parts.question, parts.said],
        outputs=[
            parts.question,
            parts.notice,
            parts.conversation,
            parts.said,
            parts.send,
            parts.stop,
            parts.due,
        ],
        queue=False,
        show_progress="hidden",
        api_visibility="private",
    )
    answering: Dependency = asking.then(
        page.answered,
        inputs=[parts.said, parts.due],
        outputs=[parts.conversation, parts.said, parts.notice, parts.send, parts.stop],
        show_progress="hidden",
        api_visibility="private",
    )
    return answering


def _bind_buttons(page: Page, parts: _Parts, answering: Dependency) -> None:
    parts.stop.click(None, cancels=[answering], queue=False, api_visibility="private")
    # Only when the answer has been broken off is it called so, and the next question taken: until
    # then the browser would leave out the answer to that.
    answering.failure(
        page.stopped,
        inputs=[parts.said],
        outputs=[parts.conversation, parts.said, parts.notice, parts.send, parts.stop],
        queue=False,
        show_progress="hidden",
        api_visibility="private",
    )
    parts.new.click(
        page.cleared,
        outputs=[
            parts.header,
            parts.conversation,
            parts.source,
            parts.notice,
            parts.said,
            parts.send,
            parts.stop,
        ],
        cancels=[answering],
        queue=False,
        show_progress="hidden",
        api_visibility="private",
    )
    # The script in page.js triggers it, with the marker that was used. Of quick clicks the last
    # one counts.
    parts.source.select(
        page.opened_source,
        outputs=[parts.source],
        trigger_mode="always_last",
        queue=False,
        show_progress="hidden",
        api_visibility="private",
    )
