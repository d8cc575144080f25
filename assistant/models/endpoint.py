"""A model as a person named it: its name, its server's address, and its key."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from assistant.errors import SettingsError

# Where a provider's models are when no address is set. They are named here so that no variable
# of the environment (OPENAI_BASE_URL, OLLAMA_HOST, LANGSMITH_GATEWAY, …) sends documents elsewhere.
_ADDRESSES = {
    "openai": "https://api.openai.com/v1",
    "ollama": "http://127.0.0.1:11434",
    "anthropic": "https://api.anthropic.com",
}
# Variables of the environment that would have sent them elsewhere, for a hint.
_OTHERS = {
    "openai": ("OPENAI_BASE_URL", "OPENAI_API_BASE"),
    "ollama": ("OLLAMA_HOST",),
    "anthropic": ("ANTHROPIC_BASE_URL", "ANTHROPIC_API_URL"),
}
# Keys of the environment; they are for the provider's own server and go to no other.
_KEYS = {
    "openai": "OPENAI_API_KEY",
    "azure_openai": "AZURE_OPENAI_API_KEY",
    "anthropic": "ANTHROPIC_API_KEY",
}
_USER_INFORMATION = re.compile("(?<=://)[^/@]*@")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A model as a person named it.

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

    @property
    def address(self) -> str:
        """Where its server is: the address that was set, else the provider's own, if known."""
        return self.url or _ADDRESSES.get(self.provider, "")

    @property
    def secret(self) -> str:
        """The key that was set, else the environment's for a provider's own server; never shown."""
        own = _KEYS.get(self.provider, "")
        return self.key or (os.environ.get(own, "") if own and not self.url else "")

    @property
    def unused_variables(self) -> tuple[str, ...]:
        """Variables of the environment that name an address, and have no effect here."""
        names = () if self.url else _OTHERS.get(self.provider, ())
        return tuple(name for name in names if os.environ.get(name))

    def check_address(self) -> None:
        """Check the address that was set.

        Raises:
            SettingsError: It is none.
        """
        if not self.url:
            return
        try:
            parts = urlsplit(self.url)
            is_address = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        except ValueError:
            is_address = False
        if not is_address:
            raise SettingsError(
                f"{self.setting}_URL={shown(self.url)!r} can't be used: give an address that "
                "begins with http:// or https://, such as http://127.0.0.1:8080/v1."
            )

    def __str__(self) -> str:
        # What stands behind a question mark may be a key.
        at = f" at {shown(self.url).partition('?')[0]}" if self.url else ""
        return f"{self.setting}={self.name!r}{at}"


def shown(text: str) -> str:
    """Return a text without the names and passwords of the addresses in it."""
    return _USER_INFORMATION.sub("", text)
