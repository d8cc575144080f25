"""A person's conversations as files, and their end."""

from __future__ import annotations

from typing import Literal
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from assistant.conversation import Format
from assistant.errors import LibraryError
from assistant.web.reception import Reception

Form = Literal["md", "html", "json"]

_FORMATS: dict[Form, tuple[Format, str]] = {
    "md": ("markdown", "text/markdown"),
    "html": ("html", "text/html"),
    "json": ("json", "application/json"),
}
_HEADERS = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
_NOT_IN_NAMES = str.maketrans(dict.fromkeys('/\\:*?"<>|', " "))
_LONGEST_NAME = 80  # characters


def conversations(reception: Reception) -> APIRouter:
    """Return the addresses of conversations.

    Each is its owner's alone: for everybody else, and where there is none, the answer is 404.

    Args:
        reception: Tells who asks.
    """
    router = APIRouter(prefix="/conversations")

    @router.get("/{conversation_id}.{form}")
    async def exported(conversation_id: str, form: Form, request: Request) -> Response:
        """Return a conversation as a file."""
        return await run_in_threadpool(_exported, reception, conversation_id, form, request)

    @router.delete("/{conversation_id}")
    async def deleted(conversation_id: str, request: Request) -> Response:
        """Delete a conversation."""
        return await run_in_threadpool(_deleted, reception, conversation_id, request)

    return router


def _exported(reception: Reception, conversation_id: str, form: Form, request: Request) -> Response:
    kind, media = _FORMATS[form]
    desk = reception.desk(request)
    try:
        conversation = desk.conversation(conversation_id)
    except LibraryError as error:
        return _refused(error)
    named = f"filename=\"conversation.{form}\"; filename*=UTF-8''{_name(conversation.title)}.{form}"
    return Response(
        conversation.export(kind, desk.masked),
        media_type=f"{media}; charset=utf-8",
        headers={
            **_HEADERS,
            "content-disposition": f"attachment; {named}",
            # A file that a browser shows all the same does nothing there.
            "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        },
    )


def _deleted(reception: Reception, conversation_id: str, request: Request) -> Response:
    try:
        reception.desk(request).delete_conversation(conversation_id)
    except LibraryError as error:
        return _refused(error)
    return Response(status_code=204, headers=_HEADERS)


def _refused(error: LibraryError) -> Response:
    """Return the answer where there is no such conversation, or the library is in trouble."""
    # An unknown conversation is a plain LibraryError; its kinds (locked, damaged) say otherwise.
    status = 404 if type(error) is LibraryError else 503
    return Response(status_code=status, headers=_HEADERS)


def _name(title: str) -> str:
    """Return a title as the name of a file, as RFC 5987 writes it."""
    plain = "".join(c for c in title.translate(_NOT_IN_NAMES) if c.isprintable())
    short = " ".join(plain.split())[:_LONGEST_NAME].strip(" .") or "conversation"
    return quote(short, safe="")
