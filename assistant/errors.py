"""Every error that Sanad raises on purpose.

    AssistantError
    ├── DocumentError              a document can't be read            (.path)
    │   ├── UnsupportedFormat      no reader for its suffix
    │   ├── UnreadableDocument     missing, binary, damaged, not permitted
    │   └── EmptyDocument          it holds no text
    ├── LibraryError               the library can't do what was asked
    │   ├── LibraryLocked          another process is writing to it    (.kind, .values)
    │   ├── LibraryDamaged         its record can't be trusted
    │   └── EmbeddingMismatch      it was indexed with another embedding
    ├── ModelError                 a chat model or an embedding failed (.retryable, .kind, .values)
    ├── PromptError                a prompt file is missing or wrong   (.name)
    ├── SettingsError              a setting is unknown or has a wrong value
    │   └── MissingDependency      a package is not installed          (.package, .extra)
    └── AnswerNotReady             a stream's answer was read too soon

A message says what failed, the value that was seen, and what to do about it::

    try:
        assistant.add("papers")
    except LibraryLocked as error:
        print(error)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


# What was given may be as long as a book; what is said of it is not.
_LONGEST_MESSAGE, _KEPT_END = 8000, 1000


class AssistantError(Exception):
    """Base of all errors that Sanad raises on purpose."""

    def __str__(self) -> str:
        """Return the message; the middle of an endless one is left out."""
        message = super().__str__()
        if len(message) <= _LONGEST_MESSAGE:
            return message
        beginning = _LONGEST_MESSAGE - _KEPT_END
        return f"{message[:beginning]} \u2026 {message[-_KEPT_END:]}"


class DocumentError(AssistantError):
    """A document can't be read.

    Attributes:
        path: The document's path or name, as it was given.
    """

    def __init__(self, message: str, path: str = "") -> None:
        super().__init__(message)
        self.path = path


class UnsupportedFormat(DocumentError):
    """There is no reader for the document's suffix."""


class UnreadableDocument(DocumentError):
    """The document is missing, binary, damaged, or may not be read."""


class EmptyDocument(DocumentError):
    """The document holds no text."""


class LibraryError(AssistantError):
    """The library can't do what was asked of it."""


class LibraryLocked(LibraryError):
    """Another process, named in the message, is writing to the library.

    The message is in English; `assistant.strings.explain` says the same in Arabic where there is a
    kind.

    Attributes:
        kind: Who holds it: the name of a string without its ``locked.``; empty where there is none.
        values: Values of that string's variables.
    """

    def __init__(
        self, message: str, *, kind: str = "", values: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.values = dict(values or {})


class LibraryDamaged(LibraryError):
    """The library's record can't be trusted or was written by a newer version."""


class EmbeddingMismatch(LibraryError):
    """The library was indexed with another embedding than the one in use."""


class ModelError(AssistantError):
    """A chat model or an embedding failed or is not available.

    The message is in English; `assistant.strings.explain` says the same in Arabic where there is a
    kind.

    Attributes:
        retryable: True where the same call may succeed later.
        kind: What went wrong, such as ``refused``: the name of a string without its
            ``model.error.``; empty where there is none.
        values: Values of that string's variables.
    """

    def __init__(
        self,
        message: str,
        *,
        retryable: bool = False,
        kind: str = "",
        values: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.retryable = retryable
        self.kind = kind
        self.values = dict(values or {})


class PromptError(AssistantError):
    """A prompt file is missing, or its variables are wrong.

    Attributes:
        name: The prompt's name, such as ``answer``.
    """

    def __init__(self, message: str, name: str = "") -> None:
        super().__init__(message)
        self.name = name


class SettingsError(AssistantError):
    """A setting is unknown or has a value that can't be used."""


class MissingDependency(SettingsError, ImportError):
    """An optional package is not installed.

    Attributes:
        package: The package that could not be imported.
        extra: The extra of Sanad that brings it; empty where none does.
    """

    def __init__(self, package: str, extra: str = "") -> None:
        wanted = f"'sanad[{extra}]'" if extra else package
        super().__init__(
            f"The package {package!r} is not installed. Install it with: pip install {wanted}"
        )
        self.package = package
        self.extra = extra

    def __reduce__(self) -> tuple[type[MissingDependency], tuple[str, str]]:
        return type(self), (self.package, self.extra)


class AnswerNotReady(AssistantError):
    """A stream's ``answer`` was read before the stream had ended."""
