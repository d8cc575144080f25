"""The conversation: a question, and the answer that streams in."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import gradio as gr
from gradio.events import Dependency

from assistant.errors import AssistantError
from assistant.schema import Interrupt, Scope
from assistant.strings import say
from assistant.web import turns
from assistant.web.markup import acts, talks
from assistant.web.markup.render import notice
from assistant.web.places import Places
from assistant.web.reception import Reception
from assistant.web.steps import in_threads
from assistant.web.turns import Talk
from assistant.web.views.parts import html, sent


@dataclass(frozen=True, slots=True)
class AskingParts:
    """The components of the conversation.

    Attributes:
        talk: The conversation as it is on the page, a `Talk`.
        due: Whether an answer is due.
        chosen: The ids of the documents to look in; empty for all.
        tools: The way to other conversations, and the exports of this one.
        acts: Asked with the messages' buttons: its script triggers ``retry`` to ask again,
            ``like`` to rate, and ``expand`` for earlier turns.
        new: Begins a new conversation.
        past: The earlier turns.
        live: The last turn.
        notice: A line at the question box.
        question: The question box.
        send: Sends the question.
        stop: Breaks the answer off.
    """

    talk: gr.State
    due: gr.State
    chosen: gr.State
    tools: gr.HTML
    acts: gr.HTML
    new: gr.Button
    past: gr.HTML
    live: gr.HTML
    notice: gr.HTML
    question: gr.Textbox
    send: gr.Button
    stop: gr.Button


class Asking:
    """The events of the conversation.

    Args:
        reception: Tells who asks.
        places: Tells whether there is room for a question.
    """

    def __init__(self, reception: Reception, places: Places) -> None:
        self._reception = reception
        self._places = places

    def opened(self, conversation: str, request: gr.Request) -> tuple[object, ...]:
        """Show a kept conversation, or an empty one: its past, its last turn, and itself."""
        language = self._reception.language(request)
        talk = turns.opened(self._reception.desk(request), conversation, language)
        return turns.past(talk, language), turns.latest(talk, language), talk

    def dressed(self, request: gr.Request) -> tuple[str, str]:
        """Return the tools above the conversation, and what goes with its messages' buttons."""
        language = self._reception.language(request)
        return talks.tools(language), acts.reasons(language)

    def reopened(self, event: gr.EventData, request: gr.Request) -> tuple[object, ...]:
        """Show another conversation, which the list names."""
        self._places.leave(_session(request))
        wished = sent(event).get("id")
        conversation = wished if isinstance(wished, str) else ""
        return (*self.opened(conversation, request), "", *_buttons(busy=False))

    def further(self, talk: Talk, request: gr.Request) -> tuple[object, ...]:
        """Show more of the earlier turns, unless an answer is being written."""
        language = self._reception.language(request)
        desk = self._reception.desk(request)
        talk = _own(talk, desk.person)
        if talk.is_waiting:
            return gr.skip(), gr.skip(), notice(say("page.busy", language))
        talk = turns.further(desk, talk, language)
        return turns.past(talk, language), talk, ""

    def rated(self, event: gr.EventData, request: gr.Request) -> str:
        """Keep what a person thinks of an answer; say so where it can't be kept."""
        desk, wished = self._reception.desk(request), sent(event)
        conversation, number = wished.get("conversation"), wished.get("number")
        good, reason = wished.get("good"), wished.get("reason")
        if not (isinstance(conversation, str) and isinstance(reason, str)):
            return ""
        if not isinstance(number, int) or not (good is None or isinstance(good, bool)):
            return ""
        try:
            desk.conversation(conversation).rate(number, good, reason)
        except AssistantError:
            return notice(say("act.not_rated", self._reception.language(request)))
        return ""

    def asked(
        self, question: str, talk: Talk, event: gr.EventData, request: gr.Request
    ) -> tuple[object, ...]:
        """Take a question: show it at once, or say why it can't be asked.

        A question that is asked again comes with the event, and leaves the box as it is.

        The last value says whether an answer is due; without it, a question that was sent while
        an answer is being written would start that answer a second time.
        """
        language = self._reception.language(request)
        desk = self._reception.desk(request)
        talk = _own(talk, desk.person)
        limit = desk.settings.max_question_characters
        again = sent(event).get("again")
        question, box = (again, gr.skip()) if isinstance(again, str) else (question, "")
        objection = turns.objection(talk, question, limit, language)
        if not objection and (full := self._places.take(_session(request), desk.person)):
            objection = say(full, language)
        if objection:
            unchanged = gr.skip()
            return (unchanged, notice(objection), *[unchanged] * 5, False)
        talk = talk.asking(question)
        shown = turns.past(talk, language), turns.latest(talk, language)
        return (box, "", *shown, talk, *_buttons(busy=True), True)

    async def answered(
        self, talk: Talk, due: bool, chosen: tuple[str, ...], request: gr.Request
    ) -> AsyncIterator[tuple[object, ...]]:
        """Stream the answer to the question that waits, if one is due."""
        language = self._reception.language(request)
        desk = self._reception.desk(request)
        unchanged = gr.skip()
        if not due or talk.person != desk.person:
            yield (unchanged,) * 5
            return
        stop = Interrupt()
        scope = Scope(documents=tuple(chosen)) if chosen else None
        going = turns.answered(desk, talk, scope, language, stop)
        with self._places.held(_session(request), desk.person):
            async for further in in_threads(going, stop.set):
                talk = further
                yield (turns.latest(talk, language), talk, *[unchanged] * 3)
        yield (turns.latest(talk, language), talk, "", *_buttons(busy=False))

    def stopped(self, talk: Talk, request: gr.Request) -> tuple[object, ...]:
        """Say that the answer that was being written, or was to be, has been broken off."""
        self._places.leave(_session(request))
        language = self._reception.language(request)
        talk = turns.stopped(_own(talk, self._reception.desk(request).person), language)
        return (turns.latest(talk, language), talk, "", *_buttons(busy=False))

    def cleared(self, request: gr.Request) -> tuple[object, ...]:
        """Begin a new conversation."""
        self._places.leave(_session(request))
        return (*self.opened("", request), "", *_buttons(busy=False))


def _own(talk: Talk, person: str) -> Talk:
    """Return a session's conversation, or an empty one where it is another person's."""
    return talk if talk.person == person else Talk(person)


def _session(request: gr.Request) -> str:
    return str(request.session_hash or "")


def _buttons(*, busy: bool) -> tuple[object, object]:
    """Return the send and the stop button: always one of the two is there."""
    return gr.update(visible=not busy), gr.update(visible=busy)


def lay_out(word: gr.I18n, begun: gr.HTML, strip: gr.HTML) -> AskingParts:
    """Return the components of the conversation, inside the column that is open.

    Args:
        word: The words of Gradio's own components.
        begun: What is put beneath an empty conversation.
        strip: What is put above the question box.
    """
    talk, due, chosen = gr.State(Talk()), gr.State(False), gr.State(())
    with gr.Row(elem_id="sanad-chat-head"):
        tools = html("sanad-tools")
        new = gr.Button(word("page.new"), elem_id="sanad-new", size="sm", scale=0)
    with gr.Column(elem_id="sanad-conversation"):
        past, live = html("sanad-past"), html("sanad-live")
        begun.render()  # type: ignore[no-untyped-call]  # Gradio's own
    deeds = html("sanad-acts", "asking.js")
    line = html("sanad-notice")
    strip.render()  # type: ignore[no-untyped-call]  # Gradio's own
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
    return AskingParts(
        talk=talk,
        due=due,
        chosen=chosen,
        tools=tools,
        acts=deeds,
        new=new,
        past=past,
        live=live,
        notice=line,
        question=question,
        send=send,
        stop=stop,
    )


def bind(asking: Asking, parts: AskingParts, reopens: Callable[..., Dependency]) -> None:
    """Bind the events of the conversation.

    Args:
        asking: The events.
        parts: The components.
        reopens: The event by which another conversation is opened.
    """
    answering = _bind_answers(asking, parts)
    shown = [parts.past, parts.live, parts.talk]
    cleared = [*shown, parts.notice, parts.send, parts.stop]
    parts.new.click(
        asking.cleared,
        outputs=cleared,
        cancels=[answering],
        queue=False,
        show_progress="hidden",
        api_visibility="private",
    )
    parts.acts.expand(
        asking.further,
        inputs=[parts.talk],
        outputs=[parts.past, parts.talk, parts.notice],
        queue=False,
        show_progress="hidden",
        api_visibility="private",
    )
    parts.acts.like(
        asking.rated,
        outputs=[parts.notice],
        trigger_mode="multiple",
        queue=False,
        show_progress="hidden",
        api_visibility="private",
    )
    reopens(
        asking.reopened,
        outputs=cleared,
        cancels=[answering],
        trigger_mode="always_last",
        queue=False,
        show_progress="hidden",
        api_visibility="private",
    )


def _bind_answers(asking: Asking, parts: AskingParts) -> Dependency:
    """Bind questions and answers, and return the event that streams the answer."""
    # Two steps: the first does not queue, so that the question is seen at once.
    shown = [parts.past, parts.live, parts.talk]
    after = [parts.live, parts.talk, parts.notice, parts.send, parts.stop]
    first = gr.on(
        [parts.question.submit, parts.send.click, parts.acts.retry],
        asking.asked,
        inputs=[parts.question, parts.talk],
        outputs=[parts.question, parts.notice, *shown, parts.send, parts.stop, parts.due],
        queue=False,
        show_progress="hidden",
        api_visibility="private",
    )
    answering: Dependency = first.then(
        asking.answered,
        inputs=[parts.talk, parts.due, parts.chosen],
        outputs=after,
        show_progress="hidden",
        api_visibility="private",
    )
    parts.stop.click(None, cancels=[answering], queue=False, api_visibility="private")
    # Only when the answer has been broken off is it called so, and the next question taken: until
    # then the browser would leave out the answer to that.
    answering.failure(
        asking.stopped,
        inputs=[parts.talk],
        outputs=after,
        queue=False,
        show_progress="hidden",
        api_visibility="private",
    )
    return answering
