"""Endpoints for programs: what the page can do, by Gradio's API, plain HTTP and MCP.

The docstrings here are what a program, or a model with these tools, reads about them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from functools import wraps
from typing import Any, Literal, ParamSpec, TypeVar, cast

import gradio as gr
from gradio.events import api

from assistant.errors import AssistantError
from assistant.language import question_language
from assistant.strings import explain
from assistant.web.desk import Desk
from assistant.web.given import bytes_of, listed, scope_of
from assistant.web.reception import Reception

_P = ParamSpec("_P")
_T = TypeVar("_T")
_MOST_HITS = 100
_MOST_MENTIONS = 500


class Programs:
    """The endpoints; each sees the library as the person behind the request does.

    Args:
        reception: Tells who asks.
    """

    def __init__(self, reception: Reception) -> None:
        self._reception = reception

    def ask(
        self,
        question: str,
        documents: list[str] | None = None,
        language: str | None = None,
        after: str | None = None,
        before: str | None = None,
        request: gr.Request | None = None,
    ) -> dict[str, Any]:
        """Answer a question from the person's own documents, with exact quotes as evidence.

        Every sentence of the answer names the exact source sentences that it rests on
        ("citations": document, place, exact words and their character range). "answered" is false
        where the documents do not say; then nothing is cited, and "hits" are the closest passages.
        A sentence's "support" says how it was checked: verbatim, supported, unconfirmed,
        unsupported or frame.

        Args:
            question: The question, in Arabic or English; it must stand alone.
            documents: Ids of the documents to look in; all where it is left out.
            language: Only documents in this language: ar or en.
            after: Only documents dated on or after this day, as YYYY-MM-DD.
            before: Only documents dated on or before this day, as YYYY-MM-DD.
            request: The request.

        Returns:
            The answer: text, segments with their support and citations, confidence from 0 to 1.
        """
        desk = self._desk(request)
        scope = scope_of(documents, language, after, before)
        return desk.masked(desk.stream(question, scope).read()).to_dict()

    def stream(
        self,
        question: str,
        documents: list[str] | None = None,
        request: gr.Request | None = None,
    ) -> Iterator[dict[str, Any]]:
        """Do what ask does, and give the answer as it grows, after each checked sentence.

        Args:
            question: The question, in Arabic or English; it must stand alone.
            documents: Ids of the documents to look in; all where it is left out.
            request: The request.

        Returns:
            The answer as far as it has come; the last one is whole.
        """
        desk = self._desk(request)
        stream = desk.stream(question, scope_of(documents))
        try:
            for _ in stream:
                yield desk.masked(stream.so_far).to_dict()
            yield desk.masked(stream.answer).to_dict()
        finally:
            stream.close()

    def search(
        self,
        query: str,
        k: int = 10,
        unit: Literal["passage", "sentence"] = "passage",
        documents: list[str] | None = None,
        language: str | None = None,
        request: gr.Request | None = None,
    ) -> list[dict[str, Any]]:
        """Search the person's documents, in Arabic and English at once, without an answer.

        Args:
            query: A question or words, in Arabic or English.
            k: How many hits at most, from 1 to 100.
            unit: Whether hits are passages or single sentences.
            documents: Ids of the documents to look in; all where it is left out.
            language: Only documents in this language: ar or en.
            request: The request.

        Returns:
            The hits, best first: exact words, their character range, document and place, and a
            score from 0 to 1.
        """
        scope = scope_of(documents, language)
        hits = self._desk(request).search(query, min(k, _MOST_HITS), scope, unit)
        return [asdict(hit) for hit in hits]

    def mentions(
        self,
        words: str,
        limit: int = 50,
        documents: list[str] | None = None,
        language: str | None = None,
        request: gr.Request | None = None,
    ) -> dict[str, Any]:
        """Find every sentence that mentions a word, a name or a phrase, counted, in both scripts.

        Args:
            words: What to look for; words in quotation marks count as they are, and alone.
            limit: How many sentences at most, from 1 to 500; the counts are of all.
            documents: Ids of the documents to look in; all where it is left out.
            language: Only documents in this language: ar or en.
            request: The request.

        Returns:
            The counts, the written forms that were counted, and the sentences with their exact
            ranges and their neighbours.
        """
        scope = scope_of(documents, language)
        found = self._desk(request).mentions(words, scope, min(limit, _MOST_MENTIONS))
        return found.to_dict()

    def add(
        self,
        name: str,
        content: str,
        encoding: Literal["text", "base64"] = "text",
        request: gr.Request | None = None,
    ) -> dict[str, Any]:
        """Take a file into the person's own documents; a file of the same name is not replaced.

        Args:
            name: The file's name with its suffix, such as notes.md or report.pdf.
            content: The file's content.
            encoding: Whether content is the text itself, or the file's bytes in base64.
            request: The request.

        Returns:
            What was done: added, unchanged or failed, with the reasons.
        """
        desk = self._desk(request)
        data = bytes_of(content, encoding)
        limit = desk.settings.max_file_mb * 1_000_000
        if len(data) > limit:
            raise AssistantError(
                f"{name!r} has {len(data):,} bytes, more than SANAD_MAX_FILE_MB allows ({limit:,})."
            )
        file = desk.coming()
        try:
            file.write_bytes(data)
            return desk.told(desk.take(file, name))
        finally:
            file.unlink(missing_ok=True)

    def documents(
        self, language: str | None = None, request: gr.Request | None = None
    ) -> list[dict[str, Any]]:
        """List the person's documents: id, title, language, date and source.

        Args:
            language: Only documents in this language: ar or en.
            request: The request.

        Returns:
            The documents by title, without their text.
        """
        desk = self._desk(request)
        return [listed(d, desk) for d in desk.documents(scope_of(None, language))]

    def document(
        self, document_id: str, version: str | None = None, request: gr.Request | None = None
    ) -> dict[str, Any]:
        """Return one document with its whole text, which citations point into.

        Args:
            document_id: The document's id, as documents, ask and search give it.
            version: The version that a citation names; the newest where it is left out.
            request: The request.

        Returns:
            The document: text, blocks with their places, title, language, date.
        """
        desk = self._desk(request)
        found = desk.document(document_id, version)
        return {**found.to_dict(), **listed(found, desk), "sources": [desk.shown_source(found)]}

    def _desk(self, request: gr.Request | None) -> Desk:
        if request is None:
            raise AssistantError("There is no request, so nobody is known to ask.")
        return self._reception.desk(request)


def bind(programs: Programs) -> None:
    """Make the endpoints, inside the blocks that are open."""
    endpoints = (programs.ask, programs.search, programs.mentions)
    for endpoint in (*endpoints, programs.documents, programs.document, programs.add):
        # Not queued: a tool of MCP is then called with the very request that asks for it.
        api(_told(endpoint), api_name=endpoint.__name__, queue=False)
    api(_told_on_the_way(programs.stream), api_name="stream")


def _told(endpoint: Callable[_P, _T]) -> Callable[_P, _T]:
    """Return an endpoint that tells programs its errors in words, and MCP its results as JSON."""

    @wraps(endpoint)
    def told(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        try:
            found = endpoint(*args, **kwargs)
        except AssistantError as error:
            raise _in_words(error, args) from None
        # Gradio would hand MCP the text of a Python object.
        return cast("_T", json.dumps(found, ensure_ascii=False)) if _is_mcp(args) else found

    return told


def _told_on_the_way(endpoint: Callable[_P, Iterator[_T]]) -> Callable[_P, Iterator[_T]]:
    @wraps(endpoint)
    def told(*args: _P.args, **kwargs: _P.kwargs) -> Iterator[_T]:
        try:
            yield from endpoint(*args, **kwargs)
        except AssistantError as error:
            raise _in_words(error, args) from None

    return told


def _in_words(error: AssistantError, args: Sequence[object]) -> gr.Error:
    asked = args[0] if args and isinstance(args[0], str) else ""
    return gr.Error(explain(error, question_language(asked)), print_exception=False)


def _is_mcp(args: Sequence[object]) -> bool:
    # There Gradio hands over the server's own request and not its view of it.
    urls = (getattr(argument, "url", None) for argument in args)
    return any("/mcp" in str(getattr(url, "path", "")) for url in urls)
