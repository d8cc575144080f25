"""The library view: what is there, how it comes and goes, and what of it is asked about."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import gradio as gr

from assistant.errors import AssistantError, LibraryError
from assistant.schema import ShelfPage, ShelfRow, SyncReport
from assistant.strings import explain, say
from assistant.web.basket import Basket
from assistant.web.desk import Desk
from assistant.web.following import Step, Stopped, followed
from assistant.web.holdings import NotTheirs
from assistant.web.markup import shelf, shelf_notes, shelf_tools
from assistant.web.reception import Reception
from assistant.web.steps import in_threads
from assistant.web.turns import log_unexpected
from assistant.web.views.parts import html, sent
from assistant.web.wishes import correction_of, ids_of, wish_of

_MOST_UNDONE = 3
_AT_ONCE = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}


@dataclass(frozen=True, slots=True)
class LibraryParts:
    """The components of the library.

    Attributes:
        tools: What stands above the list; its script sends all events.
        work: How far the folder is read, and what came of it.
        note: What was removed or corrected.
        list: The documents.
        strip: Which documents are asked, above the question box.
    """

    tools: gr.HTML
    work: gr.HTML
    note: gr.HTML
    list: gr.HTML
    strip: gr.HTML


class Library:
    """The events of the library view.

    Args:
        reception: Tells who looks.
    """

    def __init__(self, reception: Reception) -> None:
        self._reception = reception
        self._basket = Basket()
        self._reading: dict[str, threading.Event] = {}

    def opened(self, request: gr.Request) -> tuple[str, str]:
        """Return the tools, and the list as it is before anything was wished for."""
        desk, language = self._reception.desk(request), self._reception.language(request)
        limit, is_synced = desk.settings.max_file_mb, desk.settings.documents.is_dir()
        suffixes = shelf_notes.suffixes()
        tools = shelf_tools.tools(suffixes, limit, desk.person, is_synced, language)
        return tools, self._listed(desk, {}, language)

    def listed(self, event: gr.EventData, request: gr.Request) -> str:
        """Return the documents that fit what was wished for."""
        desk, language = self._reception.desk(request), self._reception.language(request)
        return self._listed(desk, sent(event), language)

    def removed(
        self, chosen: tuple[str, ...], event: gr.EventData, request: gr.Request
    ) -> tuple[object, ...]:
        """Remove a document: the notice with the way back, the list, and the choice without it."""
        desk, language = self._reception.desk(request), self._reception.language(request)
        wished = sent(event)
        document_id = str(wished.get("id", ""))

        def remove() -> str:
            title = desk.document(document_id).title
            self._basket.put(desk, title, desk.remove(document_id))
            return ""

        line = _tried(remove, "library.remove.shared", language)
        left = tuple(one for one in chosen if one != document_id) if not line else chosen
        return (
            self._note(desk, line, language),
            self._listed(desk, wished, language),
            left,
            self._strip(desk, left, language),
        )

    def undone(self, event: gr.EventData, request: gr.Request) -> tuple[str, str]:
        """Bring back what was removed: the notice, and the list."""
        desk, language = self._reception.desk(request), self._reception.language(request)
        wished = sent(event)

        def undo() -> str:
            one = self._basket.take(str(wished.get("token", "")), desk.person)
            if one is None:
                return say("library.undo.late", language)
            title = one.desk.restore(one.removal).title
            return shelf.filled("library.undo.done", language, title=title)

        line = _tried(undo, "library.remove.shared", language)
        return self._note(desk, line, language), self._listed(desk, wished, language)

    def corrected(self, event: gr.EventData, request: gr.Request) -> tuple[str, str]:
        """Put a document right: the notice, and the list."""
        desk, language = self._reception.desk(request), self._reception.language(request)
        wished = sent(event)

        def correct() -> str:
            values = correction_of(wished)
            if values is None:
                return say("library.correct.wrong", language)
            found = desk.correct(str(wished.get("id", "")), *values)
            return shelf.filled("library.correct.done", language, title=found.title)

        line = _tried(correct, "library.correct.shared", language)
        return self._note(desk, line, language), self._listed(desk, wished, language)

    def chose(self, event: gr.EventData, request: gr.Request) -> tuple[tuple[str, ...], str]:
        """Choose which documents are asked: some, all that fit a wish, or all there are."""
        desk, language = self._reception.desk(request), self._reception.language(request)
        wished = sent(event)
        if wished.get("all") is True:
            ids = desk.shelf(wish_of(wished)).ids
        else:
            seen = set(desk.shelf(wish_of({})).ids)
            ids = tuple(one for one in ids_of(wished) if one in seen)
        return ids, self._strip(desk, ids, language)

    async def synced(self, request: gr.Request) -> AsyncIterator[str]:
        """Read the documents' folder again, and tell how far it is and what came of it."""
        desk, language = self._reception.desk(request), self._reception.language(request)
        stop = threading.Event()
        session = request.session_hash or ""
        self._reading[session] = stop
        try:
            async for made in in_threads(followed(desk.sync, stop), stop.set):
                yield _worked(made, language)
        except Stopped:
            yield shelf_notes.sync_stopped(language)
        except AssistantError as error:
            yield shelf_notes.sync_failed(explain(error, language), language)
        except Exception as error:  # noqa: BLE001  # a person is told; the log says where
            log_unexpected(error)
            yield shelf_notes.sync_failed(say("page.error.unexpected", language), language)
        finally:
            if self._reading.get(session) is stop:
                del self._reading[session]

    def stopped(self, request: gr.Request) -> None:
        """Stop reading the folder; what was read stays."""
        stop = self._reading.get(request.session_hash or "")
        if stop is not None:
            stop.set()

    def _listed(self, desk: Desk, wished: dict[str, object], language: str) -> str:
        try:
            wish = wish_of(wished)
            page = desk.shelf(wish)
            return shelf.listed(page, _shown(desk, page), wish, language)
        except Exception as error:  # noqa: BLE001  # the rest of the page goes on
            log_unexpected(error)
            return shelf.failed(language)

    def _note(self, desk: Desk, line: str, language: str) -> str:
        pending = self._basket.of(desk.person)[:_MOST_UNDONE]
        lines = [line] if line else []
        lines += [shelf_notes.removed(one.title, one.token, language) for one in pending]
        return shelf_notes.told(lines, language)

    def _strip(self, desk: Desk, ids: tuple[str, ...], language: str) -> str:
        titles = []
        if len(ids) <= shelf_notes.MOST_NAMED:
            for one in ids:
                try:
                    titles.append(desk.document(one).title)
                except LibraryError:
                    continue
        return shelf_notes.chosen(titles, len(ids), language)


def _tried(done: Callable[[], str], shared: str, language: str) -> str:
    """Return what an action says, or why it could not be done."""
    try:
        return done()
    except NotTheirs as error:
        return shelf.filled(shared, language, title=error.title)
    except AssistantError as error:
        if type(error) is LibraryError:
            return say("library.missing", language)
        return shelf_notes.trouble(error, language)
    except Exception as error:  # noqa: BLE001  # a person is told; the log says where
        log_unexpected(error)
        return say("page.error.unexpected", language)


def _worked(made: Step | SyncReport, language: str) -> str:
    if isinstance(made, Step):
        return shelf_notes.reading(made.at, made.seconds_left, language)
    return shelf_notes.synced(made, language)


def _shown(desk: Desk, page: ShelfPage) -> tuple[shelf.Shown, ...]:
    return tuple(_of(desk, row) for row in page.rows)


def _of(desk: Desk, row: ShelfRow) -> shelf.Shown:
    sources = [source.source for source in row.sources]
    return shelf.Shown(row, _whose(desk, row), desk.may_correct(sources), desk.may_remove(sources))


def _whose(desk: Desk, row: ShelfRow) -> shelf.Whose:
    owners = [desk.whose(source.source) for source in row.sources]
    if desk.person:
        return "own" if owners and all(owner == desk.person for owner in owners) else "shared"
    if any(source.folder for source in row.sources):
        return "folder"
    return "uploaded" if owners and owners[0] is not None else "added"


def lay_out() -> tuple[gr.HTML, gr.HTML, gr.HTML, gr.HTML]:
    """Return tools, work, note and list, inside the column that is open."""
    tools = html("sanad-shelf-tools", "library.js")
    return tools, html("sanad-shelf-work"), html("sanad-shelf-note"), html("sanad-shelf")


def lay_out_strip() -> gr.HTML:
    """Return the strip that says which documents are asked; its place is above the question."""
    return html("sanad-chosen", render=False)


def bind(library: Library, parts: LibraryParts, chosen: gr.State, blocks: gr.Blocks) -> None:
    """Bind the events of the library.

    Args:
        library: The events.
        parts: The components.
        chosen: The ids of the documents that are asked.
        blocks: The page.
    """

    def on(event: Callable[..., object], done: Callable[..., object], **more: object) -> None:
        event(done, **{**_AT_ONCE, **more})

    on(blocks.load, library.opened, outputs=[parts.tools, parts.list])
    tools = parts.tools
    told = [parts.note, parts.list]
    on(tools.select, library.listed, outputs=[parts.list], trigger_mode="always_last")
    on(
        tools.delete,
        library.removed,
        inputs=[chosen],
        outputs=[*told, chosen, parts.strip],
        trigger_mode="multiple",
    )
    on(tools.undo, library.undone, outputs=told, trigger_mode="multiple")
    on(tools.edit, library.corrected, outputs=told, trigger_mode="multiple")
    on(tools.apply, library.chose, outputs=[chosen, parts.strip], trigger_mode="always_last")
    on(tools.stop, library.stopped)
    # In the queue, since it goes on for long; two at once would only wait for each other.
    on(
        tools.submit,
        library.synced,
        outputs=[parts.work],
        queue=True,
        concurrency_limit=1,
        concurrency_id="sync",
    )
