"""A chat model that writes text, behind a small interface: every failure is a `ModelError`."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any

from assistant.errors import AssistantError, ModelError
from assistant.models.chat_loading import SAFE_CONTEXT, room_for_answer
from assistant.models.connections import Call, Connections
from assistant.models.endpoint import Endpoint
from assistant.models.failures import detail_of, failed, model_error, persist
from assistant.models.visible import Visible
from assistant.schema import Interrupt

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

# Seconds after each failure; nothing is tried again once a word was shown, or after a minute.
_WAITS = (0.5, 2.0)
_PATIENCE = 60.0
# These say why an answer ended; one that just stops was cut.
_SAY_WHY = frozenset(("openai", "azure_openai", "ollama", "anthropic"))
_REASONS = ("finish_reason", "done_reason", "stop_reason", "status")
_OUT_OF_ROOM = frozenset(
    ("length", "max_tokens", "model_context_window_exceeded", "incomplete", "MAX_TOKENS")
)
_WITHHELD = frozenset(("content_filter", "refusal", "SAFETY"))
# No tokenizer has longer tokens on average, in UTF-8, in Arabic or English.
_BYTES_OF_A_TOKEN = 7
_NO_ANSWER = "No generation"


class ChatStream(Iterator[str]):
    """The pieces of an answer as they come; any thread may close it at any time.

    Args:
        pieces: The pieces.
        call: The call that they come from.
    """

    def __init__(self, pieces: Generator[str], call: Call) -> None:
        self._pieces = pieces
        self._call = call

    def __next__(self) -> str:
        """Return the next piece.

        Raises:
            ModelError: The model failed.
        """
        try:
            if not self._call.is_over:
                return next(self._pieces)
        except ModelError:
            if not self._call.is_over:  # else the connection was cut on purpose
                raise
        raise StopIteration

    def close(self) -> None:
        """End the answer, and the connection to the server with it; closing twice does no harm."""
        self._call.end()
        with suppress(ValueError):  # another thread waits in it, and finds its connection cut
            self._pieces.close()


class ChatWriter:
    """Writes answers with a chat model; any number of threads may use it.

    Args:
        model: The chat model.
        endpoint: Its name, address and key, for messages.
        context: Tokens of its context; 0 for what is known of it.
        connections: What its HTTP clients were built with; None for a model without any.
    """

    def __init__(
        self,
        model: BaseChatModel,
        endpoint: Endpoint,
        context: int = 0,
        connections: Connections | None = None,
    ) -> None:
        self.name = endpoint.name
        self._model: Any = model
        self._endpoint = endpoint
        self._context = context
        self._connections = connections or Connections(endpoint)

    def stream(self, messages: Sequence[BaseMessage]) -> ChatStream:
        """Return the answer to a conversation, piece by piece; what a model thinks is left out.

        Nothing is sent before the first piece is asked for. Until the first piece has come, what
        may pass is tried again. Nothing is traced, whatever the environment says.

        Args:
            messages: The conversation.

        Returns:
            The pieces, none of them empty. Reading one raises ModelError where the model failed;
            also at the end, for an answer that was cut.
        """
        call = Call()
        return ChatStream(self._pieces(list(messages), call), call)

    def complete(self, messages: Sequence[BaseMessage], interrupt: Interrupt | None = None) -> str:
        """Return the answer to a conversation as one text.

        Args:
            messages: The conversation.
            interrupt: Ends the call when it is set; what had come by then is returned.

        Raises:
            ModelError: The model failed.
        """
        with closing(self.stream(messages)) as pieces:
            if interrupt is not None:
                interrupt.guard(pieces.close)
            return "".join(pieces)

    def context_tokens(self) -> int:
        """Return how many tokens the messages and the answer may have together.

        The setting counts most; then, at a provider's own address, what LangChain's profile of the
        model says; else it is a size that is small and safe.
        """
        profile = {} if self._endpoint.url else getattr(self._model, "profile", None) or {}
        return int(self._context or profile.get("max_input_tokens") or SAFE_CONTEXT)

    def answer_tokens(self) -> int:
        """Return how many tokens of the context are kept for the answer."""
        return room_for_answer(self.context_tokens())

    def _pieces(self, messages: list[BaseMessage], call: Call) -> Generator[str]:
        self._check_length(messages)
        first, rest = persist(
            lambda: self._begun(messages, call),
            self._endpoint,
            _WAITS,
            patience=_PATIENCE,
            pause=call.pause,
        )
        with closing(rest):
            yield first
            try:
                yield from rest
            except AssistantError:
                raise
            except Exception as error:
                raise self._broken_off(error) from error

    def _begun(self, messages: list[BaseMessage], call: Call) -> tuple[str, Generator[str]]:
        """Return the first piece of an answer, and the others."""
        if call.is_over:
            raise failed(self._endpoint, "malformed", "it was closed")
        pieces = self._visible(messages, call)
        try:
            return next(pieces), pieces
        except StopIteration:
            raise failed(self._endpoint, "empty") from None
        except Exception as error:
            if not self._refuses_temperature(error):
                raise
        self._model.temperature = None
        return self._begun(messages, call)

    def _visible(self, messages: list[BaseMessage], call: Call) -> Generator[str]:
        """Yield what can be read; check at the end that the answer is whole."""
        visible, reasons = Visible(), set[str]()
        with closing(self._chunks(messages, call)) as chunks:
            for chunk in chunks:
                told = chunk.response_metadata
                reasons |= {str(told[name]) for name in _REASONS if told.get(name)}
                if piece := visible.feed(str(chunk.text)):
                    yield piece
        if piece := visible.end():
            yield piece
        self._check_end(reasons)

    def _chunks(self, messages: list[BaseMessage], call: Call) -> Generator[Any]:
        """Yield what LangChain gives, each chunk untraced and as part of the call."""
        from langsmith.run_helpers import tracing_context

        source = self._model.stream(messages)
        with closing(source):
            while True:
                with tracing_context(enabled=False), self._connections.carrying(call):
                    try:
                        chunk = next(source, None)
                    except ValueError as error:
                        if not str(error).startswith(_NO_ANSWER):
                            raise
                        chunk = None  # there was nothing at all
                if chunk is None:
                    return
                yield chunk

    def _check_end(self, reasons: set[str]) -> None:
        for kind, telling in (("length", _OUT_OF_ROOM), ("filtered", _WITHHELD)):
            if found := sorted(reasons & telling):
                raise failed(self._endpoint, kind, found[0])
        if not reasons and self._endpoint.provider in _SAY_WHY:
            raise failed(self._endpoint, "cut", "the server did not say that it had ended")

    def _check_length(self, messages: list[BaseMessage]) -> None:
        """Raise where Ollama would cut the beginning of a conversation off without a word."""
        size = sum(len(str(message.text).encode()) for message in messages) // _BYTES_OF_A_TOKEN
        if self._endpoint.provider == "ollama" and size > self.context_tokens():
            words = f"more than {size} tokens, the limit is {self.context_tokens()}"
            raise failed(self._endpoint, "context", words)

    def _refuses_temperature(self, error: Exception) -> bool:
        is_set = getattr(self._model, "temperature", None) is not None
        return is_set and "temperature" in str(error).lower()

    def _broken_off(self, error: Exception) -> ModelError:
        failure = model_error(error, self._endpoint)
        if failure.kind == "refused":
            return failed(self._endpoint, "cut", detail_of(error, self._endpoint))
        return failure
