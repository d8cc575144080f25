"""What a provider's package raises, as `ModelError`; and calls that are tried again."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from assistant.errors import AssistantError, ModelError

T = TypeVar("T")

_LONGEST_DETAIL = 300
_LONGEST_WAIT = 60.0
# After this many seconds no call is tried again.
_PATIENCE = 300.0
_STATUSES = range(100, 600)
_UNAUTHORISED = frozenset((401, 403))
_MISSING = 404
_TOO_MANY = 429
_SERVER_ERROR = 500
_RETRYABLE = frozenset((408, 409, 425, _TOO_MANY))
_SPENT = "insufficient_quota"
_TIMED_OUT = re.compile("Time[oO]ut")
_UNREACHABLE = re.compile("Connect|Network|Protocol|ReadError|WriteError|CloseError")
_USER_INFORMATION = re.compile("(?<=://)[^/@]*@")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A model as a person named it, for messages.

    Attributes:
        setting: The setting that names it, such as ``SANAD_EMBEDDINGS``; its address and key are
            ``…_URL`` and ``…_KEY``.
        name: LangChain's name, such as ``ollama:bge-m3``.
        url: Address of its server; empty for the provider's own.
        key: Key for the server; never shown.
    """

    setting: str
    name: str
    url: str = field(default="", repr=False)  # it may hold a password
    key: str = field(default="", repr=False)

    @property
    def provider(self) -> str:
        """The part of the name before the colon."""
        return self.name.partition(":")[0].strip().lower()

    @property
    def model(self) -> str:
        """The part of the name after the colon."""
        return self.name.partition(":")[2].strip()

    def __str__(self) -> str:
        at = f" at {_USER_INFORMATION.sub('', self.url)}" if self.url else ""
        return f"{self.setting}={self.name!r}{at}"


def persist(call: Callable[[], T], endpoint: Endpoint, waits: Sequence[float]) -> T:
    """Return what a call gives; try again where that may help.

    Args:
        call: The call.
        endpoint: The model that is called.
        waits: Seconds to wait after each failure but the last; the server may ask for more.

    Raises:
        ModelError: It failed for good, or too often.
    """
    begun = time.monotonic()
    for wait in (*waits, None):
        try:
            return call()
        except AssistantError:
            raise
        except Exception as error:
            failure = model_error(error, endpoint)
            is_late = time.monotonic() - begun > _PATIENCE
            if wait is None or is_late or not failure.retryable:
                raise failure from error
            time.sleep(max(wait, _asked_wait(error)))
    raise AssertionError("the last failure is raised")


def model_error(error: Exception, endpoint: Endpoint) -> ModelError:
    """Return what a provider's package raised as an error that says what to do about it."""
    status = _status(error)
    if status is not None:
        return _refusal(status, error, endpoint)
    names = [type(cause).__name__ for cause in _causes(error)]
    detail = _detail(error, endpoint)
    if any(map(_TIMED_OUT.search, names)):
        return ModelError(
            f"{endpoint} did not answer in time ({detail}). Try again later, or look whether the "
            "server is busy.",
            retryable=True,
        )
    if isinstance(error, OSError) or any(map(_UNREACHABLE.search, names)):
        return ModelError(
            f"{endpoint} can't be reached ({detail}). Start its server, or check "
            f"{endpoint.setting}_URL.",
            retryable=True,
        )
    return ModelError(
        f"{endpoint} gave an answer that can't be used ({type(error).__name__}: {detail}). Check "
        f"the model's name, and whether {endpoint.setting}_URL is the address of such a server."
    )


def unusable(error: Exception, endpoint: Endpoint) -> ModelError:
    """Return the error of a model that can't even be called."""
    return ModelError(
        f"{endpoint} can't be used ({_detail(error, endpoint)}). Check the name, and "
        f"{endpoint.setting}_KEY where the provider wants a key."
    )


def _refusal(status: int, error: Exception, endpoint: Endpoint) -> ModelError:
    detail = f"{status}: {_detail(error, endpoint)}"
    if status in _UNAUTHORISED:
        key = f"the key of {endpoint.setting}_KEY" if endpoint.key else "a call without a key"
        return ModelError(
            f"{endpoint} refused {key} ({detail}). Set {endpoint.setting}_KEY to a valid one."
        )
    if status == _MISSING:
        fetch = f"Fetch the model with: ollama pull {endpoint.model}. Else check"
        return ModelError(
            f"{endpoint} is not there ({detail}). "
            f"{fetch if endpoint.provider == 'ollama' else 'Check'} the model's name and "
            f"{endpoint.setting}_URL."
        )
    if status == _TOO_MANY and getattr(error, "code", None) == _SPENT:
        return ModelError(f"{endpoint} refused the call, since its quota is spent ({detail}).")
    if status in _RETRYABLE or status >= _SERVER_ERROR:
        return ModelError(
            f"{endpoint} could not answer now ({detail}). Try again later.", retryable=True
        )
    return ModelError(
        f"{endpoint} refused the call ({detail}). Check the model's name and "
        f"{endpoint.setting}_URL."
    )


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


def _detail(error: Exception, endpoint: Endpoint) -> str:
    """Return the package's own words on one line, without the key and not without end."""
    body = getattr(error, "body", None)
    said = body.get("message") if isinstance(body, dict) else body
    text = " ".join(str(said or getattr(error, "error", None) or error).split())
    text = text.replace(endpoint.key, "…") if endpoint.key else text
    if len(text) > _LONGEST_DETAIL:
        text = text[:_LONGEST_DETAIL] + "…"
    return text.rstrip(".") or type(error).__name__


def _asked_wait(error: Exception) -> float:
    """Return the seconds that a server asked to wait, within bounds; 0 if it did not."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    asked = str(headers.get("retry-after", ""))
    return min(float(asked), _LONGEST_WAIT) if asked.isascii() and asked.isdigit() else 0.0
