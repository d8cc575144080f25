"""Whether the application works: for whatever watches over it."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from assistant.schema import Scope
from assistant.web.contract import Answers
from assistant.web.turns import log_unexpected

# Asks the catalogue, and costs next to nothing.
_NOTHING = Scope(documents=("",))


def health(assistant: Answers) -> APIRouter:
    """Return the route ``/health``: 200 where the library answers, else 503.

    It tells nothing about documents or people, so anybody may ask.

    Args:
        assistant: Whose library is asked.
    """
    router = APIRouter()

    @router.get("/health")
    def check() -> JSONResponse:
        try:
            assistant.documents(_NOTHING)
        except Exception as error:  # noqa: BLE001  # whatever it is, the answer is the same
            log_unexpected(error)
            return JSONResponse({"status": "failing"}, status_code=503)
        return JSONResponse({"status": "ok"})

    return router
