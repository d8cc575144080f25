"""What a provider's package raises, as `ModelError`; and calls that are tried again."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from assistant.errors import AssistantError, ModelError
from assistant.models.endpoint import Endpoint, shown
from assistant.strings import explain

T = TypeVar("T")

_LONGEST_DETAIL = 300
_LONGEST_WAIT = 60.0
# After this many seconds no call is tried again.
_PATIENCE = 300.0
# A failure in the middle of an answer comes after a status of 200.
_STATUSES = range(300, 600)
_REDIRECTS = range(300, 400)
_UNAUTHORISED = frozenset((401, 403))
_MISSING = 404
_TOO_MANY = 429
_SERVER_ERROR = 500
_PASSING = frozenset((408, 409, 425, _TOO_MANY))
_SPENT = "insufficient_quota"
_TIMED_OUT = re.compile("Time[oO]ut")
_UNREACHABLE = re.compile("Connect|Network|Protocol|ReadError|WriteError|CloseError")
# The provider's own server said in the middle of an answer that it can't go on.
_BROKE_DOWN = re.compile("API(Status)?Error|ResponseError")
_TOO_LONG = re.compile(
    r"context[ _](?:length|window|size)|maximum context|prompt is too long|too many tokens", re.I
)
# Those that may go well when tried again.
_RETRYABLE = frozenset(("refused", "timeout", "busy", "server", "cut", "empty"))


def persist(
    call: Callable[[], T],
    endpoint: Endpoint,
    waits: Sequence[float],
    *,
    patience: float = _PATIENCE,
    pause: Callable[[float], object] | None = None,
) -> T:
    """Return what a call gives; try again where that may help.

    Args:
        call: The call.
        endpoint: The model that is called.
        waits: Seconds to wait after each failure but the last; the server may ask for more.
        patience: After this many seconds nothing is tried again.
        pause: What waits; `time.sleep` by default.

    Raises:
        ModelError: It failed for good, or too often.
    """
    begun = time.monotonic()
    for wait in (*waits, None):
        try:
            return call()
        except Exception as error:
            failure = error if isinstance(error, AssistantError) else model_error(error, endpoint)
            is_late = time.monotonic() - begun > patience
            may_help = isinstance(failure, ModelError) and failure.retryable
            if wait is None or is_late or not may_help:
                if failure is error:
                    raise
                raise failure from error
            (pause or time.sleep)(max(wait, _asked_wait(error)))
    raise AssertionError("the last failure is raised")


def failed(endpoint: Endpoint, kind: str, detail: str = "", **more: str) -> ModelError:
    """Return the error of a kind.

    Args:
        endpoint: The model that failed.
        kind: The name of a string, without its ``model.error.``.
        detail: What is known of it, without secrets.
        more: Values of the string's other variables.
    """
    values = {
        "what": str(endpoint),
        "setting": endpoint.setting,
        "provider": endpoint.provider,
        "model": endpoint.model,
        "detail": detail,
        **more,
    }
    error = ModelError("", retryable=kind in _RETRYABLE, kind=kind, values=values)
    error.args = (explain(error, "en"),)
    return error


def model_error(error: Exception, endpoint: Endpoint) -> ModelError:
    """Return what a provider's package raised as an error that says what to do about it."""
    detail = detail_of(error, endpoint)
    names = [type(cause).__name__ for cause in _causes(error)]
    status = _status(error)
    if endpoint.setting == "SANAD_MODEL" and (
        any("ContextOverflow" in name for name in names) or _TOO_LONG.search(detail)
    ):
        return failed(endpoint, "context", detail)
    if status is not None:
        return failed(endpoint, _refusal(status, error, endpoint), f"{status}: {detail}")
    if any(map(_TIMED_OUT.search, names)):
        return failed(endpoint, "timeout", detail)
    if isinstance(error, OSError) or any(map(_UNREACHABLE.search, names)):
        return failed(endpoint, "refused", detail)
    if any(map(_BROKE_DOWN.fullmatch, names)):
        return failed(endpoint, "server", detail)
    return failed(endpoint, "malformed", f"{type(error).__name__}: {detail}")


def unusable(error: Exception, endpoint: Endpoint) -> ModelError:
    """Return the error of a model that can't even be called."""
    return failed(endpoint, "unusable", detail_of(error, endpoint))


def _refusal(status: int, error: Exception, endpoint: Endpoint) -> str:
    """Return which kind of failure an HTTP status is."""
    is_spent = status == _TOO_MANY and getattr(error, "code", None) == _SPENT
    kinds = (
        (status in _UNAUTHORISED, "key" if endpoint.secret else "no_key"),
        (status == _MISSING, "missing"),
        (is_spent, "quota"),
        (status in _PASSING, "busy"),
        (status >= _SERVER_ERROR, "server"),
        (status in _REDIRECTS, "redirect"),
    )
    return next((kind for is_so, kind in kinds if is_so), "rejected")


def _status(error: Exception) -> int | None:
    """Return the HTTP status behind an error, however the package calls it."""
    for cause in _causes(error):
        for holder in (cause, getattr(cause, "response", None)):
            status = getattr(holder, "status_code", None)
            if isinstance(status, int) and status in _STATUSES:
                return status
    return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and what caused it, as far as is told."""
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__


def detail_of(error: Exception, endpoint: Endpoint) -> str:
    """Return the package's own words on one line, without the key and not without end."""
    said = getattr(error, "body", None)
    while isinstance(said, dict):
        said = said.get("message") or said.get("error")
    text = " ".join(str(said or getattr(error, "error", None) or error).split())
    text = shown(text.replace(endpoint.secret, "…") if endpoint.secret else text)
    if len(text) > _LONGEST_DETAIL:
        text = text[:_LONGEST_DETAIL] + "…"
    return text.rstrip(".") or type(error).__name__


def _asked_wait(error: BaseException) -> float:
    """Return the seconds that a server asked to wait, within bounds; 0 if it did not.

    A package may hide the server's answer from the traceback; it is looked for all the same.
    """
    holder: BaseException | None = error
    while holder is not None:
        headers = getattr(getattr(holder, "response", None), "headers", None) or {}
        asked = str(headers.get("retry-after", ""))
        if asked.isascii() and asked.isdigit():
            return min(float(asked), _LONGEST_WAIT)
        holder = holder.__cause__ or holder.__context__
    return 0.0
