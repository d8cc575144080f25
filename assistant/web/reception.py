"""Who asks, and in which language the page speaks to them: read from each request anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from assistant.settings import InterfaceLanguage
from assistant.web.contract import Answers
from assistant.web.desk import Desk
from assistant.web.head import language_for
from assistant.web.people import person_of


class Asks(Protocol):
    """The part of a request that tells who asks."""

    @property
    def headers(self) -> Mapping[str, str]:
        """The request's headers, by names in lower case."""


class Reception:
    """Gives each request the assistant as its person sees it.

    Args:
        assistant: Who answers.
        setting: The interface's language.
    """

    def __init__(self, assistant: Answers, setting: InterfaceLanguage) -> None:
        self._assistant = assistant
        self._setting = setting

    def desk(self, request: Asks) -> Desk:
        """Return the assistant as the person behind a request sees it."""
        return Desk(self._assistant, person_of(request.headers))

    def language(self, request: Asks) -> str:
        """Return the interface's language for a request: ``ar`` or ``en``."""
        return language_for(self._setting, request.headers)
